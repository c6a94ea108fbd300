/** The state in the address: which picture, which two distortions in which amounts, and the cell that is looked at. */

import { groupOf } from "../../kit/distortions.js";

/** The grid of the five levels and none; another is one that people rated, by its name. */
export const LEVELS_GRID = "levels";
const MAX_POSITION = 99;

/**
 * @typedef {object} MixedState
 * @property {string | null} analysis null: nothing was chosen yet
 * @property {string | null} checkpoint null: the analysis's own, else the service's default
 * @property {string} first
 * @property {string} second done on top of the first
 * @property {string} grid
 * @property {number} row of the chosen cell: how much of the first
 * @property {number} column
 */

/** @type {Readonly<MixedState>} */
export const START = Object.freeze({
  analysis: null,
  checkpoint: null,
  first: "gaussian_blur",
  second: "jpeg",
  grid: LEVELS_GRID,
  row: 3,
  column: 3,
});

/**
 * @param {string} search
 * @param {import("../../kit/distortions.js").Applicable} applicable
 * @returns {MixedState} parts that cannot be read are those of `START`
 */
export function readState(search, applicable) {
  const query = new URLSearchParams(search);
  const type = (/** @type {"first" | "second"} */ name) => {
    const given = query.get(name);
    return given === null || groupOf(given, applicable) === null ? START[name] : given;
  };
  const position = (/** @type {"row" | "column"} */ name) => {
    const given = query.get(name) ?? "";
    return /^\d{1,2}$/.test(given) && Number(given) <= MAX_POSITION ? Number(given) : START[name];
  };
  return {
    analysis: query.get("analysis"),
    checkpoint: query.get("checkpoint"),
    first: type("first"),
    second: type("second"),
    grid: query.get("grid") ?? START.grid,
    row: position("row"),
    column: position("column"),
  };
}

/**
 * The query that `readState` reads.
 * @param {MixedState} state
 */
export function writeState(state) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    const isStart = value === START[/** @type {keyof MixedState} */ (name)];
    if (value !== null && (!isStart || (state.analysis && name !== "grid"))) query.set(name, String(value));
  }
  const text = query.toString();
  return text && `?${text}`;
}
