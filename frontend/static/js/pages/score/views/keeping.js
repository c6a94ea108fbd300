/** Ways to keep a result: its link, and its figures as a file. */

import { copiesAddress } from "../../../kit/copying.js";
import { named } from "../../../kit/dom/element.js";
import { onCsvWanted, saveText } from "../../../kit/dom/saving.js";
import { exportName, toCsv, toJson } from "../../../kit/export.js";

/** @param {() => import("contract").AnalysisResponse | null} current the analysis on the page */
export function listenForKeeping(current) {
  copiesAddress(named("copy-link", "button"));
  named("export-json").addEventListener("click", () => {
    const analysis = current();
    if (analysis) saveText(toJson(analysis), exportName(analysis, "json"), "application/json");
  });
  onCsvWanted("export-csv", (options) => {
    const analysis = current();
    if (analysis) saveText(toCsv(analysis, options), exportName(analysis, "csv"), "text/csv");
  });
}
