/** Numbers in bins: the same edges for a histogram, its brush and a colour scale. */

const NICE_STEPS = [1, 2, 2.5, 5];

/**
 * Smallest and largest number of a column; null where every row lacks one.
 * @param {Float32Array} values
 * @returns {[number, number] | null}
 */
export function extentOf(values) {
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < values.length; row += 1) {
    if (values[row] < low) low = values[row];
    if (values[row] > high) high = values[row];
  }
  return low <= high ? [low, high] : null;
}

/**
 * Edges at round numbers around a range, at most `bins` steps apart (one more where the range straddles them).
 * @param {[number, number]} range
 * @param {number} bins
 */
export function niceEdges([low, high], bins) {
  const step = niceStep((high - low) / bins || Math.abs(low) / bins || 1);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  // Products of integers, not sums of steps, so that 0.3 is the nearest number to it.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** @param {number} least */
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (NICE_STEPS.find((step) => step * power >= least * (1 - 1e-9)) ?? 10);
}

/**
 * The bin of each row; `edges.length - 1`, one past the last, where it has no value or one outside the edges.
 * @param {ArrayLike<number>} values
 * @param {number[]} edges at equal steps
 */
export function binCodes(values, edges) {
  const bins = edges.length - 1;
  const [low, high] = [edges[0], edges[bins]];
  const perUnit = bins / (high - low);
  return Uint16Array.from(values, (value) => {
    if (!(value >= low && value <= high)) return bins;
    return Math.min(bins - 1, Math.floor((value - low) * perUnit + 1e-6));
  });
}

/**
 * Rows inside a brush, from its low to below its high end; null for no brush. Bins decide, so that a brush along edges
 * holds exactly the bars that it covers.
 * @param {Uint16Array} codes (N), of `binCodes`
 * @param {number[]} edges
 * @param {[number, number] | null} brush edges
 */
export function brushMask(codes, edges, brush) {
  if (brush === null) return null;
  const [first, last] = [nearestEdge(edges, brush[0]), nearestEdge(edges, brush[1])];
  return Uint8Array.from(codes, (code) => (code >= first && code < last ? 1 : 0));
}

/**
 * The index of the edge nearest to a number.
 * @param {number[]} edges
 * @param {number} value
 */
export function nearestEdge(edges, value) {
  const perUnit = (edges.length - 1) / (edges[edges.length - 1] - edges[0]);
  return Math.min(edges.length - 1, Math.max(0, Math.round((value - edges[0]) * perUnit)));
}
