/** How close each expert's own score comes to the labels, by distortion group, beside the checkpoint's score. */

import { mix } from "../../../drawing/colours.js";
import { plain } from "../../../drawing/layout.js";
import { matrixLayout, matrixTrace, scaleTrace } from "../../../drawing/matrix.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import { axes, cell, columns } from "../words.js";

/** The score's column stands a little apart. */
const APART = 0.35;
// Okabe-Ito's vermilion and blue, which every eye tells apart.
const BELOW = "#d55e00";
const ABOVE = "#0072b2";
/** Seen on the dark end of either scale, where the best lie. */
const OUTLINE = "#e69f00";
const REACH = 0.47;

/** @typedef {{skill: import("contract").SkillResponse[], names: string[], measure: "error" | "correlation"}} SkillMatrix */

/**
 * @param {SkillMatrix} matrix
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ skill, names, measure }, theme) {
  const places = [...names.map((_, column) => column), names.length + APART];
  const heads = [...names.map(displayName), columns.all];
  const values = skill.map((row) => valuesOf(row, measure));
  const rowNames = skill.map(({ group }) => displayName(group));
  const shown = (/** @type {number | null} */ value) => (value === null ? "" : figureText(value, measure));
  const hovers = values.map((row, index) =>
    row.map((value, column) => plain(cell(rowNames[index], heads[column], format.cell(value, cellFormat(measure))))),
  );
  const scale = colours(values, measure, theme);
  const of = (/** @type {any[][]} */ rows, /** @type {number} */ from, /** @type {number} */ to) =>
    rows.map((row) => row.slice(from, to));
  const texts = values.map((row) => row.map(shown));
  const pieces = [
    [0, names.length],
    [names.length, names.length + 1],
  ];
  const data = pieces.map(([from, to]) =>
    matrixTrace(of(values, from, to), {
      places: places.slice(from, to),
      texts: of(texts, from, to),
      hovers: of(hovers, from, to),
      ...scale,
    }),
  );
  const layout = matrixLayout(theme, {
    rows: rowNames,
    columns: heads,
    places,
    rowTitle: axes.group,
    columnTitle: axes.expert,
    scale: { ...scale, title: axes[measure], tickformat: "" },
    shapes: skill.flatMap((row, index) => outline(best(row, measure), index)),
  });
  return { data: [...data, scaleTrace(scale)], layout };
}

/** @param {import("contract").SkillResponse} row @param {"error" | "correlation"} measure */
function valuesOf(row, measure) {
  return measure === "error" ? [...row.errors, row.score_error] : [...row.correlations, row.score_correlation];
}

/** @param {number} value @param {"error" | "correlation"} measure */
function figureText(value, measure) {
  return measure === "error" ? format.score(value) : format.points(value);
}

/** @param {"error" | "correlation"} measure @returns {import("../../../kit/language/format.js").CellFormat} */
function cellFormat(measure) {
  return measure === "error" ? "score" : "points";
}

/**
 * Errors are magnitudes; correlations have a sign and 0 in the middle.
 * @param {(number | null)[][]} values
 * @param {"error" | "correlation"} measure
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function colours(values, measure, theme) {
  if (measure === "error") {
    const all = values.flat().filter((value) => value !== null);
    return { colorscale: "Cividis", zmin: 0, zmax: Math.max(...all, 1) };
  }
  const middle = mix(theme.neutral, theme.surface, 0.7);
  const colorscale = [
    [0, BELOW],
    [0.5, middle],
    [1, ABOVE],
  ];
  return { colorscale, zmin: -1, zmax: 1 };
}

/**
 * The expert with the smallest error, or the highest correlation, of a row; null where nothing is known.
 * @param {import("contract").SkillResponse} row
 * @param {"error" | "correlation"} measure
 */
export function best({ errors, correlations }, measure) {
  const known = measure === "error" ? errors.map((error) => -error) : correlations;
  const highest = Math.max(...known.map((value) => value ?? -Infinity));
  return Number.isFinite(highest) ? known.indexOf(highest) : null;
}

/** @param {number | null} column @param {number} row */
function outline(column, row) {
  if (column === null) return [];
  const line = { color: OUTLINE, width: 3 };
  return [{ type: "rect", x0: column - REACH, x1: column + REACH, y0: row - REACH, y1: row + REACH, line }];
}

/**
 * @param {SkillMatrix} matrix
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ skill, names, measure }) {
  const kind = cellFormat(measure);
  return {
    columns: [
      { label: axes.group, format: "text" },
      ...[...names.map(displayName), columns.all].map((label) => ({ label, format: kind })),
      { label: columns.pictures, format: "number" },
    ],
    rows: skill.map((row) => [displayName(row.group), ...valuesOf(row, measure), row.count]),
  };
}
