/** A chart of the Compare page: a chart card that also says what its figures were measured on. */

import { element } from "../element.js";
import { chartTheme } from "../theme.js";
import { cards } from "../words/compare.js";
import { ChartCard } from "./chart_card.js";

export class CompareCard {
  #card;
  #measured = element("p", { className: "measured small" });

  /** @param {any} chart a module of `charts/compare/` */
  constructor(chart) {
    this.#card = new ChartCard(chart, "h3", cards[chart.id]);
    this.#card.element.querySelector("figcaption").append(this.#measured);
  }

  get element() {
    return this.#card.element;
  }

  get plot() {
    return this.#card.plot;
  }

  /**
   * @param {any} data
   * @param {string} pngName file name without extension
   * @param {string} measured on what, over how many splits
   */
  async show(data, pngName, measured) {
    this.#measured.textContent = measured;
    await this.#card.show(data, chartTheme(), pngName);
  }
}
