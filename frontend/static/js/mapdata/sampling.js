/** What is drawn of a large map: a fair sample, the same one every time; counts, lasso and exports have every row. */

const MAX_DRAWN = 100_000;

/**
 * One byte per row: 1 for rows that are drawn. Every row is equally likely, whatever the order of the rows.
 * @param {number} count
 * @param {number} [limit]
 */
export function drawnMask(count, limit = MAX_DRAWN) {
  const mask = new Uint8Array(count);
  if (count <= limit) return mask.fill(1);
  const random = generator(count);
  let left = limit;
  for (let row = 0; row < count; row += 1) {
    if (random() * (count - row) >= left) continue;
    mask[row] = 1;
    left -= 1;
  }
  return mask;
}

/** Mulberry32: numbers from 0 to below 1. @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
