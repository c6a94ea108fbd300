/** What the figures of a study come to: rows of checkpoints, the best first, and the sentences that are said. No DOM. */

import { BASELINE } from "../../kit/baseline.js";

/**
 * @typedef {import("contract").StudyFigures} Figures
 * @typedef {import("contract").CheckpointFigures} CheckpointFigures
 * @typedef {import("contract").Estimate} Estimate
 *
 * @typedef {object} Row
 * @property {CheckpointFigures} figures
 * @property {"best" | "as_good" | null} standing
 * @property {Estimate | null} toBest SRCC less the best one's
 * @property {Estimate | null} toBaseline SRCC less the baseline's
 */

/**
 * Every checkpoint with its differences, the highest SRCC first.
 * @param {Figures} figures
 * @returns {Row[]}
 */
export function rowsOf({ checkpoints, best, as_good: asGood, to_best: toBest, to_baseline: toBaseline }) {
  const less = (/** @type {Figures["to_best"]} */ differences, /** @type {string} */ id) =>
    differences.find(({ checkpoint }) => checkpoint === id)?.srcc ?? null;
  return checkpoints
    .map((one) => ({
      figures: one,
      standing: one.id === best ? /** @type {const} */ ("best") : asGood.includes(one.id) ? /** @type {const} */ ("as_good") : null,
      toBest: less(toBest, one.id),
      toBaseline: less(toBaseline, one.id),
    }))
    .sort((a, b) => srccOf(b) - srccOf(a));
}

/** @param {Row} row */
function srccOf({ figures: { agreement } }) {
  return agreement?.srcc.value ?? -Infinity;
}

/** Whether an interval leaves zero out on the side above. @param {Estimate} estimate */
export function isAbove({ low }) {
  return low !== null && low > 0;
}

/**
 * How the intervals of a checkpoint did on these labels.
 * @param {import("contract").Coverage} coverage
 * @returns {"kept" | "narrow" | "wide"}
 */
export function coverageOf({ promised, measured: { value, low, high } }) {
  if (low === null || high === null || value === null || (low <= promised && promised <= high)) return "kept";
  return value < promised ? "narrow" : "wide";
}

/** What the mixture of the best checkpoint is to be compared with. @param {Figures} figures */
export function againstBaseline({ best, to_baseline: differences }) {
  return best === BASELINE ? null : (differences.find(({ checkpoint }) => checkpoint === best)?.srcc ?? null);
}
