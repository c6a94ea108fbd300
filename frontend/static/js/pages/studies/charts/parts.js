/** Mean absolute error in parts of a set: fifths of the labels, or values of a column. */

import { axisTitle, barMarker, baseLayout, hover, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, interval, partLine } from "../words.js";

/** @typedef {import("contract").PartErrors} Part */

/** @param {Part} part */
function nameOf({ name, low, high }) {
  if (low === null || low === undefined || high === null || high === undefined) return name;
  const [from, to] = [format.score(low), format.score(high)];
  return from === to ? from : interval(from, to);
}

/**
 * @param {readonly Part[]} parts
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @param {string} title of their axis
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(parts, theme, title) {
  const errors = parts.map(({ mean_absolute_error: error }) => error ?? 0);
  const lines = parts.map((part, row) => partLine(nameOf(part), format.score(errors[row]), part.count, format.count(part.count)));
  return {
    data: [
      {
        type: "bar",
        orientation: "h",
        x: errors,
        y: parts.map((_, row) => row),
        marker: barMarker(theme.neutral, theme),
        ...hover(lines),
      },
    ],
    layout: baseLayout(theme, {
      height: rowsHeight(parts.length),
      xaxis: { title: axisTitle(axes.error, theme), rangemode: "tozero" },
      yaxis: rowAxis(parts.map(nameOf), title, theme),
    }),
  };
}

/**
 * @param {readonly Part[]} parts
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(parts) {
  return {
    columns: [
      { label: columns.part, format: "text" },
      { label: columns.count, format: "count" },
      { label: columns.error, format: "points" },
      { label: columns.bias, format: "signed" },
      { label: columns.srcc, format: "correlation" },
    ],
    rows: parts.map((part) => [nameOf(part), part.count, part.mean_absolute_error, part.bias, part.srcc]),
  };
}
