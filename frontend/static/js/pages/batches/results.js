/** The finished items of a batch: kept, sorted, filtered and counted. No DOM. */

import { LOCALE } from "../../kit/language/translate.js";

/** @typedef {import("contract").ItemResponse & {score: import("contract").ScoreResponse}} ScoredItem */
/** @typedef {import("contract").ItemResponse & {score: null, error: import("contract").ItemErrorResponse}} RefusedItem */
/** @typedef {ScoredItem | RefusedItem} Item */
/** @typedef {import("./view_state.js").ViewState} ViewState */

const collator = new Intl.Collator(LOCALE, { numeric: true, sensitivity: "base" });

/** Points of the score that a bar of the histogram has. */
export const BIN_POINTS = 5;

/** @type {Readonly<Record<Exclude<ViewState["sort"], "score">, (a: Item, b: Item) => number>>} */
const ORDERS = Object.freeze({
  position: (a, b) => a.position - b.position,
  name: (a, b) => collator.compare(a.filename, b.filename) || a.position - b.position,
});

/** @param {Item} item @returns {item is ScoredItem} */
const isScored = (item) => item.score !== null;

/** @param {Item} item @returns {item is RefusedItem} */
const isRefused = (item) => item.score === null;

export class Results {
  /** @type {Item[]} in the order in which they came */
  #items = [];

  /** @param {Item} item */
  add(item) {
    this.#items.push(item);
  }

  get scored() {
    return this.#items.filter(isScored);
  }

  get refused() {
    return this.#items.filter(isRefused);
  }

  /**
   * The items that a reader asked for, in their order; what has no score comes last in the order of scores.
   * @param {Pick<ViewState, "show" | "sort" | "isDescending" | "query">} state
   */
  select({ show, sort, isDescending, query }) {
    const text = query.toLocaleLowerCase(LOCALE);
    const found = this.#items.filter(
      ({ state, filename }) =>
        (show === "all" || state === show) && filename.toLocaleLowerCase(LOCALE).includes(text),
    );
    const sign = isDescending ? -1 : 1;
    if (sort !== "score") return found.sort((a, b) => sign * ORDERS[sort](a, b));
    const scored = found
      .filter(isScored)
      .sort((a, b) => sign * (a.score.value - b.score.value || ORDERS.position(a, b)));
    return [...scored, ...found.filter(isRefused).sort(ORDERS.position)];
  }

  /** How many scores fall into each bin of 0-100; the last one holds 100, too. */
  histogram() {
    const counts = new Array(100 / BIN_POINTS).fill(0);
    for (const { score } of this.scored) {
      counts[Math.min(Math.floor(score.value / BIN_POINTS), counts.length - 1)] += 1;
    }
    return counts;
  }

  /** Pictures by the cluster that they most likely belong to, the most frequent first. */
  clusters() {
    return counted(this.#items.flatMap(({ top_cluster: cluster }) => (cluster ? [cluster.name] : [])));
  }

  /** Refused pictures by the code of their refusal, the most frequent first. */
  refusals() {
    return counted(this.refused.map(({ error }) => error.code));
  }
}

/** @param {readonly string[]} names */
function counted(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || collator.compare(a.name, b.name));
}
