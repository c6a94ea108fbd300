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
 * @returns {PairCell | null} null for a checkpoint with itself, with one that is not on the leaderboard, or without a split in common
 */
export function pairCell(pairwise, a, b) {
  const [row, column] = [pairwise.ids.indexOf(a), pairwise.ids.indexOf(b)];
  if (row < 0 || column < 0 || row === column) return null;
  const [difference, splits] = [pairwise.median_difference[row][column], pairwise.num_pairs[row][column]];
  const [low, high, verdict] = [pairwise.low[row][column], pairwise.high[row][column], pairwise.verdict[row][column]];
  if (difference === null || splits === null || low === null || high === null || verdict === null) return null;
  const [p_holm, p_corrected] = [pairwise.p_holm[row][column], pairwise.p_corrected[row][column]];
  return { difference, low, high, p_holm, p_corrected, splits, verdict };
}

/** Whether no pair at all can be shown: the smallest p that the test can have is too large after the correction. @param {import("contract").LeaderboardResponse} board */
export function canShowNothing({ pairwise, rule }) {
  return pairwise.smallest_p_holm >= rule.level;
}
