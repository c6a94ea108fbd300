/** The parts of a variant in the order in which a picture passes them; those that it lacks are pale. */

import { element } from "../../../kit/dom/element.js";
import { flow as words, parts as partWords } from "../words.js";

/**
 * @param {import("contract").CardSummary["parts"][number][]} all
 * @param {import("contract").CardSummary["parts"][number][]} present
 */
export function partsFlow(all, present) {
  // Without experts it is one regressor that predicts; both stand in the same place.
  const steps = all.map((part) => {
    if (part === "experts" && !present.includes(part)) return step(words.regressor, true, "");
    return step(partWords[part].name, present.includes(part), partWords[part].help);
  });
  const list = [step(words.features, true, ""), ...steps, step(words.score, true, "")];
  return element("ol", { className: "flow", attributes: { "aria-label": words.label } }, ...list);
}

/** @param {string} name @param {boolean} isPresent @param {string} help */
function step(name, isPresent, help) {
  const absence = element("span", { className: "visually-hidden" }, `: ${words.absent}`);
  return element("li", { className: isPresent ? "present" : "absent", title: help }, name, ...(isPresent ? [] : [absence]));
}
