/** An analysis as files to keep: the JSON as it came, or one long CSV of everything the charts show. */

import { CHARTS } from "./charts/index.js";
import { csvText } from "./csv.js";

const HEADER = ["checkpoint", "part", "item", "quantity", "value"];

/** @param {import("./contract.js").Analysis} analysis */
export function toJson(analysis) {
  return `${JSON.stringify(analysis, null, 2)}\n`;
}

/**
 * One line per figure.
 * @param {import("./contract.js").Analysis} analysis
 */
export function toCsv(analysis) {
  const figures = CHARTS.filter((chart) => chart.applies(analysis)).flatMap((chart) => chartLines(chart, analysis));
  return csvText([HEADER, ...originLines(analysis), ...figures]);
}

/** @param {import("./contract.js").Analysis} analysis */
function originLines({ checkpoint, filename, weights_sha256: weights, log_likelihood: likelihood }) {
  return [
    [checkpoint, "origin", "", "filename", filename],
    [checkpoint, "origin", "", "weights_sha256", weights],
    [checkpoint, "origin", "", "log_likelihood", likelihood],
  ];
}

/**
 * A table's rows, turned into one line per number; its texts together name the item.
 * @param {import("./contract.js").Chart} chart
 * @param {import("./contract.js").Analysis} analysis
 */
function chartLines(chart, analysis) {
  const { columns, rows } = chart.table(analysis);
  const isText = columns.map(({ format }) => format === "text");
  return rows.flatMap((row) => {
    const item = row.filter((_, index) => isText[index]).join(" / ");
    const named = row.map((value, index) => [analysis.checkpoint, chart.id, item, columns[index].label, value]);
    return named.filter((_, index) => !isText[index] && row[index] !== null);
  });
}

/**
 * A file name for an export: letters, digits, dots and dashes of the picture's name, and the checkpoint.
 * @param {import("./contract.js").Analysis} analysis
 * @param {string} extension without the dot
 */
export function exportName({ filename, checkpoint }, extension) {
  const stem = filename.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}.-]+/gu, "-");
  return `${stem || "picture"}-${checkpoint}.${extension}`;
}
