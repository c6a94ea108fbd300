/** The section of errors: against human scores, how large, how often, and on which quality. */

import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { featuresNames } from "../../../kit/language/words.js";
import * as cumulativeError from "../charts/cumulative_error.js";
import * as errorHistogram from "../charts/error_histogram.js";
import * as predicted from "../charts/predicted.js";
import * as qualityErrors from "../charts/quality_errors.js";
import { pictures as pictureWords, predicted as words, qualityErrors as qualityWords, splits } from "../words.js";
import { sameSplit } from "../splits.js";
import { CompareCard } from "./card.js";
import { ComparePart } from "./part.js";

export class ErrorsSection {
  #scatter = new CompareCard(predicted);
  #histogram = new CompareCard(errorHistogram);
  #cumulative = new CompareCard(cumulativeError);
  #quality = new CompareCard(qualityErrors);
  #otherSplits = element("p", { className: "notice small", hidden: true }, pictureWords.otherSplits);
  #none = element("p", { className: "notice small" });
  #predictions;
  #figures;

  constructor() {
    this.#predictions = new ComparePart(
      named("errors-predictions"),
      this.#otherSplits,
      this.#scatter.element,
      this.#histogram.element,
      this.#cumulative.element,
    );
    this.#figures = new ComparePart(named("errors-quality"), this.#none, this.#quality.element);
  }

  /** @param {import("./board.js").Shown} shown */
  async show(shown) {
    await Promise.all([
      this.#predictions.show(() => this.#showPredictions(shown), shown.signal),
      this.#figures.show(() => this.#showQuality(shown), shown.signal),
    ]);
  }

  /** @param {import("./board.js").Shown} shown */
  async #showPredictions({ data, pair, signal }) {
    const sides = await Promise.all(
      sidesOf(pair).map(async ({ side, checkpoint }) => ({
        side,
        checkpoint,
        predictions: await data.predictions(checkpoint),
      })),
    );
    signal.throwIfAborted();
    const isSame = sameSplit(sides.map(({ predictions }) => predictions));
    this.#otherSplits.hidden = isSame;
    for (const { element: card } of [this.#scatter, this.#histogram, this.#cumulative]) card.hidden = !isSame;
    if (!isSame) return;
    const measured = words.measured(format.count(sides[0].predictions.ids.length));
    const name = `${pair.a}-${pair.b}`;
    await this.#scatter.show({ sides }, `${name}-predicted`, measured);
    await this.#histogram.show({ sides }, `${name}-errors`, measured);
    await this.#cumulative.show({ sides }, `${name}-cumulative`, measured);
  }

  /** @param {import("./board.js").Shown} shown */
  async #showQuality({ data, pair, state, signal }) {
    const found = await Promise.all(
      sidesOf(pair).map(async ({ side, checkpoint }) => ({
        side,
        checkpoint,
        metrics: await data.metrics(checkpoint),
      })),
    );
    signal.throwIfAborted();
    const isSame = sameSplit(found.map(({ metrics }) => metrics));
    const sides = (isSame ? found : []).flatMap(({ side, checkpoint, metrics }) => {
      const figures = metrics[state.features];
      const errors = figures?.quality_errors;
      return errors ? [{ side, checkpoint, figures: { ...figures, quality_errors: errors } }] : [];
    });
    this.#none.textContent = sides.length || !isSame ? "" : qualityWords.missing;
    this.#quality.element.hidden = sides.length === 0;
    if (sides.length === 0) return;
    const count = sides[0].figures.num_splits;
    const measured = qualityWords.measured(featuresNames[state.features], splits(count, format.count(count)));
    await this.#quality.show({ sides }, `${pair.a}-${pair.b}-quality`, measured);
  }
}

/**
 * The sides of a pair; one where it is the same checkpoint twice.
 * @param {{a: string, b: string}} pair
 * @returns {{side: "a" | "b", checkpoint: string}[]}
 */
export function sidesOf({ a, b }) {
  const sides = [
    { side: /** @type {const} */ ("a"), checkpoint: a },
    { side: /** @type {const} */ ("b"), checkpoint: b },
  ];
  return a === b ? sides.slice(0, 1) : sides;
}
