/** The score and its interval on the scale, over ITU's five words. */

import { axisTitle, baseLayout, hover } from "../../../drawing/layout.js";
import { bandShapes, bandWord, wordBands } from "../../../drawing/quality_bands.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, series } from "../../../kit/language/words.js";

export const id = "score";

/** Every variant has a score. */
export const applies = () => true;

/**
 * @param {import("contract").AnalysisResponse} analysis
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ score }, theme) {
  return { data: [intervalTrace(score, theme), valueTrace(score, theme)], layout: scaleLayout(score, theme) };
}

/**
 * @param {import("contract").ScoreResponse} score
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function intervalTrace(score, theme) {
  return {
    type: "scatter",
    mode: "lines",
    name: series.interval,
    x: [score.low, score.high],
    y: [0, 0],
    line: { color: theme.soft, width: 12 },
    ...hover([score.low, score.high].map((end) => `${series.interval}: ${format.score(end)}`)),
  };
}

/**
 * @param {import("contract").ScoreResponse} score
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function valueTrace(score, theme) {
  return {
    type: "scatter",
    mode: "markers",
    name: series.score,
    x: [score.value],
    y: [0],
    marker: { symbol: "diamond", size: 16, color: theme.ink, line: { color: theme.surface, width: 2 } },
    ...hover([`${series.score}: ${format.score(score.value)}`]),
  };
}

/**
 * @param {import("contract").ScoreResponse} score
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function scaleLayout(score, theme) {
  const bands = wordBands(score.range);
  return baseLayout(theme, {
    height: 132,
    xaxis: {
      title: axisTitle(axes.score, theme),
      range: score.range,
      tickvals: [...bands.map((band) => band.low), score.range[1]],
      zeroline: false,
    },
    yaxis: { range: [-1, 1], visible: false, fixedrange: true },
    margin: { l: 16, r: 16, t: 28, b: 44 },
    shapes: bandShapes(bands, theme),
    annotations: bands.map((band) => bandWord(band, band.word === score.word, theme)),
  });
}

/**
 * @param {import("contract").AnalysisResponse} analysis
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ score }) {
  return {
    columns: [
      { label: columns.quantity, format: "text" },
      { label: columns.value, format: "score" },
    ],
    rows: [
      [series.score, score.value],
      [series.low, score.low],
      [series.high, score.high],
      [series.std, score.std],
    ],
  };
}
