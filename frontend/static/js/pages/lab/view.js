/** What the lab's charts draw: the answers so far, by level. */

import { levelName } from "./words.js";

/** Levels of the charts: the clean picture, then 1 to 5. */
export const CHART_LEVELS = Object.freeze([0, 1, 2, 3, 4, 5]);

/**
 * @typedef {object} LabView
 * @property {string} type
 * @property {string} group of the type
 * @property {number} chosen level that the reader looks at
 * @property {(import("contract").LevelResponse | null)[]} levels (6) null where there is no answer yet
 * @property {boolean} isNarrow whether the page has little room
 * @property {{x: Float32Array, y: Float32Array} | null} points of the checkpoint's map
 * @property {boolean} isNear whether the map is cut to the path
 */

/**
 * The answers that have come, mildest first.
 * @param {LabView} view
 */
export function answered({ levels }) {
  return levels.filter((level) => level !== null);
}

/**
 * A table's rows of one part: the part's items by level.
 * @param {LabView} view
 * @param {(level: import("contract").LevelResponse) => (string | number | null)[][]} rowsOf
 */
export function levelRows(view, rowsOf) {
  return answered(view).flatMap((level) => rowsOf(level).map((row) => [levelName(level.level), ...row]));
}
