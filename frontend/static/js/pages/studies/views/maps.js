/** The ways to a study's map and to its experts, as soon as there is a map. */

import { named } from "../../../kit/dom/element.js";

/** @param {import("contract").StudyResponse} study */
export function showMapLinks({ id, maps, outcome }) {
  const isThere = maps.length > 0;
  // The best one's map is not always the first that is drawn.
  const shown = outcome?.best && maps.includes(outcome.best) ? outcome.best : maps[0];
  for (const page of /** @type {const} */ (["map", "experts"])) {
    const link = named(`${page}-link`, "a");
    link.hidden = !isThere;
    if (isThere) link.href = `/${page}?${new URLSearchParams({ study: id, checkpoint: shown })}`;
  }
}
