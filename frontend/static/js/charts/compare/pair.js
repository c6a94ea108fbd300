/** The two sides of a pair: the ends of the signed scale, so that a positive difference has the first one's colour. */

export const PAIR = Object.freeze({ a: "#d55e00", b: "#0072b2" });

/** From the second one's colour over the page's surface to the first one's. @param {import("../../contract.js").Theme} theme */
export function signedScale(theme) {
  return [
    [0, PAIR.b],
    [0.5, theme.band],
    [1, PAIR.a],
  ];
}

/**
 * Marker colour of a checkpoint: its side of the pair, or plain.
 * @param {string} id
 * @param {{a: string, b: string}} pair
 * @param {import("../../contract.js").Theme} theme
 */
export function sideColor(id, pair, theme) {
  if (id === pair.a) return PAIR.a;
  return id === pair.b ? PAIR.b : theme.muted;
}
