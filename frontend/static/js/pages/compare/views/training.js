/** The section of training curves. */

import { fillSelect, named } from "../../../kit/dom/element.js";
import * as training from "../charts/training.js";
import { chosenTerm, termsOf } from "../curves.js";
import { training as words } from "../words.js";
import { CompareCard } from "./card.js";
import { sidesOf } from "./errors.js";
import { ComparePart } from "./part.js";

export class TrainingSection {
  #card = new CompareCard(training);
  #part = new ComparePart(named("training-body"), this.#card.element);
  #select = named("term", "select");

  /** @param {(term: string) => void} onTerm */
  constructor(onTerm) {
    this.#select.addEventListener("change", () => onTerm(this.#select.value));
  }

  /** @param {import("./board.js").Shown} shown */
  async show({ data, pair, state, signal }) {
    await this.#part.show(async () => {
      const sides = await Promise.all(
        sidesOf(pair).map(async ({ side, checkpoint }) => ({ side, curve: await data.curve(checkpoint) })),
      );
      signal.throwIfAborted();
      const curves = sides.map(({ curve }) => curve);
      const terms = termsOf(curves);
      const term = chosenTerm(terms, state.term);
      fillSelect(
        this.#select,
        terms.map((found) => [found.term, optionText(found, curves)]),
      );
      this.#select.value = term;
      await this.#card.show({ sides, term }, `${pair.a}-${pair.b}-${term}`, words.measured);
    }, signal);
  }
}

/** @param {{term: string, isShared: boolean}} found @param {import("contract").CurveResponse[]} curves */
function optionText({ term, isShared }, curves) {
  const owner = curves.find(({ terms }) => Object.hasOwn(terms, term));
  return isShared ? words.term(term) : words.onlyOne(words.term(term), owner?.checkpoint ?? "");
}
