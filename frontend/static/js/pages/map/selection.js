/** Which pictures pass: lasso, legend and histogram brushes together, and each seen without its own part. */

const MAX_FILTERS = 31;

/** A cross-filter: every filter has a bit, and a row's bits say which filters it fails. */
export class CrossFilter {
  #failed;
  /** @type {Map<string, number>} */
  #bits = new Map();

  /** @param {number} count rows */
  constructor(count) {
    this.#failed = new Uint32Array(count);
  }

  /**
   * Sets a filter; null lifts it.
   * @param {string} name
   * @param {Uint8Array | null} mask (N), 1 passes
   */
  set(name, mask) {
    const bit = this.#bitOf(name);
    const failed = this.#failed;
    if (mask === null) for (let row = 0; row < failed.length; row += 1) failed[row] &= ~bit;
    else
      for (let row = 0; row < failed.length; row += 1) failed[row] = mask[row] ? failed[row] & ~bit : failed[row] | bit;
  }

  /** @param {string} name */
  #bitOf(name) {
    const known = this.#bits.get(name);
    if (known !== undefined) return known;
    if (this.#bits.size === MAX_FILTERS) throw new RangeError(`got more than ${MAX_FILTERS} filters`);
    const bit = 1 << this.#bits.size;
    this.#bits.set(name, bit);
    return bit;
  }

  /**
   * One byte per row: 1 where every filter passes, apart from `except`.
   * @param {string} [except]
   */
  mask(except) {
    const asked = this.#asked(except);
    const mask = new Uint8Array(this.#failed.length);
    for (let row = 0; row < mask.length; row += 1) mask[row] = this.#failed[row] & asked ? 0 : 1;
    return mask;
  }

  /** The bits that must be clear. @param {string} [except] */
  #asked(except) {
    return ~(except === undefined ? 0 : (this.#bits.get(except) ?? 0));
  }

  /** Rows that pass everything, in order. */
  rows() {
    return rowsOf(this.mask());
  }
}

/**
 * Rows whose byte is set, in order.
 * @param {Uint8Array} mask
 */
export function rowsOf(mask) {
  const rows = new Uint32Array(countOf(mask));
  let next = 0;
  for (let row = 0; row < mask.length; row += 1) if (mask[row]) rows[next++] = row;
  return rows;
}

/** @param {Uint8Array} mask */
export function countOf(mask) {
  let count = 0;
  for (let row = 0; row < mask.length; row += 1) count += mask[row];
  return count;
}

/**
 * How many set rows each category has, in one pass.
 * @param {Uint16Array} codes (N)
 * @param {Uint8Array} mask (N)
 * @param {number} size codes are below this
 */
export function countsByCode(codes, mask, size) {
  const counts = new Uint32Array(size);
  for (let row = 0; row < codes.length; row += 1) counts[codes[row]] += mask[row];
  return counts;
}

/**
 * Rows of the categories that are not hidden; null where none is.
 * @param {Uint16Array} codes (N)
 * @param {ReadonlySet<number>} hidden codes
 */
export function legendMask(codes, hidden) {
  return hidden.size === 0 ? null : Uint8Array.from(codes, (code) => (hidden.has(code) ? 0 : 1));
}
