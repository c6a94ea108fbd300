/** Ways to keep a result: its link, and its figures as a file. */

import { named } from "../../../kit/dom/element.js";
import { saveText } from "../../../kit/dom/saving.js";
import { exportName, toCsv, toJson } from "../../../kit/export.js";
import { controls } from "../../../kit/language/words.js";

const FORMATS = Object.freeze({
  json: { write: toJson, type: "application/json" },
  csv: { write: toCsv, type: "text/csv" },
});

/**
 * @param {() => import("contract").AnalysisResponse | null} current the analysis on the page
 * @param {(text: string) => void} notify
 */
export function listenForKeeping(current, notify) {
  named("copy-link").addEventListener("click", () => copyLink(notify));
  const onExport = (/** @type {"json" | "csv"} */ format) => {
    const [analysis, { write, type }] = [current(), FORMATS[format]];
    if (analysis) saveText(write(analysis), exportName(analysis, format), type);
  };
  named("export-json").addEventListener("click", () => onExport("json"));
  named("export-csv").addEventListener("click", () => onExport("csv"));
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
