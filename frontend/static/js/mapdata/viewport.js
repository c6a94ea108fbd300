/** What part of the map is seen: its centre and the span across the shorter side, whatever the shape of the page. */

/**
 * @typedef {{x: number, y: number, span: number}} Viewport in the map's units
 * @typedef {{width: number, height: number}} Size in px
 * @typedef {[number, number]} Place
 */

const MARGIN = 1.08;
const MAX_ZOOM = 400;
const MIN_ZOOM = 0.5;
const LINE_PX = 16;
const PAGE_PX = 400;
const ZOOM_PER_PX = 0.0016;
// A trackpad's pinch comes as small wheel steps with Ctrl.
const PINCH_SPEED = 6;

/**
 * The view that holds every point with a margin.
 * @param {{x: [number, number], y: [number, number]}} extent
 * @param {Size} size
 * @returns {Viewport}
 */
export function fit({ x, y }, { width, height }) {
  const shorter = Math.min(width, height);
  const [spanX, spanY] = [x[1] - x[0], y[1] - y[0]];
  const span = Math.max((spanX * shorter) / width, (spanY * shorter) / height, 1e-6) * MARGIN;
  return { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2, span };
}

/**
 * The map's units per px.
 * @param {Viewport} view
 * @param {Size} size
 */
export function unitsPerPx({ span }, { width, height }) {
  return span / Math.min(width, height);
}

/**
 * Ranges of the two axes.
 * @param {Viewport} view
 * @param {Size} size
 * @returns {{x: [number, number], y: [number, number]}}
 */
export function ranges(view, size) {
  const unit = unitsPerPx(view, size);
  const [halfX, halfY] = [(size.width * unit) / 2, (size.height * unit) / 2];
  return { x: [view.x - halfX, view.x + halfX], y: [view.y - halfY, view.y + halfY] };
}

/**
 * Where a px lies on the map.
 * @param {Viewport} view
 * @param {Size} size
 * @param {Place} px from the top left
 * @returns {Place}
 */
export function toMap(view, size, [px, py]) {
  const unit = unitsPerPx(view, size);
  return [view.x + (px - size.width / 2) * unit, view.y - (py - size.height / 2) * unit];
}

/**
 * Where a place on the map is seen, in px from the top left.
 * @param {Viewport} view
 * @param {Size} size
 * @param {Place} place
 * @returns {Place}
 */
export function toPx(view, size, [x, y]) {
  const unit = unitsPerPx(view, size);
  return [(x - view.x) / unit + size.width / 2, (view.y - y) / unit + size.height / 2];
}

/**
 * The content follows the hand by some px.
 * @param {Viewport} view
 * @param {Size} size
 * @param {Place} moved
 * @returns {Viewport}
 */
export function pan(view, size, [dx, dy]) {
  const unit = unitsPerPx(view, size);
  return { ...view, x: view.x - dx * unit, y: view.y + dy * unit };
}

/**
 * Nearer (a factor above 1) or further, with the place under a px kept there.
 * @param {Viewport} view
 * @param {Size} size
 * @param {Place} px
 * @param {number} factor
 * @param {Viewport} home the view of everything, which bounds the zoom
 * @returns {Viewport}
 */
export function zoomAt(view, size, px, factor, home) {
  const span = Math.min(home.span / MIN_ZOOM, Math.max(home.span / MAX_ZOOM, view.span / factor));
  const [x, y] = toMap(view, size, px);
  const kept = span / view.span;
  return { x: x + (view.x - x) * kept, y: y + (view.y - y) * kept, span };
}

/**
 * Two fingers: what was under each stays under it, as far as the map does not turn.
 * @param {Viewport} view
 * @param {Size} size
 * @param {[Place, Place]} before
 * @param {[Place, Place]} after
 * @param {Viewport} home
 */
export function pinch(view, size, before, after, home) {
  const { moved, at, factor } = pinched(before, after);
  return zoomAt(pan(view, size, moved), size, at, factor, home);
}

/**
 * What two fingers did, in px: how far their middle moved, where it is by then, and by how much they parted.
 * @param {[Place, Place]} before
 * @param {[Place, Place]} after
 * @returns {{moved: Place, at: Place, factor: number}}
 */
export function pinched(before, after) {
  const [from, at] = [middle(before), middle(after)];
  return { moved: [at[0] - from[0], at[1] - from[1]], at, factor: distance(after) / Math.max(distance(before), 1) };
}

/** @param {[Place, Place]} two @returns {Place} */
function middle([[x0, y0], [x1, y1]]) {
  return [(x0 + x1) / 2, (y0 + y1) / 2];
}

/** @param {[Place, Place]} two */
function distance([[x0, y0], [x1, y1]]) {
  return Math.hypot(x1 - x0, y1 - y0);
}

/**
 * The zoom factor of a wheel step; browsers count in px, lines or pages.
 * @param {{deltaY: number, deltaMode: number, ctrlKey: boolean}} event
 */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }) {
  const px = deltaY * [1, LINE_PX, PAGE_PX][deltaMode];
  return Math.exp(-px * ZOOM_PER_PX * (ctrlKey ? PINCH_SPEED : 1));
}

/**
 * How a picture of one view is scaled and moved to look like another: scale about the top left, then dx and dy in px.
 * @param {Viewport} drawn
 * @param {Viewport} wanted
 * @param {Size} size
 */
export function transform(drawn, wanted, size) {
  const [dx, dy] = toPx(wanted, size, toMap(drawn, size, [0, 0]));
  return { scale: drawn.span / wanted.span, dx, dy };
}
