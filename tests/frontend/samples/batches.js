/** A batch and its items, as tests see them. */

import { plainAnalysis } from "./analyses.js";

/** A running batch of ten. */
export function jobOf(changes = {}) {
  return {
    id: "b".repeat(32),
    created_at: "2026-11-23T06:00:00Z",
    started_at: "2026-11-23T06:00:01Z",
    finished_at: null,
    state: "running",
    checkpoint: "moe",
    filename: "holiday.zip",
    total: 10,
    finished: 4,
    scored: 3,
    refused: 1,
    skipped: 0,
    skipped_files: [],
    mean_score: 61.25,
    seconds_left: 12,
    links: { self: "/s", page: "/batches/b", events: "/e", items: "/i", results: "/r" },
    ...changes,
  };
}

/** A scored picture; `score` is a number. */
export function itemOf(sequence, { score = 50, cluster = "blur", ...changes } = {}) {
  return {
    sequence,
    position: sequence - 1,
    filename: `${sequence}.png`,
    state: "scored",
    score: { ...plainAnalysis().score, value: score },
    error: null,
    familiarity: null,
    top_cluster: cluster && { name: cluster, posterior: 0.8 },
    top_expert: null,
    distortion: null,
    ...changes,
  };
}

/** A refused one. */
export function refusalOf(sequence, { code = "broken-image", ...changes } = {}) {
  const error = { code, detail: "got a broken picture, expected a whole one" };
  return { ...itemOf(sequence), state: "refused", score: null, top_cluster: null, error, ...changes };
}
