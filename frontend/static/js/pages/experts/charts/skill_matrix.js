/** How close each expert's own score comes to the labels, by distortion group, beside the checkpoint's score. */

import { cividis, mix } from "../../../drawing/colours.js";
import { matrixFigure } from "../../../drawing/matrix.js";
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
  const heads = [...names.map(displayName), columns.all];
  const values = skill.map((row) => valuesOf(row, measure));
  const groups = skill.map(({ group }) => displayName(group));
  return matrixFigure(
    {
      rows: groups,
      columns: heads,
      places: [...names.map((_, column) => column), names.length + APART],
      values,
      ...colours(values, measure, theme),
      text: ({ value }) => figureText(value, measure),
      tell: ({ value, row, column }) => cell(groups[row], heads[column], figureText(value, measure)),
    },
    theme,
    {
      rowTitle: axes.group,
      columnTitle: axes.expert,
      shapes: skill.flatMap((row, index) => outline(best(row, measure), index)),
    },
  );
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
 * @returns {Pick<import("../../../drawing/matrix.js").Matrix, "color" | "scale">}
 */
function colours(values, measure, theme) {
  if (measure === "error") {
    const most = Math.max(...values.flat().filter((value) => value !== null), 1);
    return { color: (value) => cividis(value / most), scale: { title: axes.error, ends: [0, most] } };
  }
  const middle = mix(theme.neutral, theme.surface, 0.7);
  const color = (/** @type {number} */ value) => mix(middle, value < 0 ? BELOW : ABOVE, Math.abs(value));
  return { color, scale: { title: axes.correlation, ends: [-1, 1] } };
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
