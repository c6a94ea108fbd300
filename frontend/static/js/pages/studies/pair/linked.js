/** One view of two pictures of any size: the same share of each in the middle, the same times its fitted size. No DOM. */

import { MAX_SCALE, fit, zoomAt } from "../../../drawing/zoom.js";

/**
 * @typedef {import("../../../drawing/zoom.js").Size} Size
 * @typedef {import("../../../drawing/zoom.js").Place} Place
 * @typedef {import("../../../drawing/zoom.js").View} View
 * @typedef {{x: number, y: number, times: number}} Linked x and y: shares of a picture; times: 1 shows all of it
 */

/** @type {Readonly<Linked>} */
export const ALL = Object.freeze({ x: 0.5, y: 0.5, times: 1 });

/**
 * What the link shows of one of the pictures.
 * @param {Linked} linked
 * @param {Size} picture
 * @param {Size} pane
 * @returns {View}
 */
export function viewOf({ x, y, times }, picture, pane) {
  const scale = Math.min(fit(picture, pane).scale * times, MAX_SCALE);
  return { x: x * picture.width, y: y * picture.height, scale };
}

/**
 * The link after a picture under the hand was moved or zoomed.
 * @param {View} view
 * @param {Size} picture
 * @param {Size} pane
 * @returns {Linked}
 */
export function linkedOf({ x, y, scale }, picture, pane) {
  const times = scale / fit(picture, pane).scale;
  return times <= 1 ? ALL : { x: x / picture.width, y: y / picture.height, times };
}

/**
 * Larger or smaller about a place on one of the pictures.
 * @param {Linked} linked
 * @param {Size} picture
 * @param {Size} pane
 * @param {Place} at
 * @param {number} factor
 */
export function zoomed(linked, picture, pane, at, factor) {
  return linkedOf(zoomAt(viewOf(linked, picture, pane), picture, pane, at, factor), picture, pane);
}
