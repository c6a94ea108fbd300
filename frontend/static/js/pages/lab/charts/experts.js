/** Each expert's own score and weight at every level, one panel each, with the clean picture's as short lines. */

import { weightCircles } from "../../../drawing/weight_circles.js";
import { axes as axisNames, columns as columnNames, displayName } from "../../../kit/language/words.js";
import { answered, levelRows } from "../view.js";
import { charts, columns } from "../words.js";
import { cleanMarks, panels } from "./panels.js";

export const id = "lab-experts";
export const words = charts.experts;

/** Share of the Score page's circles: the panels are smaller. */
const SIZE = 0.8;
/** Points beside the scale, so that the ends of two panels' scales are apart. */
const EDGE = 6;

/** @param {import("../view.js").LabView} view */
export const applies = (view) => answered(view).some(({ experts }) => experts.length > 0);

/**
 * @param {import("../view.js").LabView} view which applies
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(view, theme) {
  const [{ experts, score }] = answered(view);
  const [low, high] = score.range;
  const clean = view.levels[0]?.experts;
  return panels(view, theme, {
    labels: experts.map(({ name }) => displayName(name)),
    rowTitle: axisNames.expert,
    xTitle: axisNames.score,
    xaxis: { range: [low - EDGE, high + EDGE], tickvals: [low, (low + high) / 2, high] },
    traces: ({ level, experts: weighed }, axes) => [
      ...(level > 0 && clean
        ? [
            cleanMarks(
              clean.map((expert) => expert.score),
              axes,
              theme,
            ),
          ]
        : []),
      { ...axes, ...weightCircles(weighed, theme, SIZE) },
    ],
    shapes: (answer, axes) => [scoreLine(answer.score.value, axes, theme)],
  });
}

/**
 * @param {number} value
 * @param {{xref: string, yref: string}} axes
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function scoreLine(value, axes, theme) {
  const line = { color: theme.ink, width: 1, dash: "dash" };
  return { ...axes, type: "line", x0: value, x1: value, y0: 0, y1: 1, layer: "below", line };
}

/**
 * @param {import("../view.js").LabView} view which applies
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(view) {
  return {
    columns: [
      { label: columns.level, format: "text" },
      { label: columnNames.expert, format: "text" },
      { label: columnNames.score, format: "score" },
      { label: columnNames.weight, format: "percent" },
    ],
    rows: levelRows(view, ({ experts }) =>
      experts.map(({ name, score, weight }) => [displayName(name), score, weight]),
    ),
  };
}
