/** Each expert in a few words: for what it is asked, at what it is best, its strongest and weakest distortions. */

import { element } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import { listed, portrait as words } from "../words.js";
import { partSwatch } from "./part_swatch.js";

/**
 * @param {import("contract").UsageResponse} usage
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
export function portraitItems({ experts, portraits }, theme) {
  if (!experts || !portraits) return [];
  return portraits.map((portrait, index) =>
    element(
      "li",
      { className: "portrait" },
      element("h4", {}, partSwatch(portrait.name, theme), displayName(portrait.name)),
      element("dl", {}, ...facts(portrait, index, experts).map(([label, value]) => fact(label, value))),
    ),
  );
}

/**
 * @param {import("contract").PortraitResponse} portrait
 * @param {number} index
 * @param {import("contract").UseResponse} experts
 * @returns {[string, string][]}
 */
function facts({ called_for: calledFor, best_at: bestAt, strongest, weakest }, index, experts) {
  const calls = calledFor.map((group) => words.share(group, format.wholePercent(weightOn(group, index, experts))));
  const weight = format.percent(experts.mean_weights[index]);
  const errors = (/** @type {{name: string, error: number}[]} */ named) => named.map(words.error).join(", ");
  /** @type {[string, string][]} */
  const all = [
    [words.weight, experts.dead.includes(index) ? words.deadWith(weight) : weight],
    [words.calledFor, calls.join(", ") || words.notCalled],
    [words.bestAt, listed(bestAt) || words.notBest],
    [words.strongest, errors(strongest)],
    [words.weakest, errors(weakest)],
  ];
  return all.filter(([, value]) => value);
}

/** @param {string} group @param {number} expert @param {import("contract").UseResponse} experts */
function weightOn(group, expert, { by_group: rows }) {
  return rows.find(({ name }) => name === group)?.mean_weights[expert] ?? 0;
}

/** @param {string} label @param {string} value */
function fact(label, value) {
  return element("div", {}, element("dt", {}, label), element("dd", {}, value));
}
