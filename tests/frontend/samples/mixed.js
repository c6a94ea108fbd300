/** A grid of two rows and three columns that people rated, and what a checkpoint says of its cells. */

import { axesOf } from "../../../frontend/static/js/pages/mixed/grid.js";

export const NAMES = ["Gaussian blur", "JPEG"];

export const RATED = Object.freeze({
  name: "mdivl_blur_jpeg",
  database: "MDIVL",
  first: { distortion_type: "gaussian_blur", stated: [0.001, 1.33], parameters: [null, 1.33] },
  second: { distortion_type: "jpeg", stated: [100, 30, 10], parameters: [100, 30, 10] },
  worst: 0,
  best: 100,
  means: [
    [93.5, 70, 27],
    [67, 53, 15],
  ],
  standard_errors: [
    [1, 1, 1],
    [1, 1, 1],
  ],
  num_references: 10,
});

/** Scores fall by ten points with each step down or to the right. */
export function mixedView(analysis, changes = {}) {
  const cell = (row, column) => ({
    ...analysis,
    score: { ...analysis.score, value: 80 - 10 * (row + column), low: 70 - 10 * (row + column), high: 85 },
    analysis: "a1",
    grid: RATED.name,
    row,
    column,
    equals_original: false,
    picture: `/picture/${row}/${column}`,
  });
  const axes = axesOf(RATED, NAMES);
  return {
    grid: { name: RATED.name, axes, rated: RATED },
    cells: [0, 1].map((row) => [0, 1, 2].map((column) => cell(row, column))),
    chosen: { row: 1, column: 2 },
    people: { rated: RATED, axes },
    isNarrow: false,
    ...changes,
  };
}
