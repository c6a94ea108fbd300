/** What can be said of the chosen pair: a headline, the difference behind it with its test, and the plain difference. */

import { element } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { featuresNames } from "../../../kit/language/words.js";
import { headlineOf, pairCell, pairsOn } from "../board.js";
import { families, page, places, spanText, splits, testNote, verdict as words, verdictNames } from "../words.js";

/**
 * @param {HTMLElement} holder
 * @param {import("contract").LeaderboardResponse} board
 * @param {import("./board.js").ShownState} state
 * @param {{a: string, b: string}} pair
 */
export function showVerdict(holder, board, state, { a, b }) {
  if (a === b) {
    holder.replaceChildren(element("p", { className: "verdict-headline" }, page.same));
    return;
  }
  const headline = headlineOf(board, state, { a, b });
  if (!headline) {
    holder.replaceChildren(element("p", {}, words.notOnBoard));
    return;
  }
  const { first, second, parameters, found } = headline;
  const plain = parameters === null ? null : plainLine(board, state, { a, b });
  holder.replaceChildren(
    element("p", { className: "verdict-headline" }, words.headline[found.verdict](first, second)),
    element("p", {}, differenceLine(headline, board.rule, state.features)),
    ...(parameters === null ? [] : [element("p", {}, words.ofItsSize(second, first, format.count(parameters)))]),
    element("p", { className: "small muted" }, testLine(found, board.rule, parameters !== null)),
    ...(plain ? [element("p", { className: "small muted" }, plain)] : []),
  );
}

/**
 * @param {import("../board.js").Headline} headline
 * @param {import("contract").Rule} rule
 * @param {"frozen" | "fine_tuned"} features
 */
function differenceLine({ first, second, part, found }, rule, features) {
  const [difference, low, high] = [found.difference, found.low, found.high].map(format.signedCorrelation);
  const span = spanText(low, high, found.splits < rule.min_splits);
  const count = splits(found.splits, format.count(found.splits));
  return words.difference(first, second, difference, places[part], featuresNames[features], span, count);
}

/**
 * The test behind a verdict, over what it was corrected, and what it takes.
 * @param {import("../board.js").Finding} found
 * @param {import("contract").Rule} rule
 * @param {boolean} isMatched with the baseline of its size
 */
function testLine({ test, splits: count, comparisons, p_holm, p_corrected }, { level }, isMatched) {
  if (test === null) return words.untested;
  const text = format.count(comparisons);
  const family = (isMatched ? families.matched : families.pairs)(comparisons, text);
  const [holm, corrected] = [p_holm, p_corrected].map((p) => format.cell(p, "number"));
  const least = format.number(level);
  if (test === "signed_rank") return words.byRanks(family, holm, corrected, least);
  const note = testNote(splits(count, format.count(count)), comparisons, text, least);
  return `${words.byMean(family, holm, least)} ${note}`;
}

/**
 * The pair itself, as the matrix has it, beside what was said of the baseline of the mixture's size.
 * @param {import("contract").LeaderboardResponse} board
 * @param {import("./board.js").ShownState} state
 * @param {{a: string, b: string}} pair
 */
function plainLine(board, { features }, { a, b }) {
  const pairs = pairsOn(board, features);
  const cell = pairs && pairCell(pairs, a, b);
  if (!pairs || !cell) return null;
  const difference = format.signedCorrelation(cell.difference);
  return words.plain(a, b, difference, places[pairs.part], verdictNames[cell.verdict]);
}
