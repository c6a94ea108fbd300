/** Which cells a grid has, and which grids people rated of two distortions. */

import { LEVELS_GRID } from "./state.js";
import { amountName, levelUnit, studyUnit } from "./words.js";

const LEVELS = Object.freeze([0, 1, 2, 3, 4, 5]);

/**
 * @typedef {import("./view.js").Grid} Grid
 * @typedef {import("./view.js").Place} Place
 * @typedef {import("./view.js").Axes} Axes
 * @typedef {import("contract").RatedGridResponse} RatedGrid
 */

/**
 * The grids that people rated of two distortions in this order.
 * @param {readonly RatedGrid[]} rated
 * @param {{first: string, second: string}} pair
 */
export function ratedOf(rated, { first, second }) {
  return rated.filter((grid) => grid.first.distortion_type === first && grid.second.distortion_type === second);
}

/**
 * The grid that a state asks for: that of the levels where it names none of these two distortions.
 * @param {import("./state.js").MixedState} state
 * @param {readonly RatedGrid[]} rated
 * @param {[string, string]} names of the two, as people read them
 * @returns {Grid}
 */
export function gridOf(state, rated, names) {
  const found = state.grid === LEVELS_GRID ? null : ratedOf(rated, state).find(({ name }) => name === state.grid);
  if (found) return { name: found.name, axes: axesOf(found, names), rated: found };
  const amounts = LEVELS.map((level) => amountName(level, level || null));
  const axes = { names, units: /** @type {Axes["units"]} */ ([levelUnit, levelUnit]), rows: amounts, columns: amounts };
  return { name: `${state.first}+${state.second}`, axes, rated: null };
}

/**
 * The axes of a grid that people rated.
 * @param {RatedGrid} rated
 * @param {[string, string]} names
 * @returns {Axes}
 */
export function axesOf({ first, second }, names) {
  const [rows, columns] = [first, second].map(({ stated, parameters }) =>
    stated.map((amount, position) => amountName(amount, parameters[position])),
  );
  const units = [first, second].map((axis) => studyUnit(axis.distortion_type, isNumbered(axis)));
  return { names, units: /** @type {Axes["units"]} */ (units), rows, columns };
}

/** Whether a study numbers its amounts without saying them. @param {import("contract").GridAxis} axis */
function isNumbered({ stated, parameters }) {
  return parameters.some((parameter, position) => parameter !== null && parameter !== stated[position]);
}

/**
 * Every cell in reading order, but the chosen one first.
 * @param {Grid} grid
 * @param {Place} chosen
 * @returns {Place[]}
 */
export function placesOf({ axes: { rows, columns } }, chosen) {
  const all = rows.flatMap((_, row) => columns.map((_amount, column) => ({ row, column })));
  const isChosen = (/** @type {Place} */ { row, column }) => row === chosen.row && column === chosen.column;
  return [...all.filter(isChosen), ...all.filter((place) => !isChosen(place))];
}

/**
 * A place within the grid, the nearest to one that may lie beyond.
 * @param {Grid} grid
 * @param {Place} place
 * @returns {Place}
 */
export function within({ axes: { rows, columns } }, { row, column }) {
  return { row: Math.min(row, rows.length - 1), column: Math.min(column, columns.length - 1) };
}
