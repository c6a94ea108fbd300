/** The pictures that a reader has chosen, and what can be done with them. */

import { named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import * as words from "../words.js";

export class ChosenPictures {
  #bar = named("chosen");
  #beside = named("chosen-beside", "button");
  /** @type {Set<number>} in the order in which they were chosen */
  #positions = new Set();

  /** @param {{onBeside: (positions: number[]) => void, onNone: () => void}} acts */
  constructor({ onBeside, onNone }) {
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
