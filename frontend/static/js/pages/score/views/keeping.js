/** Ways to keep a result: its link, and its figures as a file. */

import { named } from "../../../kit/dom/element.js";
import { saveText } from "../../../kit/dom/saving.js";
import { exportName, toCsv, toJson } from "../../../kit/export.js";
import { controls } from "../../../kit/language/words.js";

/**
 * @param {() => import("contract").AnalysisResponse} current the analysis on the page
 * @param {(text: string) => void} notify
 */
export function listenForKeeping(current, notify) {
  const onClick = (/** @type {string} */ id, /** @type {() => void} */ act) =>
    named(id).addEventListener("click", act);
  onClick("copy-link", () => copyLink(notify));
  onClick("export-json", () => saveText(toJson(current()), exportName(current(), "json"), "application/json"));
  onClick("export-csv", () => saveText(toCsv(current()), exportName(current(), "csv"), "text/csv"));
}

/** @param {(text: string) => void} notify */
async function copyLink(notify) {
  try {
    await navigator.clipboard.writeText(location.href);
    notify(controls.copied);
  } catch (error) {
    // No clipboard outside secure contexts (TypeError), or a refused permission (DOMException).
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    notify(controls.copyFailed);
  }
}
