/** What the page's charts draw: a grid, and the answers so far. */

/** @typedef {{row: number, column: number}} Place */

/** @typedef {{short: string, axis: string}} Unit what amounts are: before a number, and beside an axis */

/**
 * @typedef {object} Axes of two distortions
 * @property {[string, string]} names as people read them
 * @property {[Unit, Unit]} units
 * @property {string[]} rows amounts of the first distortion, mildest first, as people read them
 * @property {string[]} columns amounts of the second
 */

/**
 * @typedef {object} Grid
 * @property {string} name as the service knows it
 * @property {Axes} axes
 * @property {import("contract").RatedGridResponse | null} rated what people said of its cells
 */

/**
 * @typedef {object} People
 * @property {import("contract").RatedGridResponse} rated what was said of these two distortions
 * @property {Axes} axes
 */

/**
 * @typedef {object} MixedView
 * @property {Grid} grid
 * @property {(import("contract").CellResponse | null)[][]} cells null where there is no answer yet
 * @property {Place} chosen
 * @property {People | null} people
 * @property {boolean} isNarrow whether the page has little room
 */

/**
 * The answers that have come.
 * @param {MixedView} view
 */
export function answered({ cells }) {
  return cells.flat().filter((cell) => cell !== null);
}

/**
 * A figure of each cell; null where there is no answer yet.
 * @template T
 * @param {MixedView} view
 * @param {(cell: import("contract").CellResponse) => T} of
 * @returns {(T | null)[][]}
 */
export function perCell({ cells }, of) {
  return cells.map((line) => line.map((cell) => (cell === null ? null : of(cell))));
}

/**
 * The largest of some shares, with its name.
 * @param {readonly string[]} names
 * @param {readonly number[]} shares
 */
export function leader(names, shares) {
  const index = shares.indexOf(Math.max(...shares));
  return { index, name: names[index], share: shares[index] };
}
