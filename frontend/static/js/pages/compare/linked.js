/** The pictures that two checkpoints are compared on: those of their maps, or the test photographs of one split. */

import { displayName } from "../../kit/language/words.js";
import { Pictures } from "../../mapdata/pictures.js";
import { join } from "./joining.js";
import { sameSplit } from "./splits.js";

/**
 * @typedef {object} Linked
 * @property {import("./joining.js").Joined} joined
 * @property {(index: number) => string} nameOf
 * @property {(index: number) => number | null} labelOf
 * @property {"mos" | "pseudo_mos" | null} labelKind
 * @property {import("../../mapdata/thumbnails.js").Thumbnails | null} thumbnails null: they may not be shown
 * @property {{a: string, b: string} | null} maps addresses of the maps, whose rows are the joined `rows`
 * @property {Uint16Array} groups (M) code of the distortion group
 * @property {readonly string[]} groupNames
 * @property {string} name of the set
 */

/**
 * The same image set on both checkpoints' maps; null where they have none in common.
 * @param {import("./data.js").CompareData} data
 * @param {string} a
 * @param {string} b
 * @returns {Promise<Linked | null>}
 */
export async function linkedMaps(data, a, b) {
  const [listA, listB] = await Promise.all([data.maps(a), data.maps(b)]);
  const pairs = listA.maps.flatMap((one) =>
    listB.maps.filter((other) => other.image_set.address === one.image_set.address).map((other) => ({ one, other })),
  );
  if (pairs.length === 0) return null;
  const { one, other } = pairs[0];
  const [dataA, dataB] = await Promise.all([data.mapData(a, one), data.mapData(b, other)]);
  const [first, second, loaded, group] = await Promise.all([
    scored(dataA),
    scored(dataB),
    described(dataA),
    dataA.categories("group"),
  ]);
  const joined = join(first, second);
  const pictures = new Pictures(one, loaded);
  const { label } = loaded.numbers;
  return {
    joined,
    nameOf: (index) => pictures.nameOf(joined.rows[index]),
    labelOf: (index) => numberOrNull(label?.[joined.rows[index]]),
    labelKind: one.image_set.label_kind,
    thumbnails: one.image_set.thumbnails,
    maps: { a: one.address, b: other.address },
    groups: Uint16Array.from(joined.rows, (row) => group.codes[row]),
    groupNames: group.names,
    name: one.image_set.name,
  };
}

/** @param {import("../../mapdata/data.js").MapData} data */
async function scored(data) {
  const hasClusters = Object.hasOwn(data.map.columns, "cluster");
  const [{ ids }, scores, clusters] = await Promise.all([
    data.rows(),
    data.numbers("score"),
    hasClusters ? data.categories("cluster") : null,
  ]);
  return {
    ids,
    scores,
    clusters: clusters && Array.from(clusters.codes, (code) => namedCluster(clusters.names[code])),
  };
}

/** @param {string | undefined} name */
function namedCluster(name) {
  return name === undefined ? null : displayName(name);
}

/** The columns that name a picture. @param {import("../../mapdata/data.js").MapData} data */
async function described(data) {
  const has = (/** @type {string} */ name) => Object.hasOwn(data.map.columns, name);
  const numbers = ["label", "level"].filter(has).map(async (name) => [name, await data.numbers(name)]);
  const categories = ["reference", "type"].filter(has).map(async (name) => [name, await data.categories(name)]);
  return {
    numbers: Object.fromEntries(await Promise.all(numbers)),
    categories: Object.fromEntries(await Promise.all(categories)),
    vectors: {},
  };
}

/** @param {number | undefined} value */
function numberOrNull(value) {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/**
 * Test photographs; null where the two were measured on different splits.
 * @param {import("./data.js").CompareData} data
 * @param {string} a
 * @param {string} b
 * @param {readonly [string[] | null, string[] | null]} clusterNames of each checkpoint, where its map tells them
 * @returns {Promise<Linked | null>}
 */
export async function linkedPhotographs(data, a, b, clusterNames) {
  const pair = await Promise.all([data.predictions(a), data.predictions(b)]);
  if (!sameSplit(pair)) return null;
  const [first, second] = pair;
  const joined = join(ofPredictions(first, clusterNames[0]), ofPredictions(second, clusterNames[1]));
  return {
    joined,
    nameOf: (index) => shortId(joined.ids[index]),
    labelOf: (index) => first.labels[joined.rows[index]],
    labelKind: "mos",
    thumbnails: null,
    maps: null,
    groups: new Uint16Array(joined.ids.length),
    groupNames: [],
    name: first.ids[0]?.split("/")[0] ?? "",
  };
}

/** @param {import("contract").PredictionsResponse} predictions @param {string[] | null} names */
function ofPredictions({ ids, scores, top_clusters: tops }, names) {
  const hasClusters = tops.some((top) => top !== null);
  return { ids, scores, clusters: hasClusters ? tops.map((top) => topName(top, names)) : null };
}

/** @param {number | null} top @param {string[] | null} names */
function topName(top, names) {
  return top === null ? null : displayName(names?.[top] ?? String(top + 1));
}

/** The last part of an id. @param {string} id */
function shortId(id) {
  return id.slice(id.lastIndexOf("/") + 1);
}
