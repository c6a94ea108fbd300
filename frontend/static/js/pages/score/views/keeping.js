/** Ways to keep a result: its link, and its figures as a file. */

import { named } from "../../../kit/dom/element.js";
import { onCsvWanted, saveText } from "../../../kit/dom/saving.js";
import { exportName, toCsv, toJson } from "../../../kit/export.js";
import { controls } from "../../../kit/language/words.js";

/**
 * @param {() => import("contract").AnalysisResponse | null} current the analysis on the page
 * @param {(text: string) => void} notify
 */
export function listenForKeeping(current, notify) {
  named("copy-link").addEventListener("click", () => copyLink(notify));
  named("export-json").addEventListener("click", () => {
    const analysis = current();
    if (analysis) saveText(toJson(analysis), exportName(analysis, "json"), "application/json");
  });
  onCsvWanted("export-csv", (options) => {
    const analysis = current();
    if (analysis) saveText(toCsv(analysis, options), exportName(analysis, "csv"), "text/csv");
  });
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
