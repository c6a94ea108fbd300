/** The histograms beside the map, one per numeric field, each with a brush. */

import { draw } from "../../../drawing/plot.js";
import { chartTheme } from "../../../drawing/theme.js";
import { element, named } from "../../../kit/dom/element.js";
import { figure } from "../charts/histogram.js";
import { map as words } from "../words.js";
import { Brush } from "./brush.js";

/** @typedef {{name: string, title: string, edges: number[], isLevel: boolean}} Histogram `title` of its axis, with the unit */

export class HistogramPanel {
  #holder = named("histograms");
  #onBrush;
  /** @type {Map<string, {histogram: Histogram, plot: HTMLElement, brush: Brush}>} */
  #cards = new Map();

  /** @param {(field: string, range: [number, number] | null) => void} onBrush */
  constructor(onBrush) {
    this.#onBrush = onBrush;
  }

  /** Fields that have a histogram on the page. */
  get fields() {
    return [...this.#cards.keys()];
  }

  clear() {
    this.#cards.clear();
    this.#holder.replaceChildren();
  }

  /**
   * @param {string} field
   * @param {Histogram} histogram
   */
  add(field, histogram) {
    const plot = element("div", { className: "histogram-plot" });
    const brush = new Brush(histogram, (range) => this.#onBrush(field, range));
    const label = { role: "group", "aria-label": words.histogramLabel(histogram.name) };
    const head = element("figcaption", {}, element("h3", { className: "small" }, histogram.name), brush.boxes);
    const stack = element("div", { className: "histogram-stack" }, plot, brush.area);
    this.#holder.append(
      element("figure", { className: "histogram", attributes: label, dataset: { field } }, head, stack),
    );
    this.#cards.set(field, { histogram, plot, brush });
  }

  /**
   * @param {string} field
   * @param {{all: Uint32Array, passing: Uint32Array, range: [number, number] | null}} counts
   */
  async show(field, { all, passing, range }) {
    const card = this.#cards.get(field);
    if (!card) return;
    const { histogram, plot, brush } = card;
    brush.show(range);
    await draw(
      plot,
      figure({ edges: histogram.edges, title: histogram.title, all, passing, brush: range }, chartTheme()),
    );
  }
}
