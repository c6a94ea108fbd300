/** A chart of the Compare page: a chart card that also says what its figures were measured on. */

import { ChartCard } from "../../../drawing/chart_card.js";
import { chartTheme } from "../../../drawing/theme.js";
import { element, within } from "../../../kit/dom/element.js";
import { cards } from "../words.js";

/** @template Data */
export class CompareCard {
  #card;
  #measured = element("p", { className: "measured small" });

  /** @param {import("../../../drawing/chart_card.js").Chart<Data>} chart */
  constructor(chart) {
    this.#card = new ChartCard(chart, "h3", cards[chart.id]);
    within(this.#card.element, "figcaption").append(this.#measured);
  }

  get element() {
    return this.#card.element;
  }

  get plot() {
    return this.#card.plot;
  }

  /**
   * @param {Data} data
   * @param {string} pngName file name without extension
   * @param {string} measured on what, over how many splits
   */
  async show(data, pngName, measured) {
    this.#measured.textContent = measured;
    await this.#card.show(data, chartTheme(), pngName);
  }
}
