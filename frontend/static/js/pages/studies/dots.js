/** A study's pictures as dots: label and score of each that has both, a fixed part of very many. No DOM. */

/** More dots than this say nothing more, and are slow to draw. */
export const MOST_DOTS = 4000;

/**
 * @typedef {{positions: number[], filenames: string[], labels: number[], scores: number[]}} Dots
 */

/**
 * @param {import("contract").StudyScores} all
 * @param {string} checkpoint
 * @returns {Dots}
 */
export function dotsOf({ positions, filenames, labels, checkpoints }, checkpoint) {
  const scores = checkpoints.find((one) => one.checkpoint === checkpoint)?.scores ?? [];
  const rated = labels.flatMap((label, row) => (label === null || scores[row] === undefined ? [] : [row]));
  const step = Math.max(rated.length / MOST_DOTS, 1);
  const shown = Array.from({ length: Math.min(rated.length, MOST_DOTS) }, (_, place) => rated[Math.floor(place * step)]);
  return {
    positions: shown.map((row) => positions[row]),
    filenames: shown.map((row) => filenames[row]),
    labels: shown.map((row) => labels[row] ?? 0),
    scores: shown.map((row) => scores[row]),
  };
}
