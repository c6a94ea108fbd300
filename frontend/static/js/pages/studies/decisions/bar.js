/** Above the pictures: how many are kept and rejected, which are shown by that, and the last change taken back. */

import { fillSelect, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { CHOICES } from "../view_state.js";
import * as words from "./words.js";

/**
 * @typedef {import("../view_state.js").ChoiceFilter} ChoiceFilter
 *
 * @typedef {object} BarActs
 * @property {(filter: {choice?: ChoiceFilter | null, tag?: string | null}) => void} onFilter
 * @property {() => void} onUndo
 */

export class DecisionsBar {
  #choice = named("decision-filter", "select");
  #tag = named("tag-filter", "select");
  #undo = named("undo", "button");
  #line = named("decided-line");

  /** @param {BarActs} acts */
  constructor({ onFilter, onUndo }) {
    this.#choice.addEventListener("change", () => {
      onFilter({ choice: CHOICES.find((name) => name === this.#choice.value) ?? null });
    });
    this.#tag.addEventListener("change", () => onFilter({ tag: this.#tag.value || null }));
    this.#undo.addEventListener("click", onUndo);
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
      if (isTyping || event.key !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey) || this.#undo.disabled) return;
      event.preventDefault();
      onUndo();
    });
  }

  /**
   * @param {import("./book.js").DecisionBook} book
   * @param {{choice: ChoiceFilter | null, tag: string | null}} filter
   */
  show(book, { choice, tag }) {
    const { keep, reject } = book.counts;
    this.#line.textContent = words.counts(keep, format.count(keep), reject, format.count(reject));
    this.#undo.disabled = !book.canUndo;
    this.#choice.value = choice ?? "";
    const tags = [...new Set([...book.tags, ...(tag === null ? [] : [tag])])].sort();
    fillSelect(this.#tag, [["", words.anyTag], ...tags.map((name) => /** @type {[string, string]} */ ([name, name]))]);
    this.#tag.value = tag ?? "";
  }

  /** @param {string} text */
  say(text) {
    named("decided-said").textContent = text;
  }
}
