/** The leaderboard and a pair's pictures as files. */

import { csvText } from "../../kit/csv.js";
import { FEATURES, PARTS } from "./state.js";

const FIGURES = /** @type {const} */ (["srcc", "plcc", "plcc_fitted", "krcc", "rmse"]);

/**
 * One line per checkpoint, part and kind of features.
 * @param {import("contract").LeaderboardResponse} board
 * @param {import("../../kit/csv.js").CsvOptions} [options]
 */
export function leaderboardCsv(board, options) {
  const header = [
    ...["checkpoint", "variant", "formulation", "parameters", "features", "part", "splits", "rank"],
    ...FIGURES.flatMap((name) => [`${name}_median`, `${name}_min`, `${name}_max`]),
    ...["srcc_interval_low", "srcc_interval_high", "baseline", "baseline_difference", "baseline_low"],
    ...["baseline_high", "baseline_p_holm", "baseline_p_corrected", "baseline_verdict"],
  ];
  const lines = board.checkpoints.flatMap((row) =>
    FEATURES.flatMap((features) => {
      const measured = row[features];
      return measured === null ? [] : PARTS.map((part) => line(row, measured, features, part));
    }),
  );
  return csvText([header, ...lines], options);
}

/**
 * @param {import("contract").RowResponse} row
 * @param {import("contract").MeasuredResponse} measured
 * @param {typeof FEATURES[number]} features
 * @param {typeof PARTS[number]} part
 */
function line(row, { num_splits: splits, figures, matched_baseline: matched }, features, part) {
  const found = figures[part];
  const against = matched?.[part];
  return [
    ...[row.id, row.variant, row.formulation, row.parameter_count, features, part, splits],
    features === "frozen" ? row.ranks[part] : null,
    ...FIGURES.flatMap((name) => [found[name]?.median ?? null, found[name]?.low ?? null, found[name]?.high ?? null]),
    found.srcc_interval.low,
    found.srcc_interval.high,
    matched?.recipe ?? null,
    against?.comparison.median_difference ?? null,
    against?.comparison.interval.low ?? null,
    against?.comparison.interval.high ?? null,
    against?.p_holm ?? null,
    against?.p_corrected ?? null,
    against?.verdict ?? null,
  ];
}

/**
 * One line per joined picture.
 * @param {import("./joining.js").Joined} joined
 * @param {string} a checkpoint
 * @param {string} b checkpoint
 * @param {(index: number) => number | null} labelOf
 * @param {import("../../kit/csv.js").CsvOptions} [options]
 */
export function pairCsv(joined, a, b, labelOf, options) {
  const header = [
    ...["id", "label", `score ${a}`, `score ${b}`, "difference", `rank ${a}`, `rank ${b}`, "places"],
    ...[`cluster ${a}`, `cluster ${b}`],
  ];
  const lines = joined.ids.map((id, index) => [
    id,
    labelOf(index),
    short(joined.a[index]),
    short(joined.b[index]),
    short(joined.delta[index]),
    joined.rankA[index],
    joined.rankB[index],
    joined.places[index],
    joined.clusterA?.[index] ?? null,
    joined.clusterB?.[index] ?? null,
  ]);
  return csvText([header, ...lines], options);
}

/** @param {number} value */
function short(value) {
  return Number(value.toFixed(4));
}
