/** Mean weights of experts or clusters by distortion, or by cluster: each row adds up to one. */

import { viridis } from "../../../drawing/colours.js";
import { matrixFigure } from "../../../drawing/matrix.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import { axes, cell, columns } from "../words.js";

/** Below this a cell's figure would be 0%, and is left out. */
const SMALLEST = 0.005;

/**
 * @typedef {object} Matrix
 * @property {import("contract").WeightsResponse[]} rows
 * @property {string[]} names (X) of the columns
 * @property {"expert" | "cluster"} part what the columns are
 * @property {"group" | "type" | "cluster"} by what the rows are
 */

/**
 * @param {Matrix} matrix
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ rows, names, part, by }, theme) {
  return matrixFigure(
    {
      rows: rows.map(({ name }) => displayName(name)),
      columns: names.map(displayName),
      values: rows.map((row) => row.mean_weights),
      color: viridis,
      text: ({ value }) => (value < SMALLEST ? "" : format.wholePercent(value)),
      tell: ({ value, row, column }) =>
        cell(displayName(rows[row].name), displayName(names[column]), format.percent(value)),
      scale: { title: axes.meanWeight, ends: [0, 1], tickformat: ".0%" },
    },
    theme,
    { rowTitle: axes[by], columnTitle: axes[part] },
  );
}

/**
 * @param {Matrix} matrix
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ rows, names, by }) {
  return {
    columns: [
      { label: axes[by], format: "text" },
      ...names.map((name) => ({ label: displayName(name), format: /** @type {const} */ ("percent") })),
      { label: columns.pictures, format: "number" },
    ],
    rows: rows.map(({ name, mean_weights: weights, count }) => [displayName(name), ...weights, count]),
  };
}
