/** ITU-R BT.500's five words as bands of a scale. */

import { qualityName, qualityWords } from "../kit/language/words.js";
import { band } from "./layout.js";

/**
 * Five equal steps of a range, with their words.
 * @param {[number, number]} range
 */
export function wordBands([low, high]) {
  const step = (high - low) / qualityWords.length;
  return qualityWords.map((word, index) => ({ word, low: low + index * step, high: low + (index + 1) * step }));
}

/**
 * Every second band in the page's own shade.
 * @param {{low: number, high: number}[]} bands
 * @param {import("./theme.js").Theme} theme
 */
export function bandShapes(bands, theme) {
  return bands.filter((_, index) => index % 2 === 0).map(({ low, high }) => band([low, high], theme.band));
}

/**
 * @param {{word: string, low: number, high: number}} band
 * @param {boolean} current
 * @param {import("./theme.js").Theme} theme
 * @param {number} [size_px] that of the chart unless said
 */
export function bandWord({ word, low, high }, current, theme, size_px) {
  return {
    text: qualityName(word),
    x: (low + high) / 2,
    yref: "paper",
    y: 1,
    yanchor: "bottom",
    showarrow: false,
    font: { size: size_px, ...(current ? { color: theme.ink, weight: 700 } : { color: theme.muted }) },
  };
}
