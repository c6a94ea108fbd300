/** Finding points: under the pointer, and beside the keyboard's cursor. */

/** Directions of the arrow keys, y upwards. */
export const DIRECTIONS = Object.freeze({
  ArrowLeft: /** @type {const} */ ([-1, 0]),
  ArrowRight: /** @type {const} */ ([1, 0]),
  ArrowUp: /** @type {const} */ ([0, 1]),
  ArrowDown: /** @type {const} */ ([0, -1]),
});
const SIDEWAYS_COST = 2;

/**
 * The set row nearest to a place; null where none is within reach.
 * @param {{x: Float32Array, y: Float32Array}} points
 * @param {Uint8Array} mask
 * @param {[number, number]} place
 * @param {number} [reach] in the map's units
 */
export function nearestRow({ x, y }, mask, [px, py], reach = Infinity) {
  let best = null;
  let bestSquare = reach * reach;
  for (let row = 0; row < x.length; row += 1) {
    if (!mask[row]) continue;
    const square = (x[row] - px) ** 2 + (y[row] - py) ** 2;
    if (square <= bestSquare && (best === null || square < bestSquare)) [best, bestSquare] = [row, square];
  }
  return best;
}

/**
 * The nearest set row in a direction from a row, a step sideways counting double; the row itself where there is none.
 * Rows at the very same place are passed over.
 * @param {{x: Float32Array, y: Float32Array}} points
 * @param {Uint8Array} mask
 * @param {number} from
 * @param {readonly [number, number]} direction one of `DIRECTIONS`
 */
export function nextRow({ x, y }, mask, from, [right, up]) {
  let best = from;
  let bestCost = Infinity;
  for (let row = 0; row < x.length; row += 1) {
    if (!mask[row]) continue;
    const [dx, dy] = [x[row] - x[from], y[row] - y[from]];
    const along = dx * right + dy * up;
    const aside = Math.abs(dx * up + dy * right);
    if (along <= 0 || aside > along) continue;
    const cost = along + SIDEWAYS_COST * aside;
    if (cost < bestCost) [best, bestCost] = [row, cost];
  }
  return best;
}
