/** A waterfall of the experts' contributions, largest first, that ends at the score. */

import { axisTitle, baseLayout, plain, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, displayName, series } from "../../../kit/language/words.js";

export const id = "contributions";

/** @param {import("contract").AnalysisResponse} analysis */
export const applies = ({ experts }) => experts.length > 0;

/**
 * Experts by what they add, largest first.
 * @param {import("contract").AnalysisResponse} analysis
 */
export function ordered({ experts }) {
  return [...experts].sort((one, other) => other.contribution - one.contribution);
}

/**
 * Sum of all contributions, in points: the score, within rounding.
 * @param {import("contract").AnalysisResponse} analysis
 */
export function total({ experts }) {
  return experts.reduce((sum, { contribution }) => sum + contribution, 0);
}

/**
 * @param {import("contract").AnalysisResponse} analysis `experts` not empty
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(analysis, theme) {
  const experts = ordered(analysis);
  const labels = [...experts.map(({ name }) => displayName(name)), series.total];
  const layout = baseLayout(theme, {
    height: rowsHeight(labels.length),
    xaxis: { title: axisTitle(axes.points, theme), range: [0, total(analysis) * 1.18], rangemode: "tozero" },
    yaxis: rowAxis(labels, axes.expert, theme),
  });
  return { data: [waterfallTrace(analysis, labels, theme)], layout };
}

/**
 * @param {import("contract").AnalysisResponse} analysis
 * @param {string[]} labels
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function waterfallTrace(analysis, labels, theme) {
  const steps = ordered(analysis).map(({ contribution }) => contribution);
  const sum = total(analysis);
  const outline = { color: theme.muted, width: 1 };
  return {
    type: "waterfall",
    orientation: "h",
    measure: [...steps.map(() => "relative"), "total"],
    x: [...steps, sum],
    y: labels.map((_, row) => row),
    text: [...steps.map((step) => `+${format.points(step)}`), format.points(sum)],
    textposition: "outside",
    cliponaxis: false,
    connector: { line: { color: theme.soft, width: 1 } },
    increasing: { marker: { color: theme.soft, line: outline } },
    totals: { marker: { color: theme.ink, line: outline } },
    customdata: labels.map(plain),
    hovertemplate: "%{customdata}: %{text}<extra></extra>",
  };
}

/**
 * @param {import("contract").AnalysisResponse} analysis
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(analysis) {
  const rows = ordered(analysis).map(({ name, score, weight, contribution }) => [
    displayName(name),
    score,
    weight,
    contribution,
  ]);
  return {
    columns: [
      { label: columns.expert, format: "text" },
      { label: columns.score, format: "score" },
      { label: columns.weight, format: "percent" },
      { label: columns.contribution, format: "points" },
    ],
    rows: [...rows, [series.total, null, null, total(analysis)]],
  };
}
