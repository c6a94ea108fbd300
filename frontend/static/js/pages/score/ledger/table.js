/** A ledger as a table: shares and points as bars, own scores as marks on one line, all in the colour of their row. */

import { groupColor } from "../../../drawing/colours.js";
import { element } from "../../../kit/dom/element.js";
import { svgElement } from "../../../kit/dom/svg.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import * as words from "./words.js";

/** @typedef {import("./rows.js").Column} Column */
/** @typedef {import("./rows.js").Row} Row */

const MARK_RADIUS = 4;

/** @type {Readonly<Record<Column, (value: number) => string>>} */
const FORMATS = Object.freeze({
  gate: format.percent,
  posterior: format.percent,
  attention: format.percent,
  weight: format.percent,
  score: format.score,
  points: format.points,
});

/**
 * @param {import("./rows.js").Ledger} ledger
 * @param {{value: number} | null} score of all together, where the rows add up to one
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @param {(row: Row) => Node} [controls] of one row
 */
export function ledgerTable({ columns, rows }, score, theme, controls) {
  const largest = Math.max(...rows.map(({ points }) => points ?? 0));
  const scales = { ...Object.fromEntries(columns.map((column) => [column, 1])), score: 100, points: largest };
  return element(
    "table",
    {},
    element("thead", {}, headRow(columns, score !== null, controls !== undefined)),
    element("tbody", {}, ...rows.map((row) => bodyRow(row, columns, { score, scales, theme, controls }))),
    ...(score === null ? [] : [element("tfoot", {}, totalRow(columns, score.value, controls !== undefined))]),
  );
}

/**
 * @param {Column[]} columns
 * @param {boolean} areExperts
 * @param {boolean} hasControls
 */
function headRow(columns, areExperts, hasControls) {
  const cells = columns.map((column) => element("th", { scope: "col", className: column }, words.heads[column]));
  const name = areExperts ? words.controls.row : words.controls.cluster;
  return element(
    "tr",
    {},
    element("th", { scope: "col", className: "text" }, name),
    ...cells,
    ...(hasControls ? [element("th", { scope: "col" }, words.controls.interventions)] : []),
  );
}

/**
 * @param {Row} row
 * @param {Column[]} columns
 * @param {{
 *   score: {value: number} | null,
 *   scales: Record<string, number>,
 *   theme: import("../../../drawing/theme.js").Theme,
 *   controls: ((row: Row) => Node) | undefined,
 * }} drawing
 */
function bodyRow(row, columns, { score, scales, theme, controls }) {
  const color = groupColor(row.name, theme);
  const cells = columns.map((column) => {
    const value = row[column];
    if (value === null) return element("td", { className: column }, "–");
    const share = value / scales[column];
    const drawn = column === "score" ? mark(share, (score?.value ?? 0) / 100, color) : bar(share, color);
    return element("td", { className: column }, drawn, element("span", { className: "figure" }, FORMATS[column](value)));
  });
  return element(
    "tr",
    { dataset: { name: row.name } },
    element("th", { scope: "row", className: "text" }, square(color), displayName(row.name)),
    ...cells,
    ...(controls ? [element("td", { className: "controls" }, controls(row))] : []),
  );
}

/**
 * @param {Column[]} columns
 * @param {number} score
 * @param {boolean} hasControls
 */
function totalRow(columns, score, hasControls) {
  const cells = columns.map((column) =>
    element("td", { className: column }, column === "points" ? FORMATS.points(score) : ""),
  );
  return element(
    "tr",
    {},
    element("th", { scope: "row", className: "text" }, words.controls.total),
    ...cells,
    ...(hasControls ? [element("td")] : []),
  );
}

/** @param {string} color */
function square(color) {
  const drawing = svgElement("svg", { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" });
  drawing.append(svgElement("rect", { width: 10, height: 10, fill: color }));
  return drawing;
}

/**
 * @param {number} share 0–1 of the column's width
 * @param {string} color
 */
function bar(share, color) {
  const drawing = svgElement("svg", { class: "bar", "aria-hidden": "true" });
  drawing.append(
    svgElement("rect", { class: "ground", width: "100%", height: "100%" }),
    svgElement("rect", { class: "length", width: `${100 * Math.min(Math.max(share, 0), 1)}%`, height: "100%", fill: color }),
  );
  return drawing;
}

/**
 * An own score on the line of all scores, with the score of all together as a stroke across it.
 * @param {number} share 0–1 of the scale
 * @param {number} total 0–1 of the scale
 * @param {string} color
 */
function mark(share, total, color) {
  const drawing = svgElement("svg", { class: "bar line", "aria-hidden": "true" });
  drawing.append(
    svgElement("line", { class: "axis", x1: 0, x2: "100%", y1: "50%", y2: "50%" }),
    svgElement("line", { class: "total", x1: `${100 * total}%`, x2: `${100 * total}%`, y1: 0, y2: "100%" }),
    svgElement("circle", { cx: `${100 * share}%`, cy: "50%", r: MARK_RADIUS, fill: color }),
  );
  return drawing;
}
