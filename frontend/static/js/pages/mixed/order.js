/** Where people and a checkpoint put two cells in a different order. */

/** So many standard errors apart, people's means of two cells are taken for different. */
const SURE = 2;

/** @typedef {import("./view.js").Place} Place */
/** @typedef {{better: Place, worse: Place, gain: number}} Disagreement cells as people order them; `gain`: points by which the checkpoint has the worse one higher */

/**
 * @typedef {object} Order
 * @property {number} clear pairs of cells that people clearly told apart, both scored
 * @property {number} same those that the checkpoint puts in the same order
 * @property {Disagreement[]} others the rest, the largest first
 */

/**
 * @param {import("contract").RatedGridResponse} rated
 * @param {(number | null)[][]} scores by row and column
 * @returns {Order}
 */
export function compareOrder(rated, scores) {
  const sign = Math.sign(rated.best - rated.worst);
  const cells = rated.means.flatMap((line, row) =>
    line.flatMap((mean, column) => {
      const [score, error] = [scores[row]?.[column] ?? null, rated.standard_errors[row][column]];
      return mean === null || error === null || score === null
        ? []
        : [{ place: { row, column }, quality: sign * mean, error, score }];
    }),
  );
  const clear = cells.flatMap((better) =>
    cells
      .filter((worse) => better.quality - worse.quality >= SURE * Math.hypot(better.error, worse.error))
      .map((worse) => ({ better: better.place, worse: worse.place, gain: worse.score - better.score })),
  );
  const others = clear.filter(({ gain }) => gain >= 0).sort((a, b) => b.gain - a.gain);
  return { clear: clear.length, same: clear.length - others.length, others };
}
