/** The score and its interval on the scale, over ITU's five words. */

import { axes, columns, qualityName, qualityWords, series } from "../messages.js";
import { axisTitle, baseLayout } from "./layout.js";

export const id = "score";

/** Every variant has a score. */
export const applies = () => true;

/**
 * @param {import("../contract.js").Analysis} analysis
 * @param {import("../contract.js").Theme} theme
 * @returns {import("../contract.js").Figure}
 */
export function figure({ score }, theme) {
  return { data: [intervalTrace(score, theme), valueTrace(score, theme)], layout: scaleLayout(score, theme) };
}

/**
 * @param {import("../contract.js").Score} score
 * @param {import("../contract.js").Theme} theme
 */
function intervalTrace(score, theme) {
  return {
    type: "scatter",
    mode: "lines",
    name: series.interval,
    x: [score.low, score.high],
    y: [0, 0],
    line: { color: theme.soft, width: 12 },
    hovertemplate: `${series.interval}: %{x:.1f}<extra></extra>`,
  };
}

/**
 * @param {import("../contract.js").Score} score
 * @param {import("../contract.js").Theme} theme
 */
function valueTrace(score, theme) {
  return {
    type: "scatter",
    mode: "markers",
    name: series.score,
    x: [score.value],
    y: [0],
    marker: { symbol: "diamond", size: 16, color: theme.ink, line: { color: theme.surface, width: 2 } },
    hovertemplate: `${series.score}: %{x:.1f}<extra></extra>`,
  };
}

/**
 * @param {import("../contract.js").Score} score
 * @param {import("../contract.js").Theme} theme
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
    shapes: bands.filter((_, index) => index % 2 === 0).map((band) => bandShape(band, theme)),
    annotations: bands.map((band) => bandWord(band, band.word === score.word, theme)),
  });
}

/**
 * Five equal steps of a range, with their words.
 * @param {[number, number]} range
 */
export function wordBands([low, high]) {
  const step = (high - low) / qualityWords.length;
  return qualityWords.map((word, index) => ({ word, low: low + index * step, high: low + (index + 1) * step }));
}

/**
 * @param {{low: number, high: number}} band
 * @param {import("../contract.js").Theme} theme
 */
export function bandShape({ low, high }, theme) {
  return {
    type: "rect",
    layer: "below",
    x0: low,
    x1: high,
    yref: "paper",
    y0: 0,
    y1: 1,
    fillcolor: theme.band,
    line: { width: 0 },
  };
}

/**
 * @param {{word: string, low: number, high: number}} band
 * @param {boolean} current
 * @param {import("../contract.js").Theme} theme
 */
export function bandWord({ word, low, high }, current, theme) {
  return {
    text: qualityName(word),
    x: (low + high) / 2,
    yref: "paper",
    y: 1,
    yanchor: "bottom",
    showarrow: false,
    font: current ? { color: theme.ink, weight: 700 } : { color: theme.muted },
  };
}

/**
 * @param {import("../contract.js").Analysis} analysis
 * @returns {import("../contract.js").Table}
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
