/** The selection as thumbnails, a page at a time, and the same page as a table. */

import { tableElement } from "../../../drawing/table.js";
import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { thumbnail } from "../../../mapdata/thumbnail.js";
import { map as words } from "../words.js";

const PAGE = 30;

/**
 * @typedef {object} Pictures what is known of the pictures
 * @property {import("../../../mapdata/thumbnails.js").Thumbnails} thumbnails
 * @property {(row: number) => string} nameOf
 * @property {(row: number) => string} captionOf
 * @property {(rows: Uint32Array) => import("../../../drawing/table.js").Table} tableOf
 */

export class PictureGrid {
  #list = named("grid");
  #line = named("page-line");
  #empty = named("selection-empty");
  #table = named("selection-table");
  #previous = named("page-previous", "button");
  #next = named("page-next", "button");
  #page = 1;

  /** @param {{onPage: (page: number) => void, onPick: (row: number) => void}} handlers */
  constructor({ onPage, onPick }) {
    this.#empty.textContent = words.nothingSelected;
    this.#previous.addEventListener("click", () => onPage(this.#page - 1));
    this.#next.addEventListener("click", () => onPage(this.#page + 1));
    this.#list.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button) onPick(Number(button.dataset.row));
    });
  }

  /**
   * @param {Uint32Array} rows the whole selection
   * @param {number} page from 1; one past the end shows the last
   * @param {Pictures} pictures
   */
  show(rows, page, pictures) {
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    this.#page = Math.min(page, pages);
    const first = (this.#page - 1) * PAGE;
    const shown = rows.subarray(first, first + PAGE);
    this.#list.replaceChildren(...Array.from(shown, (row) => pictureItem(row, pictures)));
    const numbers = [shown.length ? first + 1 : 0, first + shown.length, rows.length].map(format.count);
    this.#line.textContent = words.pageLine(numbers[0], numbers[1], numbers[2]);
    this.#empty.hidden = rows.length > 0;
    this.#previous.disabled = this.#page === 1;
    this.#next.disabled = this.#page === pages;
    this.#table.replaceChildren(tableElement(pictures.tableOf(shown), this.#line.textContent));
  }
}

/**
 * A thumbnail to click, with a caption.
 * @param {number} row
 * @param {Pictures} pictures
 * @param {string} [caption]
 */
export function pictureItem(row, pictures, caption = pictures.captionOf(row)) {
  const name = pictures.nameOf(row);
  const button = element(
    "button",
    { type: "button", className: "picture-button", title: name, dataset: { row: String(row) } },
    thumbnail(pictures.thumbnails, row),
    element("span", { className: "visually-hidden" }, words.pick(name)),
    element("span", { className: "picture-caption" }, caption),
  );
  return element("li", {}, button);
}
