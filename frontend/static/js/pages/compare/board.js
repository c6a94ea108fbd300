/** The leaderboard's rows on one part and one kind of features, and one pair's cell of its matrices. */

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
  const rows = board.checkpoints.filter((row) => row[features] !== null);
  if (features === "frozen") {
    return rows
      .map((row) => ({ row, measured: row.frozen, rank: row.ranks[part] }))
      .sort((one, other) => one.rank - other.rank);
  }
  const median = (/** @type {import("contract").RowResponse} */ row) =>
    row.fine_tuned.figures[part].srcc.median ?? -Infinity;
  const order = [...rows].sort((one, other) => median(other) - median(one) || one.id.localeCompare(other.id));
  return order.map((row, index) => ({ row, measured: row.fine_tuned, rank: index + 1 }));
}

/**
 * @typedef {object} PairCell the first less the second in SRCC
 * @property {number} difference median over splits
 * @property {number} low
 * @property {number} high
 * @property {number | null} p_holm
 * @property {number | null} p_corrected
 * @property {number} splits
 * @property {import("contract").AgainstBaseline["verdict"]} verdict
 */

/**
 * @param {import("contract").PairwiseResponse} pairwise
 * @param {string} a
 * @param {string} b
 * @returns {PairCell | null} null for a checkpoint with itself, or with one that is not on the leaderboard
 */
export function pairCell(pairwise, a, b) {
  const [row, column] = [pairwise.ids.indexOf(a), pairwise.ids.indexOf(b)];
  if (row < 0 || column < 0 || row === column) return null;
  return {
    difference: pairwise.median_difference[row][column],
    low: pairwise.low[row][column],
    high: pairwise.high[row][column],
    p_holm: pairwise.p_holm[row][column],
    p_corrected: pairwise.p_corrected[row][column],
    splits: pairwise.num_pairs[row][column],
    verdict: pairwise.verdict[row][column],
  };
}

/** Whether no pair at all can be shown: the smallest p that the test can have is too large after the correction. @param {import("contract").LeaderboardResponse} board */
export function canShowNothing({ pairwise, rule }) {
  return pairwise.smallest_p_holm >= rule.level;
}
