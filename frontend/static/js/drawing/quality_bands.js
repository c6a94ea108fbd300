/** ITU-R BT.500's five words as bands of a scale. */

import { qualityName, qualityWords } from "../kit/language/words.js";

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
 * @param {import("./theme.js").Theme} theme
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
 * @param {import("./theme.js").Theme} theme
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
