/** The lab's state in its address: which picture, under which distortion, seen by which checkpoint. */

import { groupOf } from "../../kit/distortions.js";

export const LEVELS = Object.freeze([1, 2, 3, 4, 5]);

/**
 * @typedef {object} LabState
 * @property {string | null} analysis null: nothing was chosen yet
 * @property {string | null} checkpoint null: the analysis's own, else the service's default
 * @property {string} type
 * @property {number} level 1-5
 */

/** @type {Readonly<LabState>} */
export const START = Object.freeze({ analysis: null, checkpoint: null, type: "gaussian_blur", level: 3 });

/**
 * @param {string} search
 * @param {import("../../kit/distortions.js").Applicable} applicable
 * @returns {LabState} parts that cannot be read are those of `START`
 */
export function readState(search, applicable) {
  const query = new URLSearchParams(search);
  const [type, level] = [query.get("type"), Number(query.get("level"))];
  return {
    analysis: query.get("analysis"),
    checkpoint: query.get("checkpoint"),
    type: type === null || groupOf(type, applicable) === null ? START.type : type,
    level: LEVELS.includes(level) ? level : START.level,
  };
}

/**
 * The query that `readState` reads.
 * @param {LabState} state
 */
export function writeState({ analysis, checkpoint, type, level }) {
  const query = new URLSearchParams();
  if (analysis) query.set("analysis", analysis);
  if (checkpoint) query.set("checkpoint", checkpoint);
  if (analysis || type !== START.type) query.set("type", type);
  if (analysis || level !== START.level) query.set("level", String(level));
  const text = query.toString();
  return text && `?${text}`;
}
