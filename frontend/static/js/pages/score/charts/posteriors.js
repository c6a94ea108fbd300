/** p(cluster | picture), one bar per cluster; attention weights, where there are some, as diamonds on the same rows. */

import { groupColor } from "../../../drawing/colours.js";
import { barMarker, baseLayout, hover, percentAxis, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, displayName, series } from "../../../kit/language/words.js";

/** @typedef {import("../../../drawing/chart_card.js").Having<import("contract").AnalysisResponse, "posteriors">} Shown */

export const id = "posteriors";

/** @param {import("contract").AnalysisResponse} analysis */
export const applies = ({ posteriors }) => posteriors !== null;

/**
 * @param {Shown} analysis
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(analysis, theme) {
  const names = clusterNames(analysis);
  const { posteriors, attention_weights: attention } = analysis;
  /** @type {object[]} */
  const data = [posteriorTrace(posteriors, attention, names, theme)];
  if (attention) data.push(attentionTrace(attention, theme));
  const layout = baseLayout(theme, {
    height: rowsHeight(names.length, attention ? 92 : 64),
    xaxis: percentAxis([...posteriors, ...(attention ?? [])], axes.probability, theme),
    yaxis: rowAxis(names.map(displayName), axes.cluster, theme),
    showlegend: Boolean(attention),
  });
  return { data, layout };
}

/**
 * Where a diamond lies beyond the end of its bar it would cover the figure there: the table has it.
 * @param {number[]} posteriors
 * @param {number[] | null} attention
 * @param {string[]} names
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function posteriorTrace(posteriors, attention, names, theme) {
  return {
    type: "bar",
    orientation: "h",
    name: series.posterior,
    x: posteriors,
    y: posteriors.map((_, row) => row),
    text: posteriors.map((value, row) => (attention && attention[row] > value ? "" : format.percent(value))),
    textposition: "outside",
    cliponaxis: false,
    marker: barMarker(
      names.map((name) => groupColor(name, theme)),
      theme,
    ),
    ...hover(names.map((name, row) => `${displayName(name)}: ${format.percent(posteriors[row])}`)),
  };
}

/**
 * @param {number[]} attention
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function attentionTrace(attention, theme) {
  return {
    type: "scatter",
    mode: "markers",
    name: series.attention,
    x: attention,
    y: attention.map((_, row) => row),
    marker: { symbol: "diamond-open", size: 10, color: theme.ink, line: { width: 2 } },
    ...hover(attention.map((weight) => `${series.attention}: ${format.percent(weight)}`)),
  };
}

/**
 * @param {Shown} analysis
 * @returns {string[]} (K)
 */
function clusterNames({ posteriors, cluster_names: names }) {
  return names ?? posteriors.map((_, index) => `cluster ${index + 1}`);
}

/**
 * @param {Shown} analysis
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(analysis) {
  const { posteriors, attention_weights: attention } = analysis;
  const attentionColumn = /** @type {const} */ ({ label: columns.attention, format: "percent" });
  return {
    columns: [
      { label: columns.cluster, format: "text" },
      { label: columns.posterior, format: "percent" },
      ...(attention ? [attentionColumn] : []),
    ],
    rows: clusterNames(analysis).map((name, row) => [
      displayName(name),
      posteriors[row],
      ...(attention ? [attention[row]] : []),
    ]),
  };
}
