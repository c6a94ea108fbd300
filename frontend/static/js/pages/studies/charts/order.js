/** SRCC of every variant with its interval, the highest on top. */

import { axisTitle, baseLayout, hover, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { checkpointText } from "../../../kit/language/words.js";
import { axes, columns, srccLine } from "../words.js";

/**
 * @typedef {import("../verdict.js").Row} Row
 * @typedef {{title: string, value: number, low: number, high: number}} Measured
 */

/** @param {readonly Row[]} rows @returns {Measured[]} */
function measured(rows) {
  return rows.flatMap(({ figures: { title, agreement } }) => {
    if (!agreement || agreement.srcc.value === null) return [];
    const { value, low, high } = agreement.srcc;
    return [{ title: checkpointText(title), value, low: low ?? value, high: high ?? value }];
  });
}

/** @param {readonly Row[]} rows */
export function applies(rows) {
  return measured(rows).length > 1;
}

/**
 * @param {readonly Row[]} rows
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(rows, theme) {
  const found = measured(rows);
  const write = format.correlation;
  return {
    data: [
      {
        type: "scatter",
        mode: "markers",
        x: found.map(({ value }) => value),
        y: found.map((_, row) => row),
        error_x: {
          type: "data",
          symmetric: false,
          array: found.map(({ value, high }) => high - value),
          arrayminus: found.map(({ value, low }) => value - low),
          color: theme.muted,
          thickness: 1.5,
          width: 0,
        },
        marker: { color: theme.ink, size: 9 },
        ...hover(found.map(({ title, value, low, high }) => srccLine(title, write(value), write(low), write(high)))),
      },
    ],
    layout: baseLayout(theme, {
      height: rowsHeight(found.length),
      xaxis: { title: axisTitle(axes.srcc, theme), zeroline: false },
      yaxis: rowAxis(found.map(({ title }) => title), "", theme),
    }),
  };
}

/**
 * @param {readonly Row[]} rows
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(rows) {
  return {
    columns: [
      { label: columns.variant, format: "text" },
      { label: columns.srcc, format: "correlation" },
      { label: columns.from, format: "correlation" },
      { label: columns.to, format: "correlation" },
    ],
    rows: measured(rows).map(({ title, value, low, high }) => [title, value, low, high]),
  };
}
