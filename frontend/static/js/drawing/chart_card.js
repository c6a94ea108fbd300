/** One chart on the page: title, how to read it, the drawing, its table twin and its PNG. */

import { element } from "../kit/dom/element.js";
import { chartLabel, controls, pngLabel, tableCaption } from "../kit/language/words.js";
import { draw, savePng } from "./plot.js";
import { scrollRegion, tableElement } from "./table.js";

/**
 * One chart module, over what it draws. `applies` is false where the subject lacks the part; figure and table are asked
 * only where it is true, so they may ask for a subject that has it.
 * @template Subject
 * @typedef {{
 *   id: string,
 *   applies(subject: Subject): boolean,
 *   figure(subject: Subject, theme: import("./theme.js").Theme): import("./plot.js").Figure,
 *   table(subject: Subject): import("./table.js").Table,
 * }} Chart
 */

/**
 * A subject that has these parts.
 * @template Subject
 * @template {keyof Subject} Part
 * @typedef {Subject & {[Name in Part]: NonNullable<Subject[Name]>}} Having
 */

/** @template Subject */
export class ChartCard {
  #chart;
  #title;
  #plot = element("div", { className: "plot" });
  #table;
  #pngName = "";

  /**
   * @param {Chart<Subject>} chart
   * @param {"h2" | "h3"} heading
   * @param {{title: string, help: string}} texts
   */
  constructor(chart, heading, { title, help }) {
    this.#chart = chart;
    this.#title = title;
    this.#table = scrollRegion(tableCaption(title));
    this.element = element(
      "figure",
      {
        className: "chart",
        dataset: { chart: chart.id },
        attributes: { role: "group", "aria-label": chartLabel(title) },
      },
      element("figcaption", {}, element(heading, {}, title), element("p", { className: "muted small" }, help)),
      this.#plot,
      this.#tools(title),
    );
  }

  /** Where the chart is drawn. */
  get plot() {
    return this.#plot;
  }

  /** @param {string} title */
  #tools(title) {
    const png = element("button", { type: "button", className: "quiet small" }, controls.png);
    png.setAttribute("aria-label", pngLabel(title));
    png.addEventListener("click", () => savePng(this.#plot, this.#pngName));
    const twin = element("details", { className: "small" }, element("summary", {}, controls.table), this.#table);
    return element("div", { className: "chart-tools" }, twin, png);
  }

  /**
   * Draws the chart and renews its table; hides both where the subject lacks the part.
   * @param {Subject} subject
   * @param {import("./theme.js").Theme} theme
   * @param {string} pngName file name of its PNG, without extension
   */
  async show(subject, theme, pngName) {
    const applies = this.#chart.applies(subject);
    this.element.hidden = !applies;
    if (!applies) return;
    this.#pngName = pngName;
    this.#table.replaceChildren(tableElement(this.#chart.table(subject), tableCaption(this.#title)));
    await draw(this.#plot, this.#chart.figure(subject, theme));
  }
}
