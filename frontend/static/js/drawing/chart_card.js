/** One chart on the page: title, how to read it, the drawing, its table twin, and both as files for a paper. */

import { element } from "../kit/dom/element.js";
import { chartLabel, controls, tableCaption } from "../kit/language/words.js";
import { draw } from "./plot.js";
import { publish } from "./publication/figure_dialog.js";
import { save, saveFigure, source } from "./publication/words.js";
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
  #caption = element("figcaption");
  /** @type {{subject: Subject, name: string} | null} */
  #shown = null;

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
      this.#caption,
      this.#plot,
      this.#tools(title),
    );
    this.#caption.append(element(heading, {}, title), element("p", { className: "muted small" }, help));
  }

  /** Where the chart is drawn. */
  get plot() {
    return this.#plot;
  }

  /** @param {string} title */
  #tools(title) {
    const button = element("button", { type: "button", className: "quiet small" }, save);
    button.setAttribute("aria-label", saveFigure(title));
    button.addEventListener("click", () => this.#publish());
    const twin = element("details", { className: "small" }, element("summary", {}, controls.table), this.#table);
    return element("div", { className: "chart-tools" }, twin, button);
  }

  /**
   * Draws the chart and renews its table; hides both where the subject lacks the part.
   * @param {Subject} subject
   * @param {import("./theme.js").Theme} theme
   * @param {string} name of its files, without extension
   */
  async show(subject, theme, name) {
    const applies = this.#chart.applies(subject);
    this.element.hidden = !applies;
    if (!applies) return;
    this.#shown = { subject, name };
    this.#table.replaceChildren(tableElement(this.#chart.table(subject), tableCaption(this.#title)));
    await draw(this.#plot, this.#chart.figure(subject, theme));
  }

  /** The chart as files for a paper; its caption says what the page says above it. */
  async #publish() {
    if (this.#shown === null) return;
    const { subject, name } = this.#shown;
    const says = Array.from(this.#caption.querySelectorAll("p"), ({ textContent }) => textContent);
    await publish({
      title: this.#title,
      caption: [`${this.#title}.`, ...says, source(location.href)].join(" ").replaceAll(/\s+/g, " "),
      name,
      figure: (theme) => this.#chart.figure(subject, theme),
      table: this.#chart.table(subject),
    });
  }
}
