/** The legend of a field: which entry each picture has, and what the entries are called and look like. */

import { categoryEntries, magnitudeEntries, missingEntry, signedEntries } from "../../drawing/colours.js";
import { shownName } from "../../kit/language/names.js";
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
  const kind = kindOf(field, data.map);
  if (kind !== "category") return binLegend(field, kind, await data.numbers(field));
  return categoryLegend(await data.categories(field), data.map.columns[field].title ? shownName : displayName);
}

/**
 * @param {{codes: Uint16Array, names: readonly string[]}} column
 * @param {(name: string) => string} nameOf
 * @returns {Legend}
 */
function categoryLegend({ codes, names }, nameOf) {
  return {
    codes,
    keys: [...names, MISSING],
    entries: (theme) => named([...categoryEntries(names, theme), missingEntry(MISSING, theme)], nameOf),
  };
}

/**
 * @param {string} field
 * @param {import("./fields.js").FieldKind} kind
 * @param {Float32Array} values
 * @returns {Legend}
 */
function binLegend(field, kind, values) {
  const edges = edgesOf(field, values, BINS);
  const isLevel = kind === "level";
  const keys = edges.slice(1).map((high, bin) => (isLevel ? String(high - 0.5) : `${edges[bin]}..${high}`));
  return {
    codes: binCodes(values, edges),
    keys: [...keys, MISSING],
    entries: (theme) => {
      const entries = kind === "signed" ? signedEntries(keys, edges, theme) : magnitudeEntries(keys);
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
