/** Clusters of one checkpoint against those of another, as counts of pictures. */

import { viridis } from "../../../drawing/colours.js";
import { matrixFigure } from "../../../drawing/matrix.js";
import * as format from "../../../kit/language/format.js";
import { contingencyWords as words } from "../words.js";

export const id = "contingency";
export const applies = () => true;

/** @typedef {{contingency: import("../contingency.js").Contingency, pair: {a: string, b: string}}} ContingencyData */

/**
 * @param {ContingencyData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ contingency, pair }, theme) {
  const { rows, columns, counts } = contingency;
  const most = Math.max(...counts.flat(), 1);
  return matrixFigure(
    {
      rows,
      columns,
      // No picture, no cell.
      values: counts.map((line) => line.map((count) => count || null)),
      color: (value) => viridis(value / most),
      text: ({ value }) => format.count(value),
      tell: ({ value, row, column }) => words.hover(rows[row], columns[column], format.count(value)),
    },
    theme,
    { rowTitle: words.axis(pair.a), columnTitle: words.axis(pair.b) },
  );
}

/**
 * @param {ContingencyData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ contingency, pair }) {
  const { rows, columns, counts } = contingency;
  return {
    columns: [
      { label: words.corner(pair.a, pair.b), format: "text" },
      ...columns.map((label) => ({ label, format: /** @type {const} */ ("count") })),
    ],
    rows: rows.map((row, index) => [row, ...counts[index]]),
  };
}
