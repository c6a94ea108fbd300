/** The page's whole state in its address, so that a link shows the same figures. */

const ROWS = /** @type {const} */ (["group", "type"]);
const MEASURES = /** @type {const} */ (["error", "correlation"]);

/**
 * @typedef {object} ExpertsState
 * @property {string | null} study on whose pictures it is measured; null: on those of the maps beside the checkpoints
 * @property {string | null} checkpoint null: the service's default, or the study's best
 * @property {string | null} map address of the map measured on; null: the checkpoint's first
 * @property {typeof ROWS[number]} rows distortions by group or by type
 * @property {typeof MEASURES[number]} measure of the experts' skill
 */

/** @type {Readonly<ExpertsState>} */
export const START = Object.freeze({ study: null, checkpoint: null, map: null, rows: "group", measure: "error" });

/**
 * @param {string} search
 * @returns {ExpertsState} parts that cannot be read are those of `START`
 */
export function readState(search) {
  const query = new URLSearchParams(search);
  return {
    study: query.get("study"),
    checkpoint: query.get("checkpoint"),
    map: query.get("map"),
    rows: ROWS.find((name) => name === query.get("rows")) ?? START.rows,
    measure: MEASURES.find((name) => name === query.get("measure")) ?? START.measure,
  };
}

/**
 * The query that `readState` reads, empty for `START`.
 * @param {ExpertsState} state
 */
export function writeState(state) {
  const query = new URLSearchParams();
  for (const key of /** @type {const} */ (["study", "checkpoint", "map", "rows", "measure"])) {
    const value = state[key];
    if (value !== null && value !== START[key]) query.set(key, value);
  }
  const text = query.toString();
  return text && `?${text}`;
}
