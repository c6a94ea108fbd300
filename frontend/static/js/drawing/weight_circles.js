/** Circles whose areas are weights. */

const SMALLEST_PX = 7;
const LARGEST_PX = 26;

/**
 * Diameter in px whose area grows with the weight.
 * @param {number} weight 0-1
 */
export function diameter(weight) {
  return Math.max(SMALLEST_PX, LARGEST_PX * Math.sqrt(weight));
}
