/** The legend of a field: which entry each picture has, and what the entries are called and look like. */

import { categoryEntries, magnitudeEntries, missingEntry, signedEntries } from "../../drawing/colours.js";
import { displayName, fieldValues } from "../../kit/language/words.js";
import { binCodes } from "../../mapdata/histograms.js";
import { edgesOf, kindOf } from "./fields.js";

const BINS = 10;
const MISSING = "none";

/**
 * @typedef {import("../../drawing/colours.js").Entry & {name: string}} NamedEntry `key` stands in addresses, `name` on the page
 *
 * @typedef {object} Legend
 * @property {Uint16Array} codes (N) entry of each picture; the last entry is `no value`
 * @property {string[]} keys of the entries
 * @property {(theme: import("../../drawing/theme.js").Theme) => NamedEntry[]} entries
 */

/**
 * @param {string} field
 * @param {import("../../mapdata/data.js").MapData} data
 * @returns {Promise<Legend>}
 */
export async function loadLegend(field, data) {
  return kindOf(field) === "category"
    ? categoryLegend(await data.categories(field))
    : binLegend(field, await data.numbers(field));
}

/**
 * @param {{codes: Uint16Array, names: readonly string[]}} column
 * @returns {Legend}
 */
function categoryLegend({ codes, names }) {
  return {
    codes,
    keys: [...names, MISSING],
    entries: (theme) => named([...categoryEntries(names, theme), missingEntry(MISSING, theme)], displayName),
  };
}

/**
 * @param {string} field
 * @param {Float32Array} values
 * @returns {Legend}
 */
function binLegend(field, values) {
  const edges = edgesOf(field, values, BINS);
  const isLevel = kindOf(field) === "level";
  const keys = edges.slice(1).map((high, bin) => (isLevel ? String(high - 0.5) : `${edges[bin]}..${high}`));
  return {
    codes: binCodes(values, edges),
    keys: [...keys, MISSING],
    entries: (theme) => {
      const entries = kindOf(field) === "signed" ? signedEntries(keys, edges, theme) : magnitudeEntries(keys);
      return named([...entries, missingEntry(MISSING, theme)], isLevel ? fieldValues.level : binName);
    },
  };
}

/** @param {string} key */
function binName(key) {
  const [low, high] = key.split("..").map(Number);
  return fieldValues.range(low, high);
}

/**
 * @param {import("../../drawing/colours.js").Entry[]} entries
 * @param {(key: string) => string} nameOf
 */
function named(entries, nameOf) {
  return entries.map((entry) => ({ ...entry, name: entry.key === MISSING ? fieldValues.missing : nameOf(entry.key) }));
}
