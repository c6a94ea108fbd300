/** What a map can be coloured and filtered by: which columns, in which order, and how each is read. */

import { extentOf, niceEdges } from "../../mapdata/histograms.js";

/** @typedef {"category" | "magnitude" | "signed" | "level"} FieldKind */

const KINDS = Object.freeze(
  /** @type {Record<string, FieldKind>} */ ({
    group: "category",
    type: "category",
    level: "level",
    cluster: "category",
    expert: "category",
    label: "magnitude",
    score: "magnitude",
    score_error: "signed",
    score_std: "magnitude",
    posterior_entropy: "magnitude",
    cluster_posterior: "magnitude",
    routing_entropy: "magnitude",
    log_likelihood: "magnitude",
    reference: "category",
  }),
);
const HISTOGRAMS = Object.freeze(["score", "label", "score_error", "level", "posterior_entropy", "log_likelihood"]);
// Scales that mean the same on every map; others span what there is.
const DOMAINS = Object.freeze(
  /** @type {Record<string, [number, number]>} */ ({ score: [0, 100], label: [0, 100], cluster_posterior: [0, 1] }),
);

/**
 * Kind of a field: a listed one, or a column of the pictures' owner.
 * @param {string} name
 * @param {import("contract").MapResponse} map
 * @returns {FieldKind}
 */
export function kindOf(name, { columns }) {
  return KINDS[name] ?? (columns[name].kind === "category" ? "category" : "magnitude");
}

/** Columns of the pictures' owner. @param {import("contract").MapResponse} map */
function ownFields({ columns }) {
  return Object.keys(columns).filter((name) => columns[name].title);
}

/**
 * Fields that a map can be coloured by; a map has no column without any value.
 * @param {import("contract").MapResponse} map
 */
export function colourFields(map) {
  return [...Object.keys(KINDS).filter((name) => Object.hasOwn(map.columns, name)), ...ownFields(map)];
}

/**
 * The field that is asked for, or the first that the map has.
 * @param {import("contract").MapResponse} map
 * @param {string} field
 */
export function colourOf(map, field) {
  const fields = colourFields(map);
  return fields.includes(field) ? field : fields[0];
}

/**
 * Numeric fields of which a histogram is drawn.
 * @param {import("contract").MapResponse} map
 */
export function histogramFields(map) {
  const own = ownFields(map).filter((name) => map.columns[name].kind === "number");
  return [...HISTOGRAMS.filter((name) => Object.hasOwn(map.columns, name)), ...own];
}

/**
 * Every column with one value per picture, in the order in which exports and tables have them.
 * @param {import("contract").MapResponse} map
 */
export function scalarFields({ columns }) {
  return Object.keys(columns).filter((name) => columns[name].kind !== "vector");
}

/**
 * Edges of a field's bins; levels have one each, signed fields are as wide to both sides of 0.
 * @param {string} name
 * @param {Float32Array} values
 * @param {number} bins about how many
 */
export function edgesOf(name, values, bins) {
  const extent = extentOf(values) ?? [0, 1];
  switch (KINDS[name]) {
    case "level":
      return Array.from({ length: extent[1] - extent[0] + 2 }, (_, index) => extent[0] + index - 0.5);
    case "signed": {
      const reach = Math.max(-extent[0], extent[1]);
      return niceEdges([-reach, reach], bins);
    }
    default:
      return niceEdges(DOMAINS[name] ?? extent, bins);
  }
}
