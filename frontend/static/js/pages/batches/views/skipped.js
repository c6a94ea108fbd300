/** Files of a batch's archive that are nobody's pictures: how many, and the first of them with their reasons. */

import { element, named, within } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { furtherFiles } from "../../../sending/words.js";
import * as words from "../words.js";

/** @typedef {import("contract").JobResponse} Job */

/** @param {Pick<Job, "id" | "skipped" | "skipped_files">} job */
export function showSkipped({ id, skipped, skipped_files: files }) {
  const details = named("skipped");
  details.hidden = skipped === 0;
  within(details, "summary").textContent = words.skipped(skipped, format.count(skipped));
  const list = within(details, "ul");
  const rest = skipped - files.length;
  // A batch is shown again and again while it is scored; what it skipped does not change.
  if (details.dataset.batch === id) return;
  details.dataset.batch = id;
  const further = rest > 0 ? [element("li", {}, furtherFiles(rest, format.count(rest)))] : [];
  list.replaceChildren(...files.map(entryOf), ...further);
}

/** @param {import("contract").SkippedFile} file */
function entryOf({ filename, reason }) {
  return element("li", {}, element("bdi", {}, shownName(filename)), " · ", words.skipReasons[reason]);
}
