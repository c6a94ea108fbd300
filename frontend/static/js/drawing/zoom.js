/** Which part of a picture is seen in a pane: the picture's pixel in the middle, and px of the page per pixel. */

/**
 * @typedef {{x: number, y: number, scale: number}} View x and y in the picture's pixels
 * @typedef {{width: number, height: number}} Size
 * @typedef {[number, number]} Place px from the pane's top left
 */

export const MAX_SCALE = 32;
const MIN_SHARE = 0.5;

/**
 * All of the picture, as large as the pane allows.
 * @param {Size} picture pixels
 * @param {Size} pane px
 * @returns {View}
 */
export function fit(picture, pane) {
  const scale = Math.min(pane.width / picture.width, pane.height / picture.height, MAX_SCALE);
  return { ...middle(picture), scale };
}

/**
 * One px for each pixel.
 * @param {Size} picture
 * @returns {View}
 */
export function native(picture) {
  return { ...middle(picture), scale: 1 };
}

/**
 * Native where all of the picture can be seen so, else fitted.
 * @param {Size} picture
 * @param {Size} pane
 */
export function start(picture, pane) {
  const fitted = fit(picture, pane);
  return fitted.scale >= 1 ? native(picture) : fitted;
}

/** @param {Size} picture */
function middle({ width, height }) {
  return { x: width / 2, y: height / 2 };
}

/**
 * The picture follows the hand by some px; its middle pixel stays on the picture.
 * @param {View} view
 * @param {Size} picture
 * @param {Place} moved
 * @returns {View}
 */
export function pan({ x, y, scale }, picture, [dx, dy]) {
  return { x: clamp(x - dx / scale, 0, picture.width), y: clamp(y - dy / scale, 0, picture.height), scale };
}

/**
 * Larger (a factor above 1) or smaller, with the pixel under a place kept there.
 * @param {View} view
 * @param {Size} picture
 * @param {Size} pane
 * @param {Place} at
 * @param {number} factor
 * @returns {View}
 */
export function zoomAt(view, picture, pane, at, factor) {
  const least = Math.min(fit(picture, pane).scale, 1) * MIN_SHARE;
  const scale = clamp(view.scale * factor, least, MAX_SCALE);
  const [right, down] = [at[0] - pane.width / 2, at[1] - pane.height / 2];
  const kept = 1 / view.scale - 1 / scale;
  return pan({ x: view.x + right * kept, y: view.y + down * kept, scale }, picture, [0, 0]);
}

/**
 * Where the picture's top left corner lies in the pane, in px; whole ones at native size, so that no pixel is smeared.
 * @param {View} view
 * @param {Size} pane
 * @returns {Place}
 */
export function corner({ x, y, scale }, pane) {
  const place = /** @type {Place} */ ([pane.width / 2 - x * scale, pane.height / 2 - y * scale]);
  return scale >= 1 ? [Math.round(place[0]), Math.round(place[1])] : place;
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
