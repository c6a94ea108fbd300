/** The lab's state in its address: which picture, under which distortion, seen by which checkpoint. */

import { GROUPS } from "../../drawing/taxonomy.js";

export const LEVELS = Object.freeze([1, 2, 3, 4, 5]);
/** The distortion types by group, without `clean`. */
export const TYPE_GROUPS = Object.freeze(Object.entries(GROUPS).filter(([group]) => group !== "clean"));

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
 * @returns {LabState} parts that cannot be read are those of `START`
 */
export function readState(search) {
  const query = new URLSearchParams(search);
  const [type, level] = [query.get("type"), Number(query.get("level"))];
  return {
    analysis: query.get("analysis"),
    checkpoint: query.get("checkpoint"),
    type: type === null || groupOf(type) === null ? START.type : type,
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

/**
 * The group of a distortion type; null for what is none.
 * @param {string | null} type
 */
export function groupOf(type) {
  return TYPE_GROUPS.find(([, types]) => types.includes(type ?? ""))?.[0] ?? null;
}
