/** Each expert's own score, its weight as area and in a column, against the score of all together. */

import { axisTitle, baseLayout, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import { weightCircles } from "../../../drawing/weight_circles.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, displayName, scoreLine } from "../../../kit/language/words.js";

export const id = "experts";

/** @param {import("contract").AnalysisResponse} analysis */
export const applies = ({ experts }) => experts.length > 0;

/**
 * @param {import("contract").AnalysisResponse} analysis `experts` not empty
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ experts, score }, theme) {
  const names = experts.map(({ name }) => displayName(name));
  const layout = baseLayout(theme, {
    height: rowsHeight(experts.length, 84),
    xaxis: { title: axisTitle(axes.score, theme), range: score.range, zeroline: false },
    yaxis: { ...rowAxis(names, axes.expert, theme), showgrid: true, gridcolor: theme.line },
    margin: { l: 8, r: 64, t: 28, b: 44 },
    shapes: [scoreShape(score.value, theme)],
    annotations: [scoreAnnotation(score.value, theme), ...weightColumn(experts, theme)],
  });
  return { data: [weightCircles(experts, theme)], layout };
}

/**
 * The weights as a column right of the plot, where no circle and no line can cover them.
 * @param {import("contract").ExpertResponse[]} experts
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function weightColumn(experts, theme) {
  const place = { xref: "paper", x: 1, xanchor: "left", xshift: 8, showarrow: false };
  const figures = experts.map(({ weight }, row) => ({
    ...place,
    text: format.percent(weight),
    y: row,
    font: { color: theme.ink },
  }));
  const head = { ...place, text: columns.weight, yref: "paper", y: 1, yanchor: "bottom", font: { color: theme.muted } };
  return [head, ...figures];
}

/**
 * @param {number} value
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function scoreShape(value, theme) {
  const line = { color: theme.ink, width: 1, dash: "dash" };
  return { type: "line", x0: value, x1: value, yref: "paper", y0: 0, y1: 1, layer: "below", line };
}

/**
 * @param {number} value
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function scoreAnnotation(value, theme) {
  const text = scoreLine(format.score(value));
  return { text, x: value, yref: "paper", y: 1, yanchor: "bottom", showarrow: false, font: { color: theme.muted } };
}

/**
 * @param {import("contract").AnalysisResponse} analysis
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ experts }) {
  return {
    columns: [
      { label: columns.expert, format: "text" },
      { label: columns.score, format: "score" },
      { label: columns.weight, format: "percent" },
    ],
    rows: experts.map(({ name, score, weight }) => [displayName(name), score, weight]),
  };
}
