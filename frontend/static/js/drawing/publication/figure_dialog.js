/** A figure for a paper: one dialog, whichever chart is asked for, with a look at what will be saved. */

import { csvText } from "../../kit/csv.js";
import { element } from "../../kit/dom/element.js";
import { saveText } from "../../kit/dom/saving.js";
import { LOCALE } from "../../kit/language/translate.js";
import { drawnSvg, libraryText, saveFigurePng } from "../plot.js";
import { latexTable } from "./latex.js";
import { PAPER_THEME, printedSvg, sheetOf, WIDTHS_CM } from "./paper.js";
import { printSvg } from "./print.js";
import { standalonePage } from "./standalone.js";
import * as words from "./words.js";

/**
 * @typedef {object} Publication what is saved
 * @property {string} title
 * @property {string} caption what it shows and how it was measured
 * @property {string} name of the files, without extension
 * @property {(theme: import("../theme.js").Theme) => import("../plot.js").Figure} figure
 * @property {number} [aspect] height by width, of a figure that asks for no height
 * @property {import("../table.js").Table | null} table
 */

/** @typedef {keyof typeof WIDTHS_CM} Width */

export class FigureDialog {
  #title = element("h2");
  #preview = element("img", { className: "paper-preview", alt: words.preview });
  #caption = element("textarea", { rows: 4, id: "figure-caption" });
  #said = element("p", { className: "small", attributes: { role: "status" } });
  #widths = element("fieldset", {}, element("legend", { className: "small" }, words.width), ...Object.keys(WIDTHS_CM).map(widthChoice));
  #tables = this.#choices(words.table, { CSV: () => this.#saveCsv(), LaTeX: () => this.#saveLatex() });
  #dialog = element("dialog", { className: "confirmation paper" });
  /** @type {Publication | null} */
  #asked = null;
  #previewAddress = "";

  constructor() {
    this.#dialog.append(
      this.#title,
      this.#widths,
      this.#preview,
      element("label", { htmlFor: "figure-caption", className: "small" }, words.caption),
      this.#caption,
      this.#choices(words.figure, {
        SVG: () => this.#saveSvg(),
        PDF: () => this.#print(),
        PNG: () => this.#savePng(),
        HTML: () => this.#savePage(),
      }),
      this.#tables,
      element("p", { className: "muted small" }, words.pdfHint),
      this.#said,
      element("p", { className: "actions" }, this.#button(words.close, () => this.#dialog.close())),
    );
    this.#widths.addEventListener("change", () => this.#guard(() => this.#look()));
    this.#dialog.addEventListener("close", () => URL.revokeObjectURL(this.#previewAddress));
    document.body.append(this.#dialog);
  }

  /** @param {Publication} publication */
  async open(publication) {
    this.#asked = publication;
    this.#title.textContent = words.saveFigure(publication.title);
    this.#dialog.setAttribute("aria-label", words.saveFigure(publication.title));
    this.#caption.value = publication.caption;
    this.#tables.hidden = publication.table === null;
    this.#said.textContent = "";
    this.#dialog.showModal();
    await this.#guard(() => this.#look());
  }

  get #publication() {
    if (this.#asked === null) throw new TypeError("got no figure, expected one that was asked for");
    return { ...this.#asked, caption: this.#caption.value };
  }

  get #width() {
    const chosen = /** @type {HTMLInputElement} */ (this.#widths.querySelector("input:checked"));
    return WIDTHS_CM[/** @type {Width} */ (chosen.value)];
  }

  /** What is drawn for print; drawn anew for each file, since Plotly changes what it is given. */
  get #drawing() {
    const { figure: drawn, aspect } = this.#publication;
    const figure = drawn(PAPER_THEME);
    return { figure, sheet: sheetOf(figure, this.#width, aspect) };
  }

  async #svg() {
    const { figure, sheet } = this.#drawing;
    return { svg: printedSvg(await drawnSvg(figure, sheet), sheet, this.#publication), sheet };
  }

  async #look() {
    const { svg } = await this.#svg();
    URL.revokeObjectURL(this.#previewAddress);
    this.#previewAddress = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    this.#preview.src = this.#previewAddress;
    await this.#preview.decode();
  }

  async #saveSvg() {
    saveText((await this.#svg()).svg, `${this.#publication.name}.svg`, "image/svg+xml");
  }

  async #print() {
    const { svg, sheet } = await this.#svg();
    this.#dialog.close();
    await printSvg(svg, sheet, this.#publication.name);
  }

  async #savePng() {
    const { figure, sheet } = this.#drawing;
    await saveFigurePng(figure, sheet, this.#publication.name);
  }

  async #savePage() {
    const { title, caption, name, figure } = this.#publication;
    const page = standalonePage(figure(PAPER_THEME), { title, caption, language: LOCALE }, await libraryText());
    saveText(page, `${name}.html`, "text/html");
  }

  async #saveCsv() {
    const { table, name } = this.#publication;
    if (table === null) return;
    saveText(csvText([table.columns.map(({ label }) => label), ...table.rows]), `${name}.csv`, "text/csv");
  }

  async #saveLatex() {
    const { table, caption, name } = this.#publication;
    if (table === null) return;
    saveText(latexTable(table, caption), `${name}.tex`, "application/x-tex");
  }

  /**
   * @param {string} label
   * @param {Record<string, () => Promise<void>>} formats
   */
  #choices(label, formats) {
    const buttons = Object.entries(formats).map(([name, save]) => this.#button(name, () => this.#guard(save)));
    const group = { className: "actions", attributes: { role: "group", "aria-label": label } };
    return element("div", group, element("span", { className: "small" }, label), ...buttons);
  }

  /**
   * @param {string} label
   * @param {() => void} press
   */
  #button(label, press) {
    const button = element("button", { type: "button", className: "small" }, label);
    button.addEventListener("click", press);
    return button;
  }

  /** @param {() => Promise<void>} step */
  async #guard(step) {
    try {
      await step();
      this.#said.textContent = "";
    } catch (error) {
      this.#said.textContent = words.failed;
      throw error;
    }
  }
}

/**
 * @param {string} name
 * @param {number} index the first is chosen
 */
function widthChoice(name, index) {
  const choice = element("input", { type: "radio", name: "figure-width", value: name, checked: index === 0 });
  return element("label", { className: "small" }, choice, ` ${words.widths[/** @type {Width} */ (name)]}`);
}

/** @type {FigureDialog | undefined} */
let dialog;

/**
 * Opens the page's one dialog for a figure.
 * @param {Publication} publication
 */
export async function publish(publication) {
  dialog ??= new FigureDialog();
  await dialog.open(publication);
}
