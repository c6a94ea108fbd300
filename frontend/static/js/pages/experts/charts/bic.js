/** The Bayesian information criterion over the number of clusters, with the number in use. */

import { axisTitle, baseLayout, valueAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, inUse } from "../words.js";
import { spreadCells, spreadText } from "./spread.js";

const HEIGHT_PX = 300;

/** @typedef {{entries: NonNullable<import("contract").FoldsResponse["bic"]>, used: number | null}} Bic */

/**
 * @param {Bic} bic
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ entries, used }, theme) {
  const counts = entries.map((entry) => entry.num_clusters);
  const trace = {
    type: "scatter",
    mode: "lines+markers",
    x: counts,
    y: entries.map(({ median }) => median),
    error_y: {
      type: "data",
      symmetric: false,
      array: entries.map(({ median, high }) => high - median),
      arrayminus: entries.map(({ median, low }) => median - low),
      color: theme.muted,
      thickness: 1.5,
      width: 4,
    },
    line: { color: theme.ink, width: 1.5 },
    marker: {
      size: 9,
      color: counts.map((count) => (count === used ? theme.ink : theme.surface)),
      line: { color: theme.ink, width: 2 },
    },
    customdata: entries.map((entry) => `K = ${format.count(entry.num_clusters)}: ${spreadText(entry)}`),
    hovertemplate: "%{customdata}<extra></extra>",
  };
  const layout = baseLayout(theme, {
    height: HEIGHT_PX,
    margin: { l: 8, r: 16, t: 28, b: 44 },
    xaxis: { title: axisTitle(axes.numClusters, theme), tickvals: counts, zeroline: false },
    yaxis: valueAxis(theme, { title: axisTitle(axes.bic, theme), zeroline: false }),
    shapes: used === null ? [] : [usedShape(used, theme)],
    annotations: used === null ? [] : [usedAnnotation(used, theme)],
  });
  return { data: [trace], layout };
}

/** @param {number} used @param {import("../../../drawing/theme.js").Theme} theme */
function usedShape(used, theme) {
  const line = { color: theme.soft, width: 1, dash: "dash" };
  return { type: "line", x0: used, x1: used, yref: "paper", y0: 0, y1: 1, layer: "below", line };
}

/** @param {number} used @param {import("../../../drawing/theme.js").Theme} theme */
function usedAnnotation(used, theme) {
  const text = inUse(format.count(used));
  return { text, x: used, yref: "paper", y: 1, yanchor: "bottom", showarrow: false, font: { color: theme.muted } };
}

/**
 * @param {Bic} bic
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ entries }) {
  return {
    columns: [axes.numClusters, columns.median, columns.min, columns.max].map((label) => ({
      label,
      format: /** @type {const} */ ("number"),
    })),
    rows: entries.map((entry) => [entry.num_clusters, ...spreadCells(entry)]),
  };
}
