/** Windows of a picture as the service scored them: which is where, which is lowest, what colours say. No DOM. */

/** @typedef {import("contract").LocalQualityResponse} LocalQuality */
/** @typedef {{row: number, column: number}} Place a window of the grid */
/** @typedef {"off" | "quality" | "cluster"} Layer */

const LAYERS = Object.freeze(/** @type {const} */ (["off", "quality", "cluster"]));
const STEP = 10;
const LEAST_RANGE = 20;
const TOP = 100;

/** @type {Readonly<Record<string, [number, number]>>} rows down, columns to the right */
const STEPS = Object.freeze({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] });

/**
 * The layer that an address asks for.
 * @param {string} search
 * @returns {Layer}
 */
export function readLayer(search) {
  const wanted = new URLSearchParams(search).get("local");
  return LAYERS.find((layer) => layer === wanted) ?? "off";
}

/**
 * The address with a layer in it.
 * @param {{pathname: string, search: string}} location
 * @param {Layer} layer
 */
export function layerAddress({ pathname, search }, layer) {
  const query = new URLSearchParams(search);
  if (layer === "off") query.delete("local");
  else query.set("local", layer);
  return query.size ? `${pathname}?${query}` : pathname;
}

/**
 * Every window, row by row.
 * @param {LocalQuality} local
 * @returns {Place[]}
 */
export function places({ scores }) {
  return scores.flatMap((line, row) => line.map((_, column) => ({ row, column })));
}

/** @param {LocalQuality} local @param {Place} place */
export function scoreAt({ scores }, { row, column }) {
  return scores[row][column];
}

/** The name of a window's most probable cluster; null without clusters. @param {LocalQuality} local @param {Place} place */
export function clusterAt({ clusters, cluster_names: names }, { row, column }) {
  return clusters === null || names === null ? null : names[clusters[row][column]];
}

/**
 * The part of the picture that a window's colour covers, in its pixels.
 * @param {LocalQuality} local
 * @param {Place} place
 */
export function cellOf({ rows, columns }, { row, column }) {
  const [x, y] = [columns.edges[column], rows.edges[row]];
  return { x, y, width: columns.edges[column + 1] - x, height: rows.edges[row + 1] - y };
}

/**
 * The part of the picture that a window saw, in its pixels.
 * @param {LocalQuality} local
 * @param {Place} place
 */
export function windowOf({ rows, columns }, { row, column }) {
  const [left, right] = columns.spans[column];
  const [top, bottom] = rows.spans[row];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * The window whose cell holds a place of the picture; null outside.
 * @param {LocalQuality} local
 * @param {number} x in pixels of the picture
 * @param {number} y
 * @returns {Place | null}
 */
export function placeAt({ rows, columns }, x, y) {
  const [row, column] = [cellIndex(rows.edges, y), cellIndex(columns.edges, x)];
  return row < 0 || column < 0 ? null : { row, column };
}

/** @param {number[]} edges @param {number} position */
function cellIndex(edges, position) {
  return edges.findIndex((edge, index) => position >= edge && position < edges[index + 1]);
}

/**
 * Lowest and highest window, first in reading order where several are equal, and the mean of all.
 * @param {LocalQuality} local
 */
export function extremes(local) {
  const all = places(local);
  const pick = (/** @type {(one: number, other: number) => boolean} */ better) =>
    all.reduce((best, place) => (better(scoreAt(local, place), scoreAt(local, best)) ? place : best));
  const sum = all.reduce((total, place) => total + scoreAt(local, place), 0);
  return {
    lowest: pick((one, other) => one < other),
    highest: pick((one, other) => one > other),
    mean: sum / all.length,
  };
}

/**
 * The scores that the ends of the colours stand for: tens around the windows' own, at least 20 points apart.
 * @param {LocalQuality} local
 * @returns {[number, number]}
 */
export function colourRange({ scores }) {
  const all = scores.flat();
  let low = Math.max(0, Math.floor(Math.min(...all) / STEP) * STEP);
  let high = Math.min(TOP, Math.ceil(Math.max(...all) / STEP) * STEP);
  while (high - low < LEAST_RANGE) {
    if (high < TOP) high += STEP;
    if (high - low < LEAST_RANGE && low > 0) low -= STEP;
  }
  return [low, high];
}

/**
 * How many windows have each cluster on top, most first; clusters without a window are left out.
 * @param {LocalQuality} local
 * @returns {{name: string, count: number}[]}
 */
export function clusterCounts(local) {
  const names = local.cluster_names ?? [];
  const top = local.clusters?.flat() ?? [];
  return names
    .map((name, index) => ({ name, count: top.filter((cluster) => cluster === index).length }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
}

/**
 * Where a key leads from a window; null for a key that leads nowhere.
 * @param {LocalQuality} local
 * @param {Place | null} from null: nowhere yet
 * @param {string} key
 * @returns {Place | null}
 */
export function moved(local, from, key) {
  const { lowest, highest } = extremes(local);
  if (key === "Home") return lowest;
  if (key === "End") return highest;
  if (!Object.hasOwn(STEPS, key)) return null;
  if (from === null) return lowest;
  const [down, right] = STEPS[key];
  return {
    row: clamp(from.row + down, local.rows.spans.length),
    column: clamp(from.column + right, local.columns.spans.length),
  };
}

/** @param {number} index @param {number} length */
function clamp(index, length) {
  return Math.min(Math.max(index, 0), length - 1);
}
