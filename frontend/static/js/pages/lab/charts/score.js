/** The score and its interval against the level. */

import { groupColor } from "../../../drawing/colours.js";
import { axisTitle, baseLayout, hover, valueAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes as axisNames } from "../../../kit/language/words.js";
import { answered, CHART_LEVELS } from "../view.js";
import { axes, charts, columns, levelName } from "../words.js";

export const id = "lab-score";
export const words = charts.score;

/** Every variant has a score. @param {import("../view.js").LabView} view */
export const applies = (view) => answered(view).length > 0;

/**
 * @param {import("../view.js").LabView} view which applies
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(view, theme) {
  const levels = answered(view);
  const [{ score: first }] = levels;
  const layout = baseLayout(theme, {
    height: 300,
    margin: { l: 8, r: 16, t: 24, b: 44 },
    xaxis: {
      title: axisTitle(axes.level, theme),
      range: [-0.5, CHART_LEVELS.length - 0.5],
      tickvals: CHART_LEVELS,
      showgrid: false,
      zeroline: false,
    },
    yaxis: valueAxis(theme, { title: axisTitle(axisNames.score, theme), range: first.range, zeroline: false }),
  });
  return { data: [trace(view, levels, theme)], layout };
}

/**
 * @param {import("../view.js").LabView} view
 * @param {import("contract").LevelResponse[]} levels
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function trace({ chosen, group }, levels, theme) {
  const hue = groupColor(group, theme);
  const fills = levels.map(({ level }) => (level === chosen ? hue : theme.surface));
  return {
    type: "scatter",
    mode: "lines+markers",
    x: levels.map(({ level }) => level),
    y: levels.map(({ score }) => score.value),
    cliponaxis: false,
    line: { color: theme.soft, width: 2 },
    marker: { size: 13, color: fills, line: { color: theme.ink, width: 2 } },
    error_y: {
      type: "data",
      symmetric: false,
      array: levels.map(({ score }) => score.high - score.value),
      arrayminus: levels.map(({ score }) => score.value - score.low),
      color: theme.soft,
      thickness: 2,
      width: 5,
    },
    ...hover(levels.map(({ level, score }) => `${levelName(level)}: ${format.score(score.value)}`)),
  };
}

/**
 * @param {import("../view.js").LabView} view
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(view) {
  return {
    columns: [
      { label: columns.level, format: "text" },
      { label: columns.score, format: "score" },
      { label: columns.low, format: "score" },
      { label: columns.high, format: "score" },
    ],
    rows: answered(view).map(({ level, score }) => [levelName(level), score.value, score.low, score.high]),
  };
}
