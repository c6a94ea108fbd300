/** The gate's own weights beside the routing in use, per expert. */

import { barMarker, baseLayout, percentAxis, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, displayName, series } from "../../../kit/language/words.js";

/** @typedef {import("../../../drawing/chart_card.js").Having<import("contract").AnalysisResponse, "routing_weights">} Shown */

export const id = "routing";

/** @param {import("contract").AnalysisResponse} analysis */
export const applies = ({ routing_weights: routing }) => routing !== null;

/**
 * @param {Shown} analysis
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(analysis, theme) {
  const { gating_weights: gate, routing_weights: routing } = analysis;
  const data = [weightTrace(series.routing, routing, theme.ink, theme)];
  if (gate) data.unshift(weightTrace(series.gate, gate, theme.surface, theme));
  const layout = baseLayout(theme, {
    height: rowsHeight(routing.length * (gate ? 1.4 : 1), 92),
    xaxis: percentAxis([...routing, ...(gate ?? [])], axes.weight, theme),
    yaxis: rowAxis(expertNames(analysis).map(displayName), axes.expert, theme),
    barmode: "group",
    bargap: 0.3,
    showlegend: true,
  });
  return { data, layout };
}

/**
 * @param {string} name
 * @param {number[]} weights
 * @param {string} color
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function weightTrace(name, weights, color, theme) {
  return {
    type: "bar",
    orientation: "h",
    name,
    x: weights,
    y: weights.map((_, row) => row),
    text: weights.map(format.percent),
    textposition: "outside",
    cliponaxis: false,
    marker: barMarker(color, theme),
    hovertemplate: `${name}: %{text}<extra></extra>`,
  };
}

/**
 * Names of the routed experts; a fusion path is weighed apart from them.
 * @param {import("contract").AnalysisResponse} analysis
 */
function expertNames({ experts }) {
  return experts.filter(({ kind }) => kind === "expert").map(({ name }) => name);
}

/**
 * @param {Shown} analysis
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(analysis) {
  const { gating_weights: gate, routing_weights: routing } = analysis;
  return {
    columns: [
      { label: columns.expert, format: "text" },
      { label: columns.gate, format: "percent" },
      { label: columns.routing, format: "percent" },
    ],
    rows: expertNames(analysis).map((name, row) => [displayName(name), gate ? gate[row] : null, routing[row]]),
  };
}
