/** Histogram of the entropy of each picture's weights, from one alone to all the same. */

import { axisTitle, baseLayout, valueAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, bin, columns, meanEntropy } from "../words.js";

const HEIGHT_PX = 260;

/**
 * @param {import("contract").EntropyResponse} entropy
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ edges, counts, mean, maximum }, theme) {
  const layout = baseLayout(theme, {
    height: HEIGHT_PX,
    margin: { l: 8, r: 16, t: 30, b: 44 },
    bargap: 0.08,
    xaxis: { title: axisTitle(axes.entropy, theme), range: [0, edges.at(-1)], zeroline: false },
    yaxis: valueAxis(theme, { title: axisTitle(axes.pictures, theme), rangemode: "tozero" }),
    shapes: [meanShape(mean, theme)],
    annotations: [meanAnnotation(mean, maximum, theme)],
  });
  return { data: [bars(edges, counts, theme)], layout };
}

/** @param {number[]} edges @param {number[]} counts @param {import("../../../drawing/theme.js").Theme} theme */
function bars(edges, counts, theme) {
  return {
    type: "bar",
    x: counts.map((_, index) => (edges[index] + edges[index + 1]) / 2),
    y: counts,
    marker: { color: theme.soft, line: { color: theme.muted, width: 1 } },
    customdata: counts.map((count, index) =>
      bin(format.points(edges[index]), format.points(edges[index + 1]), format.count(count)),
    ),
    hovertemplate: "%{customdata}<extra></extra>",
  };
}

/** @param {number} mean @param {import("../../../drawing/theme.js").Theme} theme */
function meanShape(mean, theme) {
  const line = { color: theme.ink, width: 1, dash: "dash" };
  return { type: "line", x0: mean, x1: mean, yref: "paper", y0: 0, y1: 1, line };
}

/** @param {number} mean @param {number} maximum @param {import("../../../drawing/theme.js").Theme} theme */
function meanAnnotation(mean, maximum, theme) {
  const text = meanEntropy(format.points(mean));
  // At the plot's ends the text leans inwards.
  const xanchor = mean < maximum / 6 ? "left" : mean > (5 * maximum) / 6 ? "right" : "center";
  const place = { x: mean, xanchor, yref: "paper", y: 1, yanchor: "bottom", showarrow: false };
  return { ...place, text, font: { color: theme.muted } };
}

/**
 * @param {import("contract").EntropyResponse} entropy
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ edges, counts }) {
  return {
    columns: [
      { label: columns.low, format: "points" },
      { label: columns.high, format: "points" },
      { label: columns.pictures, format: "number" },
    ],
    rows: counts.map((count, index) => [edges[index], edges[index + 1], count]),
  };
}
