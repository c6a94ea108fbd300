/** The list of analyses: searched by file name, read part by part, and thinned out. */

import { Confirmation } from "../../kit/confirmation.js";
import { named, within } from "../../kit/dom/element.js";
import * as format from "../../kit/language/format.js";
import { shownName } from "../../kit/language/names.js";
import { Latest } from "../../kit/net/latest.js";
import { asProblem } from "../../kit/net/problem.js";
import { Page } from "../../kit/page.js";
import { Listing } from "./listing.js";
import { AnalysisList } from "./views/list.js";
import * as words from "./words.js";

const PART = 20;
const NAMES_SHOWN = 5;
const GONE = "unknown-analysis";

class AnalysesPage extends Page {
  #search = named("search", "form");
  #field = named("query", "input");
  #shown = named("shown-line");
  #nothing = named("nothing-found");
  #more = named("more", "button");
  #all = named("select-all", "input");
  #remove = named("delete-selected", "button");
  #latest = new Latest();
  #confirmation = new Confirmation();
  #listing = new Listing();
  #query = "";
  #list = new AnalysisList({
    onMark: (id, isMarked) => this.#showListing(this.#listing.marked(id, isMarked)),
    onDelete: (id) => this.#delete(new Set([id])),
  });

  constructor() {
    super("analyses-page");
  }

  listen() {
    this.#search.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#seek(this.#field.value.trim());
    });
    // The cross of a search field: emptied, it shows everything again.
    this.#field.addEventListener("search", () => this.#field.value === "" && this.#seek(""));
    named("clear-search").addEventListener("click", () => this.#clearSearch());
    this.#more.addEventListener("click", () => this.#readMore());
    this.#all.addEventListener("change", () => this.#showListing(this.#listing.allMarked(this.#all.checked)));
    this.#remove.addEventListener("click", () => this.#delete(this.#listing.selected));
  }

  async open() {
    await this.follow();
  }

  async follow() {
    this.#query = new URLSearchParams(location.search).get("q") ?? "";
    this.#field.value = this.#query;
    await this.#reload();
  }

  /** @param {string} query */
  async #seek(query) {
    if (query !== this.#query) {
      history.pushState(null, "", query ? `${location.pathname}?${new URLSearchParams({ q: query })}` : location.pathname);
    }
    await this.follow();
  }

  async #clearSearch() {
    await this.#seek("");
    this.#field.focus();
  }

  /** The first part, from nothing. */
  async #reload() {
    this.show("loading");
    this.announce(words.loading);
    await this.#read(new Listing(), () => this.#reload());
  }

  /** The next part; the focus goes to its first entry. */
  async #readMore() {
    const before = this.#listing.items.length;
    this.#more.disabled = true;
    this.announce(words.loadingMore);
    await this.#read(this.#listing, () => this.#readMore());
    this.#more.disabled = false;
    const first = this.#listing.items[before];
    if (first) this.#list.focus(first.id);
  }

  /**
   * @param {Listing} listing what the part is added to
   * @param {() => void} again repeats it after a failure
   */
  async #read({ cursor }, again) {
    this.problem.hide();
    const isFirst = cursor === null;
    try {
      const part = await this.#latest.run((signal) =>
        this.api.analyses({ query: this.#query, cursor, limit: PART }, signal),
      );
      if (part === null) return;
      this.#showListing((isFirst ? new Listing() : this.#listing).with(part));
      this.announce(this.#shown.textContent);
    } catch (error) {
      if (isFirst) this.show("failed");
      this.fail(error, again);
    }
  }

  /** @param {Listing} listing */
  #showListing(listing) {
    this.#listing = listing;
    const { items, total, selected } = listing;
    this.show(items.length ? "list" : this.#query ? "nothing" : "empty");
    this.#list.show(listing);
    const numbers = /** @type {const} */ ([format.count(items.length), format.count(total), total]);
    this.#shown.textContent = this.#query ? words.found(...numbers, this.#query) : words.shown(...numbers);
    this.#nothing.textContent = words.nothingFound(this.#query);
    this.#more.hidden = !listing.hasMore;
    this.#all.checked = items.length > 0 && selected.size === items.length;
    this.#all.indeterminate = selected.size > 0 && selected.size < items.length;
    this.#remove.disabled = selected.size === 0;
    this.#remove.textContent = words.removeSelected(selected.size, format.count(selected.size));
  }

  /**
   * Deletes entries one after the other once the reader agrees; those that failed stay.
   * @param {ReadonlySet<string>} ids
   */
  async #delete(ids) {
    const names = this.#listing.items.filter(({ id }) => ids.has(id)).map(({ filename }) => shownName(filename));
    const rest = names.length - NAMES_SHOWN;
    const listed = rest > 1 ? [...names.slice(0, NAMES_SHOWN), words.furtherNames(rest, format.count(rest))] : names;
    if (!(await this.#confirmation.ask(words.question(names.length, format.count(names.length)), listed))) return;
    await this.#deleteNow(ids);
  }

  /** @param {ReadonlySet<string>} ids */
  async #deleteNow(ids) {
    this.problem.hide();
    this.root.setAttribute("aria-busy", "true");
    const gone = new Set();
    let failure = null;
    for (const id of ids) {
      this.announce(words.deleting(format.count(gone.size + 1), format.count(ids.size)));
      failure = await this.#forget(id);
      if (failure) break;
      gone.add(id);
    }
    this.root.removeAttribute("aria-busy");
    await this.#afterDeleting(gone);
    if (!failure) return;
    const left = new Set([...ids].filter((id) => !gone.has(id)));
    this.fail(failure, () => this.#deleteNow(left));
  }

  /**
   * What went wrong, if anything; one that is gone already is what was wanted.
   * @param {string} id
   * @returns {Promise<unknown>}
   */
  async #forget(id) {
    try {
      await this.api.deleteAnalysis(id);
      return null;
    } catch (error) {
      return asProblem(error).problem.code === GONE ? null : error;
    }
  }

  /** @param {ReadonlySet<string>} gone */
  async #afterDeleting(gone) {
    if (gone.size === 0) return;
    const [first] = gone;
    const heir = this.#listing.heirOf(first, gone);
    const listing = this.#listing.without(gone);
    this.#showListing(listing);
    const text = words.deleted(gone.size, format.count(gone.size));
    if (listing.items.length === 0 && listing.hasMore) await this.#reload();
    if (heir) this.#list.focus(heir.id);
    else within(this.root, "h1").focus();
    this.announce(text);
  }
}

await new AnalysesPage().start();
