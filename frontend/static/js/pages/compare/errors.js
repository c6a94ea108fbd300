/** Errors of scores against human ones: how often which, and how many are within how much. */

import { binCodes, niceEdges } from "../../mapdata/histograms.js";

/**
 * Score less label, in points; positive where a picture is praised too much.
 * @param {{scores: number[], labels: number[]}} predictions
 */
export function errorsOf({ scores, labels }) {
  return scores.map((score, index) => score - labels[index]);
}

/**
 * Counts of several sets of errors in the same bins, which straddle zero alike.
 * @param {number[][]} sets
 * @param {number} bins about so many
 */
export function errorBins(sets, bins) {
  const widest = sets.flat().reduce((most, error) => Math.max(most, Math.abs(error)), 0);
  const edges = niceEdges([-widest, widest], bins);
  const counts = sets.map((errors) => {
    const found = Array(edges.length - 1).fill(0);
    // In double precision: a value on an edge that 32 bits would move past the last one is still counted.
    for (const code of binCodes(errors, edges)) found[code] += 1;
    return found;
  });
  return { edges, counts };
}

/**
 * For growing errors the share of pictures whose error is at most so large; it ends at 1.
 * @param {number[]} errors signed
 * @returns {{error: number[], share: number[]}} both from 0 on
 */
export function cumulative(errors) {
  const sizes = errors.map(Math.abs).sort((one, other) => one - other);
  return {
    error: [0, ...sizes],
    share: [0, ...sizes.map((_, index) => (index + 1) / sizes.length)],
  };
}

/**
 * The error that a share of the pictures stays within.
 * @param {{error: number[], share: number[]}} curve
 * @param {number} wanted 0-1
 */
export function errorAt({ error, share }, wanted) {
  return error[share.findIndex((value) => value >= wanted - 1e-12)];
}
