/** The pictures that a reader has chosen, and what can be done with them. */

import { named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { MOST_TAGS, tagsOf } from "../decisions/book.js";
import * as words from "../words.js";

/**
 * @typedef {import("../decisions/book.js").Said} Said
 *
 * @typedef {object} ChosenActs
 * @property {(positions: number[]) => void} onBeside
 * @property {() => void} onNone
 * @property {(positions: number[], edit: (said: Said) => Said) => void} onDecide
 */

export class ChosenPictures {
  #bar = named("chosen");
  #beside = named("chosen-beside", "button");
  /** @type {Set<number>} in the order in which they were chosen */
  #positions = new Set();

  /** @param {ChosenActs} acts */
  constructor({ onBeside, onNone, onDecide }) {
    for (const choice of /** @type {const} */ (["keep", "reject"])) {
      named(`chosen-${choice}`).addEventListener("click", () => onDecide([...this.#positions], (now) => ({ ...now, choice })));
    }
    named("chosen-neither").addEventListener("click", () => onDecide([...this.#positions], (now) => ({ ...now, choice: null })));
    named("chosen-tag-form", "form").addEventListener("submit", (event) => {
      event.preventDefault();
      const field = named("chosen-tag", "input");
      const added = tagsOf(field.value);
      field.value = "";
      onDecide([...this.#positions], (now) => ({ ...now, tags: [...new Set([...now.tags, ...added])].slice(0, MOST_TAGS) }));
    });
    this.#beside.addEventListener("click", () => onBeside([...this.#positions]));
    named("chosen-none").addEventListener("click", () => {
      this.#positions.clear();
      this.#show();
      onNone();
      named("rows-line").focus();
    });
  }

  /** @returns {ReadonlySet<number>} */
  get positions() {
    return this.#positions;
  }

  /** @param {number} position @param {boolean} isChosen */
  choose(position, isChosen) {
    if (isChosen) this.#positions.add(position);
    else this.#positions.delete(position);
    this.#show();
  }

  #show() {
    const count = this.#positions.size;
    this.#bar.hidden = count === 0;
    this.#beside.disabled = count < 2;
    named("chosen-line").textContent = words.chosen(count, format.count(count));
  }
}
