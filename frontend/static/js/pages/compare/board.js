/** The leaderboard's rows on one part and one kind of features, and one pair's cell of its matrices. */

import { BASELINE } from "../../kit/baseline.js";

/**
 * @typedef {object} RankedRow
 * @property {import("contract").RowResponse} row
 * @property {import("contract").MeasuredResponse} measured
 * @property {number} rank 1 is best
 */

/**
 * Rows that have such figures, best median SRCC first. Frozen ones have the file's ranks, fine-tuned ones their own.
 * @param {import("contract").LeaderboardResponse} board
 * @param {"photographs" | "synthetic"} part
 * @param {"frozen" | "fine_tuned"} features
 * @returns {RankedRow[]}
 */
export function rankedRows(board, part, features) {
  const found = board.checkpoints.flatMap((row) => {
    const measured = row[features];
    return measured === null ? [] : [{ row, measured, rank: row.ranks[part] }];
  });
  if (features === "frozen") return found.sort((one, other) => one.rank - other.rank);
  const median = (/** @type {RankedRow} */ { measured }) => measured.figures[part].srcc?.median ?? -Infinity;
  return found
    .sort((one, other) => median(other) - median(one) || one.row.id.localeCompare(other.row.id))
    .map((entry, index) => ({ ...entry, rank: index + 1 }));
}

/** @typedef {"photographs" | "synthetic"} Part */
/** @typedef {"frozen" | "fine_tuned"} Features */

/**
 * @typedef {object} Finding a difference in SRCC, and what it allows to be said
 * @property {number} difference median over splits
 * @property {number} low
 * @property {number} high
 * @property {number} splits
 * @property {import("contract").AgainstBaseline["test"]} test
 * @property {number | null} p_holm
 * @property {number | null} p_corrected
 * @property {number} comparisons that Holm’s correction is over
 * @property {import("contract").AgainstBaseline["verdict"]} verdict
 */

/** The kind of features that the checkpoints ship on, as far as any does. @param {import("contract").LeaderboardResponse} board */
export function shippedFeatures(board) {
  return board.checkpoints.some((row) => row.fine_tuned !== null) ? "fine_tuned" : "frozen";
}

/** All pairs on one kind of features. @param {import("contract").LeaderboardResponse} board @param {Features} features */
export function pairsOn(board, features) {
  return features === "frozen" ? board.pairwise : board.pairwise_fine_tuned;
}

/**
 * The first less the second, as the matrix of all pairs has it.
 * @param {import("contract").PairwiseResponse} pairwise
 * @param {string} a
 * @param {string} b
 * @returns {Finding | null} null for a checkpoint with itself, with one that is not on the leaderboard, or without a split in common
 */
export function pairCell(pairwise, a, b) {
  const [row, column] = [pairwise.ids.indexOf(a), pairwise.ids.indexOf(b)];
  if (row < 0 || column < 0 || row === column) return null;
  const [difference, splits] = [pairwise.median_difference[row][column], pairwise.num_pairs[row][column]];
  const [low, high, verdict] = [pairwise.low[row][column], pairwise.high[row][column], pairwise.verdict[row][column]];
  if (difference === null || splits === null || low === null || high === null || verdict === null) return null;
  const [p_holm, p_corrected] = [pairwise.p_holm[row][column], pairwise.p_corrected[row][column]];
  const test = pairwise.test[row][column];
  return { difference, low, high, splits, test, p_holm, p_corrected, comparisons: pairwise.num_comparisons, verdict };
}

/**
 * A checkpoint less the baseline of its own size, as its row of the leaderboard has it.
 * @param {import("contract").MatchedResponse} matched
 * @param {Part} part
 * @returns {Finding | null} null where they have no split in common
 */
function matchedCell(matched, part) {
  const { comparison, test, p_holm, p_corrected, num_comparisons: comparisons, verdict } = matched[part];
  const { median_difference: difference, num_pairs: splits } = comparison;
  const { low, high } = comparison.interval;
  if (difference === null || low === null || high === null) return null;
  return { difference, low, high, splits, test, p_holm, p_corrected, comparisons, verdict };
}

/**
 * @typedef {object} Headline
 * @property {string} first
 * @property {string} second a checkpoint, or the recipe of the baseline of the first one’s size
 * @property {number | null} parameters of that baseline; null for a checkpoint
 * @property {Part} part
 * @property {Finding} found
 */

/**
 * What is said first of a pair. Of a mixture beside the plain baseline it is what its row of the leaderboard says, on
 * the same part and features: less the baseline of its own size. Of any other pair it is its cell of the matrix.
 * @param {import("contract").LeaderboardResponse} board
 * @param {{part: Part, features: Features}} state
 * @param {{a: string, b: string}} pair
 * @returns {Headline | null} null where the two were not compared
 */
export function headlineOf(board, { part, features }, { a, b }) {
  if (a === b) return null;
  const mixture = a === BASELINE ? b : b === BASELINE ? a : null;
  const row = board.checkpoints.find(({ id }) => id === mixture);
  const matched = row?.[features]?.matched_baseline;
  const found = matched ? matchedCell(matched, part) : null;
  if (row && matched && found)
    return { first: row.id, second: matched.recipe, parameters: matched.parameter_count, part, found };
  const pairs = pairsOn(board, features);
  const cell = pairs && pairCell(pairs, a, b);
  return pairs && cell ? { first: a, second: b, parameters: null, part: pairs.part, found: cell } : null;
}
