/** The section of router interventions: what is left without the own routing, and what that says. */

import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { featuresNames } from "../../../kit/language/words.js";
import { asProblem } from "../../../kit/net/problem.js";
import { rankedRows } from "../board.js";
import * as interventions from "../charts/interventions.js";
import { places, router as words, splits } from "../words.js";
import { CompareCard } from "./card.js";
import { ComparePart } from "./part.js";

const MIN_SPLITS = 6;

export class RouterSection {
  #card = new CompareCard(interventions);
  #list = element("ul", { className: "router-verdicts" });
  #without = element("p", { className: "small muted" });
  #faults = element("ul", { className: "small far" });
  #part;

  /** @param {string[]} ids every checkpoint, for where there is no leaderboard to order them */
  constructor(ids) {
    this.ids = ids;
    this.#part = new ComparePart(
      named("router-body"),
      this.#faults,
      element("div", { className: "router-answers" }, element("h3", {}, words.verdicts), this.#list, this.#without),
      this.#card.element,
    );
  }

  /** @param {import("./board.js").Shown} shown */
  async show({ data, state: { part, features }, pair, signal }) {
    await this.#part.show(async () => {
      const ids = await this.#ordered(data, part, features);
      const answers = await Promise.allSettled(ids.map((id) => data.metrics(id)));
      signal.throwIfAborted();
      const faults = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
      if (faults.length === ids.length) throw faults[0];
      this.#faults.replaceChildren(...faults.map((fault) => element("li", {}, asProblem(fault).problem.detail)));
      const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
      await this.#showFound(found, part, features, pair);
    }, signal);
  }

  /**
   * @param {import("contract").MetricsResponse[]} found
   * @param {"photographs" | "synthetic"} part
   * @param {"frozen" | "fine_tuned"} features
   * @param {{a: string, b: string}} pair
   */
  async #showFound(found, part, features, pair) {
    const measured = found.flatMap(({ checkpoint, [features]: figures }) => (figures ? [{ checkpoint, ...figures }] : []));
    const routed = measured.flatMap(({ checkpoint, num_splits: count, router }) =>
      router ? [{ checkpoint, count, router }] : [],
    );
    const without = measured.filter(({ router }) => router === null).map(({ checkpoint }) => checkpoint);
    this.#without.textContent = without.length ? words.without(without.join(", ")) : "";
    this.#list.replaceChildren(
      ...routed.map(({ checkpoint, router }) => verdictItem(checkpoint, router, part, pair)),
    );
    this.#card.element.hidden = routed.length === 0;
    if (routed.length === 0) {
      this.#without.textContent = words.none;
      return;
    }
    const rows = routed.map(({ checkpoint, router }) => ({ checkpoint, cost: router[part] }));
    const most = Math.max(...routed.map(({ count }) => count));
    const says = words.measured(places[part], featuresNames[features], splits(most, format.count(most)));
    await this.#card.show({ rows, part }, `router-${part}`, says);
  }

  /**
   * Best first; in their own order where the leaderboard cannot be read.
   * @param {import("../data.js").CompareData} data
   * @param {"photographs" | "synthetic"} part
   * @param {"frozen" | "fine_tuned"} features
   */
  async #ordered(data, part, features) {
    try {
      const rows = rankedRows(await data.leaderboard(), part, features).map(({ row }) => row.id);
      const known = new Set(this.ids);
      return rows.filter((id) => known.has(id));
    } catch {
      return this.ids;
    }
  }
}

/**
 * @param {string} checkpoint
 * @param {import("contract").RouterResponse} router
 * @param {"photographs" | "synthetic"} part
 * @param {{a: string, b: string}} pair
 */
function verdictItem(checkpoint, router, part, pair) {
  const cost = router[part];
  const item = element(
    "li",
    { dataset: { verdict: cost.is_decorative ? "decorative" : "matters" } },
    element("code", {}, checkpoint),
    " ",
    routerSentence(router.replaced, cost, part),
  );
  if (checkpoint === pair.a) item.classList.add("is-a");
  if (checkpoint === pair.b) item.classList.add("is-b");
  return item;
}

/**
 * Whether the score depends on the routing, and if not, what would do instead.
 * @param {"routing_weights" | "posteriors"} replaced
 * @param {import("contract").RouterCost} cost
 * @param {"photographs" | "synthetic"} part
 */
export function routerSentence(replaced, cost, part) {
  const { median_difference: median, interval, num_pairs: count } = cost.shuffled_cost;
  const what = words.replaced[replaced];
  const [low, high] = [interval.low, interval.high].map((value) => format.cell(value, "correlation"));
  const paid =
    median !== null && median > 0
      ? words.costs(what, format.correlation(median), places[part], low, high)
      : words.costsNothing(what, format.cell(median, "signedCorrelation"), places[part]);
  const few = count < MIN_SPLITS ? [words.fewSplits(splits(count, format.count(count)))] : [];
  if (!cost.is_decorative) return [`${paid}: ${words.matters}`, ...few].join(" ");
  return [`${paid}, ${words.decorative(format.number(cost.min_cost))}`, uniformText(cost), ...few].join(" ");
}

/** @param {import("contract").RouterCost} cost */
function uniformText({ uniform_cost: { median_difference: uniform }, min_cost: least }) {
  const text = format.cell(uniform, "signedCorrelation");
  return (uniform ?? 0) < least ? words.averageDoes(text) : words.averageCounts(text);
}
