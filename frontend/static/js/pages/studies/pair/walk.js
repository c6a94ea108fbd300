/** Two places in an order of pictures, and how they move on. No DOM. */

/**
 * @typedef {{a: number, b: number}} Walk places from 0
 *
 * @typedef {object} Order pictures, one after the other
 * @property {number} total
 * @property {(place: number) => Promise<number | null>} positionAt null: that picture cannot be read
 */

/** Those of a list. @param {readonly number[]} positions @returns {Order} */
export function listed(positions) {
  return { total: positions.length, positionAt: async (place) => positions[place] ?? null };
}

/**
 * An order of which parts are fetched as they are needed, each once.
 * @param {number} total
 * @param {number} size of a part
 * @param {(after: number) => Promise<readonly {position: number, state: string}[]>} read
 * @returns {Order}
 */
export function paged(total, size, read) {
  /** @type {Map<number, Promise<readonly {position: number, state: string}[]>>} */
  const parts = new Map();
  const part = (/** @type {number} */ number) => {
    const known = parts.get(number) ?? read(number * size);
    parts.set(number, known);
    known.catch(() => parts.delete(number)); // the next one tries again
    return known;
  };
  return {
    total,
    positionAt: async (place) => {
      const row = (await part(Math.floor(place / size)))[place % size];
      return row?.state === "scored" ? row.position : null;
    },
  };
}

/**
 * The nearest place of a picture that can be read, in steps of `by`; null at the end.
 * @param {Order} order
 * @param {number} from
 * @param {1 | -1} by
 * @param {number} [without] place that is taken
 */
export async function nextPlace(order, from, by, without) {
  for (let place = from + by; place >= 0 && place < order.total; place += by) {
    if (place !== without && (await order.positionAt(place)) !== null) return place;
  }
  return null;
}

/**
 * The second picture goes on, the first stays; null at the end.
 * @param {Order} order
 * @param {Walk} walk
 * @param {1 | -1} by
 * @returns {Promise<Walk | null>}
 */
export async function stepped(order, { a, b }, by) {
  const next = await nextPlace(order, b, by, a);
  return next === null ? null : { a, b: next };
}

/**
 * One is kept and stands first, beside the next that was not looked at; null where there is none.
 * @param {Order} order
 * @param {Walk} walk
 * @param {"a" | "b"} side
 * @returns {Promise<Walk | null>}
 */
export async function kept(order, walk, side) {
  const next = await nextPlace(order, Math.max(walk.a, walk.b), 1);
  return next === null ? null : { a: walk[side], b: next };
}
