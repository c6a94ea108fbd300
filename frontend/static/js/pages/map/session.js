/** One map under one selection: what is coloured how, what passes, and the counts that legend and histograms show. */

import { binCodes, brushMask, extentOf } from "../../mapdata/histograms.js";
import { drawnMask } from "../../mapdata/sampling.js";
import { colourOf, edgesOf, histogramFields } from "./fields.js";
import { insidePolygon } from "./lasso.js";
import { loadLegend } from "./legend.js";
import { CrossFilter, countOf, countsByCode, legendMask, rowsOf } from "./selection.js";

const HISTOGRAM_BINS = 20;
const LEGEND = "legend";
const LASSO = "lasso";

/** @typedef {{edges: number[], codes: Uint16Array, all: Uint32Array}} Bins */

/** Until a state was applied. @type {import("./legend.js").Legend} */
const NO_LEGEND = Object.freeze({ keys: [], codes: new Uint16Array(), entries: () => [] });

export class MapSession {
  #data;
  #filter;
  #everything;
  /** @type {Map<string, Bins>} */
  #bins = new Map();
  /** @type {Uint8Array} */
  #passing;
  #color = "";
  /** @type {import("./legend.js").Legend} */
  #legend = NO_LEGEND;
  #totals = new Uint32Array();

  /**
   * @param {import("../../mapdata/data.js").MapData} data
   * @param {{x: Float32Array, y: Float32Array}} points
   */
  constructor(data, points) {
    this.#data = data;
    this.points = points;
    this.map = data.map;
    this.drawn = drawnMask(this.map.count);
    this.#filter = new CrossFilter(this.map.count);
    this.#everything = new Uint8Array(this.map.count).fill(1);
    this.#passing = this.#everything;
  }

  /** The columns that are needed before anything is drawn. @param {import("../../mapdata/data.js").MapData} data */
  static async open(data) {
    const [x, y] = await Promise.all([data.numbers("x"), data.numbers("y")]);
    return new MapSession(data, { x, y });
  }

  /** Range of the points. @returns {{x: [number, number], y: [number, number]}} */
  get extent() {
    return { x: extentOf(this.points.x) ?? [0, 1], y: extentOf(this.points.y) ?? [0, 1] };
  }

  /** The field that colours, as far as this map has the one that was asked for. */
  get color() {
    return this.#color;
  }

  /**
   * Takes colour, legend, lasso and brushes of a state; parts that this map does not have are passed over.
   * @param {import("./state.js").MapState} state
   */
  async apply({ color, hidden, lasso, brushes }) {
    await this.#recolor(colourOf(this.map, color));
    await Promise.all(this.#brushed(brushes).map((field) => this.bins(field)));
    this.#filter.set(LEGEND, legendMask(this.#legend.codes, this.#hiddenCodes(hidden)));
    this.#filter.set(LASSO, lasso && insidePolygon(this.points.x, this.points.y, lasso));
    for (const [field, { codes, edges }] of this.#bins)
      this.#filter.set(field, brushMask(codes, edges, brushes[field] ?? null));
    this.#passing = this.#filter.mask();
  }

  /** @param {Record<string, [number, number]>} brushes */
  #brushed(brushes) {
    return histogramFields(this.map).filter((field) => Object.hasOwn(brushes, field));
  }

  /** @param {string} color */
  async #recolor(color) {
    if (this.#color === color) return;
    this.#legend = await loadLegend(color, this.#data);
    this.#color = color;
    this.#totals = this.#countsWith(this.#everything);
  }

  /** @param {Uint8Array} mask */
  #countsWith(mask) {
    // One more than any code: rows without a value.
    const size = this.#legend.keys.length;
    return countsByCode(this.#legend.codes, mask, size);
  }

  /** @param {string[]} hidden keys */
  #hiddenCodes(hidden) {
    return new Set(hidden.map((key) => this.#legend.keys.indexOf(key)).filter((code) => code >= 0));
  }

  /**
   * Bins of a numeric field, loaded when first asked for.
   * @param {string} field
   * @returns {Promise<Bins>}
   */
  async bins(field) {
    const known = this.#bins.get(field);
    if (known) return known;
    const values = await this.#data.numbers(field);
    const edges = edgesOf(field, values, HISTOGRAM_BINS);
    const codes = binCodes(values, edges);
    const bins = {
      edges,
      codes,
      all: countsByCode(codes, this.#everything, edges.length).subarray(0, edges.length - 1),
    };
    this.#bins.set(field, bins);
    return bins;
  }

  /** Rows of the selection. */
  get rows() {
    return rowsOf(this.#passing);
  }

  get shownCount() {
    return countOf(this.#passing);
  }

  get drawnCount() {
    return countOf(this.drawn);
  }

  /** Keys of the legend's entries. */
  get keys() {
    return this.#legend.keys;
  }

  /** Pictures of each entry: all of them, and those that pass everything but the legend. */
  get legendCounts() {
    return { totals: this.#totals, counts: this.#countsWith(this.#filter.mask(LEGEND)) };
  }

  /**
   * Pictures in each bin of a loaded field: all of them, and those that pass everything but its own brush.
   * @param {string} field
   */
  histogramCounts(field) {
    const bins = this.#bins.get(field);
    if (bins === undefined) throw new TypeError(`got ${field}, expected a field whose bins are loaded`);
    const { codes, edges, all } = bins;
    return { all, passing: countsByCode(codes, this.#filter.mask(field), edges.length).subarray(0, edges.length - 1) };
  }

  /**
   * What the chart draws.
   * @param {import("../../drawing/theme.js").Theme} theme
   * @returns {import("./charts/map.js").MapPicture & {entries: import("./legend.js").NamedEntry[]}}
   */
  picture(theme) {
    const { codes } = this.#legend;
    return { ...this.points, codes, entries: this.#legend.entries(theme), passing: this.#passing, drawn: this.drawn };
  }
}
