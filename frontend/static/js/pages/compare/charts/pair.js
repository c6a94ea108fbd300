/** The two sides of a pair: the ends of the signed scale, so that a positive difference has the first one's colour. */

import { inkOn, mix } from "../../../drawing/colours.js";

// Okabe-Ito; the brighter two on a dark page.
const ON_LIGHT = Object.freeze({ a: "#d55e00", b: "#0072b2" });
const ON_DARK = Object.freeze({ a: "#e69f00", b: "#56b4e9" });

/** @param {import("../../../drawing/theme.js").Theme} theme */
export function sideColors({ surface }) {
  return inkOn(mix(surface, surface, 0)) === "#ffffff" ? ON_DARK : ON_LIGHT;
}

/**
 * Colour of a signed value: the first one's side above zero, the second one's below, the page's band at zero.
 * @param {number} value
 * @param {number} widest of all values, whose colour is full
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
export function signedColor(value, widest, theme) {
  const { a, b } = sideColors(theme);
  return mix(theme.band, value < 0 ? b : a, Math.min(1, Math.abs(value) / widest));
}

/**
 * Colour of a checkpoint: its side of the pair, or plain.
 * @param {string} id
 * @param {{a: string, b: string}} pair
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
export function checkpointColor(id, pair, theme) {
  const { a, b } = sideColors(theme);
  if (id === pair.a) return a;
  return id === pair.b ? b : theme.muted;
}
