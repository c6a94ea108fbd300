/** The section of training curves. */

import * as training from "../charts/compare/training.js";
import { chosenTerm, termsOf } from "../compare/curves.js";
import { training as words } from "../words/compare.js";
import { CompareCard } from "./compare_card.js";
import { sidesOf } from "./compare_errors.js";
import { ComparePart } from "./compare_part.js";

export class TrainingSection {
  #card = new CompareCard(training);
  #part = new ComparePart(document.getElementById("training-body"), this.#card.element);
  #select = /** @type {HTMLSelectElement} */ (document.getElementById("term"));

  /** @param {(term: string) => void} onTerm */
  constructor(onTerm) {
    this.#select.addEventListener("change", () => onTerm(this.#select.value));
  }

  /** @param {import("./compare_board.js").Shown} shown */
  async show({ data, pair, state, signal }) {
    await this.#part.show(async () => {
      const sides = await Promise.all(
        sidesOf(pair).map(async ({ side, checkpoint }) => ({ side, curve: await data.curve(checkpoint) })),
      );
      signal.throwIfAborted();
      const curves = sides.map(({ curve }) => curve);
      const terms = termsOf(curves);
      const term = chosenTerm(terms, state.term);
      this.#select.replaceChildren(...terms.map((found) => new Option(optionText(found, curves), found.term)));
      this.#select.value = term;
      await this.#card.show({ sides, term }, `${pair.a}-${pair.b}-${term}`, words.measured);
    }, signal);
  }
}

/** @param {{term: string, isShared: boolean}} found @param {import("../contract.js").TrainingCurve[]} curves */
function optionText({ term, isShared }, curves) {
  const owner = curves.find(({ terms }) => Object.hasOwn(terms, term));
  return isShared ? words.term(term) : words.onlyOne(words.term(term), owner.checkpoint);
}
