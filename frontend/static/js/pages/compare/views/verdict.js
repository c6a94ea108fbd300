/** What can be said of the chosen pair: a headline, the difference, and the tests behind it. */

import { element } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { canShowNothing, pairCell } from "../board.js";
import { page, places, splits, verdict as words } from "../words.js";

/**
 * @param {HTMLElement} holder
 * @param {import("contract").LeaderboardResponse} board
 * @param {{a: string, b: string}} pair
 */
export function showVerdict(holder, board, { a, b }) {
  if (a === b) {
    holder.replaceChildren(element("p", { className: "verdict-headline" }, page.same));
    return;
  }
  const cell = pairCell(board.pairwise, a, b);
  if (!cell) {
    holder.replaceChildren(element("p", {}, words.notOnBoard));
    return;
  }
  const level = format.number(board.rule.level);
  const splitsText = splits(cell.splits, format.count(cell.splits));
  const [difference, low, high] = [cell.difference, cell.low, cell.high].map(format.signedCorrelation);
  const [corrected, holm] = [cell.p_corrected, cell.p_holm].map((p) => format.cell(p, "number"));
  const tests =
    cell.splits < board.rule.min_splits
      ? [words.fewTests(holm, level)]
      : [words.tests(corrected, holm, level), " ", floorText(board, level)];
  holder.replaceChildren(
    element("p", { className: "verdict-headline" }, words.headline[cell.verdict](a)),
    element("p", {}, words.difference(a, b, difference, low, high, splitsText, places[board.pairwise.part])),
    element("p", { className: "small muted" }, ...tests),
  );
}

/** @param {import("contract").LeaderboardResponse} board @param {string} level */
function floorText(board, level) {
  if (!canShowNothing(board)) return "";
  const { smallest_p_holm: smallest, num_comparisons: pairs, num_pairs: counts } = board.pairwise;
  const most = Math.max(...counts.flat().map((count) => count ?? 0));
  return words.nothingCanBe(format.number(smallest), splits(most, format.count(most)), format.count(pairs), level);
}
