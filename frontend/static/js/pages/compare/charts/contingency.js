/** Clusters of one checkpoint against those of another, as counts of pictures. */

import { cellTrace, columnAxis } from "../../../drawing/cells.js";
import { viridis } from "../../../drawing/colours.js";
import { axisTitle, baseLayout, rowAxis, rowsHeight } from "../../../drawing/layout.js";
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
  const cells = cellTrace({
      // No picture, no cell.
      z: counts.map((line) => line.map((count) => count || null)),
      color: (z) => viridis(z / most),
      text: ({ z }) => format.count(z),
      hover: ({ z, row, column }) => words.hover(rows[row], columns[column], format.count(z)),
  });
  return {
    data: [cells],
    layout: baseLayout(theme, {
      height: rowsHeight(rows.length, 170),
      margin: { l: 8, r: 8, t: 8, b: 8 },
      xaxis: { ...columnAxis(columns), title: axisTitle(words.axis(pair.b), theme) },
      yaxis: rowAxis(rows, words.axis(pair.a), theme),
    }),
  };
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
