/** The table of a batch with its filter, its pages and its place in the address. */

import { named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { pageOf, readState, sortedBy, writeState } from "../view_state.js";
import * as words from "../words.js";
import { BatchRows } from "./rows.js";

const PAGE_SIZE = 50;

/** @typedef {import("contract").JobResponse} Job */
/** @typedef {import("../view_state.js").ViewState} ViewState */

export class BatchTable {
  #results;
  #state = readState(location.search);
  #rows = new BatchRows((sort) => this.#change(sortedBy(this.#state, sort)));
  #shows = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("[data-show]")]);
  #field = named("name-part", "input");
  #filter = named("filter");
  #none = named("no-items");
  #pager = named("pager");
  #line = named("page-line");
  #before = named("page-before", "button");
  #after = named("page-after", "button");
  /** @type {Job | null} */
  #job = null;

  /** @param {import("../results.js").Results} results */
  constructor(results) {
    this.#results = results;
    named("rows").append(this.#rows.element);
    for (const button of this.#shows) {
      const show = /** @type {ViewState["show"]} */ (button.dataset.show);
      button.addEventListener("click", () => this.#change({ ...this.#state, show, page: 1 }));
    }
    this.#filter.addEventListener("submit", (event) => event.preventDefault());
    this.#field.addEventListener("input", () => this.#change({ ...this.#state, query: this.#field.value, page: 1 }));
    this.#before.addEventListener("click", () => this.#turn(-1));
    this.#after.addEventListener("click", () => this.#turn(1));
    this.#field.value = this.#state.query;
  }

  /** Shows what the address asks for. */
  follow() {
    this.#state = readState(location.search);
    this.#field.value = this.#state.query;
    if (this.#job) this.show(this.#job);
  }

  /** @param {Job} job */
  showCounts({ finished, scored, refused }) {
    const counts = { all: finished, scored, refused };
    for (const button of this.#shows) {
      const show = /** @type {ViewState["show"]} */ (button.dataset.show);
      button.textContent = words.shows[show](format.count(counts[show]));
    }
  }

  /** @param {Job} job */
  show(job) {
    this.#job = job;
    const items = this.#results.select(this.#state);
    const { page, pages, from, to } = pageOf(items.length, { page: this.#state.page, size: PAGE_SIZE });
    for (const button of this.#shows) button.ariaPressed = String(button.dataset.show === this.#state.show);
    this.#rows.show(items.slice(from, to), this.#state);
    this.#rows.element.hidden = items.length === 0;
    this.#none.hidden = items.length > 0;
    this.#none.textContent = this.#emptyText(job);
    this.#filter.hidden = job.finished === 0;
    this.#pager.hidden = pages < 2;
    this.#line.textContent = words.pageLine(format.count(from + 1), format.count(to), format.count(items.length));
    this.#before.disabled = page === 1;
    this.#after.disabled = page === pages;
  }

  /** @param {Job} job */
  #emptyText({ finished, state }) {
    if (finished > 0) return words.nothingFound;
    return state === "cancelled" ? words.nothingDone : words.noneYet;
  }

  /** @param {1 | -1} step */
  #turn(step) {
    const count = this.#results.select(this.#state).length;
    const { page } = pageOf(count, { page: this.#state.page, size: PAGE_SIZE });
    this.#change({ ...this.#state, page: page + step });
    named("items-title").scrollIntoView({ block: "start" });
    named("announcer").textContent = this.#line.textContent;
    const turned = step > 0 ? this.#after : this.#before;
    if (turned.disabled) (step > 0 ? this.#before : this.#after).focus();
  }

  /** @param {ViewState} state */
  #change(state) {
    this.#state = state;
    history.replaceState(null, "", location.pathname + writeState(state));
    if (this.#job) this.show(this.#job);
  }
}
