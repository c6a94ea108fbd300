/** How much each expert or cluster is used: mean weight as a bar, how often it is the top as a diamond. */

import { groupColor } from "../../../drawing/colours.js";
import { barMarker, baseLayout, percentAxis, plain, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import { axes, columns, equalShare, partState, series } from "../words.js";

/** @typedef {import("contract").UseResponse} Use */

/**
 * @param {Use} use
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @param {"expert" | "cluster"} part
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(use, theme, part) {
  const { names, mean_weights: weights, top_shares: tops } = use;
  const layout = baseLayout(theme, {
    height: rowsHeight(names.length, 108),
    xaxis: percentAxis([...weights, ...tops], axes.weight, theme),
    yaxis: rowAxis(names.map(displayName), axes[part], theme),
    showlegend: true,
    shapes: [equalShape(1 / names.length, theme)],
    annotations: [equalAnnotation(1 / names.length, theme), ...weightColumn(weights, theme)],
    margin: { l: 8, r: 56, t: 30, b: 44 },
    legend: { orientation: "h", x: 0, y: -0.16, yanchor: "top", traceorder: "normal" },
  });
  return { data: [meanTrace(use, theme), topTrace(use, theme)], layout };
}

/** @param {Use} use @param {import("../../../drawing/theme.js").Theme} theme */
function meanTrace({ names, mean_weights: weights }, theme) {
  return {
    type: "bar",
    orientation: "h",
    name: series.mean,
    x: weights,
    y: weights.map((_, row) => row),
    marker: barMarker(
      names.map((name) => groupColor(name, theme)),
      theme,
    ),
    customdata: names.map((name, row) => `${plain(displayName(name))}: ${format.percent(weights[row])}`),
    hovertemplate: `%{customdata}<extra></extra>`,
  };
}

/** @param {Use} use @param {import("../../../drawing/theme.js").Theme} theme */
function topTrace({ names, top_shares: tops }, theme) {
  return {
    type: "scatter",
    mode: "markers",
    name: series.top,
    x: tops,
    y: tops.map((_, row) => row),
    cliponaxis: false,
    marker: { symbol: "diamond-open", size: 10, color: theme.ink, line: { width: 2 } },
    customdata: names.map((name, row) => `${plain(displayName(name))}: ${format.percent(tops[row])}`),
    hovertemplate: `%{customdata}<extra></extra>`,
  };
}

/**
 * The mean weights as a column right of the plot, where no diamond can cover them.
 * @param {number[]} weights
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function weightColumn(weights, theme) {
  return weights.map((weight, row) => ({
    text: format.percent(weight),
    xref: "paper",
    x: 1,
    xanchor: "left",
    xshift: 8,
    y: row,
    showarrow: false,
    font: { color: theme.ink },
  }));
}

/** @param {number} share @param {import("../../../drawing/theme.js").Theme} theme */
function equalShape(share, theme) {
  const line = { color: theme.ink, width: 1, dash: "dot" };
  return { type: "line", x0: share, x1: share, yref: "paper", y0: 0, y1: 1, layer: "above", line };
}

/** @param {number} share @param {import("../../../drawing/theme.js").Theme} theme */
function equalAnnotation(share, theme) {
  const text = equalShare(format.percent(share));
  return { text, x: share, yref: "paper", y: 1, yanchor: "bottom", showarrow: false, font: { color: theme.muted } };
}

/**
 * @param {Use} use
 * @param {"expert" | "cluster"} part
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ names, mean_weights: weights, top_shares: tops, dead }, part) {
  return {
    columns: [
      { label: axes[part], format: "text" },
      { label: columns.meanWeight, format: "percent" },
      { label: columns.top, format: "percent" },
      { label: columns.state, format: "text" },
    ],
    rows: names.map((name, row) => [
      displayName(name),
      weights[row],
      tops[row],
      dead.includes(row) ? partState.dead : partState.used,
    ]),
  };
}
