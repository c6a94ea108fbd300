/** As much of a map as a glance at a picture's place needs: points, groups, and names for the nearest pictures. */

import { MapData } from "../../../mapdata/data.js";
import { Pictures } from "../../../mapdata/pictures.js";
import { drawnMask } from "../../../mapdata/sampling.js";

export const MAX_SMALL = 3_000;
const CATEGORIES = /** @type {const} */ (["group", "reference", "type"]);
const NUMBERS = /** @type {const} */ (["score", "level"]);

/**
 * @typedef {object} SmallMap
 * @property {import("contract").MapResponse} map
 * @property {Float32Array} x (N)
 * @property {Float32Array} y (N)
 * @property {{codes: Uint16Array, names: readonly string[]} | null} groups
 * @property {Uint8Array} drawn (N) 1 for points of a fair sample of at most `MAX_SMALL`
 * @property {Pictures} pictures
 * @property {(row: number) => number | null} scoreOf
 */

/**
 * @param {import("../../../kit/net/api.js").Api} api
 * @param {import("contract").MapResponse} map
 * @param {AbortSignal} signal
 * @returns {Promise<SmallMap>}
 */
export async function loadSmallMap(api, map, signal) {
  const data = new MapData(api, map, signal, () => {});
  const [x, y, categories, numbers] = await Promise.all([
    data.numbers("x"),
    data.numbers("y"),
    loadPresent(CATEGORIES, map, (name) => data.categories(name)),
    loadPresent(NUMBERS, map, (name) => data.numbers(name)),
  ]);
  const scoreOf = (/** @type {number} */ row) => {
    const score = numbers.score?.[row] ?? Number.NaN;
    return Number.isNaN(score) ? null : score;
  };
  const pictures = new Pictures(map, { numbers, categories, vectors: {} });
  return { map, x, y, groups: categories.group ?? null, drawn: drawnMask(map.count, MAX_SMALL), pictures, scoreOf };
}

/**
 * @template T
 * @param {readonly string[]} names
 * @param {import("contract").MapResponse} map
 * @param {(name: string) => Promise<T>} load
 * @returns {Promise<Record<string, T>>}
 */
async function loadPresent(names, map, load) {
  const present = names.filter((name) => Object.hasOwn(map.columns, name));
  return Object.fromEntries(await Promise.all(present.map(async (name) => [name, await load(name)])));
}
