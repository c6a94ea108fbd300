/** The page's charts in their order: which part of a batch's results each draws. */

import { axes, displayName } from "../../../kit/language/words.js";
import { columns, refusal, charts as words } from "../words.js";
import * as counts from "./counts.js";
import * as scores from "./scores.js";

/** @typedef {import("../results.js").Results} Results */
/** @typedef {import("../../../drawing/theme.js").Theme} Theme */

const CLUSTERS = Object.freeze({ label: displayName, title: axes.cluster });
const REFUSALS = Object.freeze({ label: refusal, title: columns.reason });

export const CHARTS = Object.freeze([
  {
    id: "batch_scores",
    words: words.batch_scores,
    applies: (/** @type {Results} */ results) => results.scored.length > 0,
    figure: (/** @type {Results} */ results, /** @type {Theme} */ theme) => scores.figure(results.histogram(), theme),
    table: (/** @type {Results} */ results) => scores.table(results.histogram()),
  },
  {
    id: "batch_clusters",
    words: words.batch_clusters,
    applies: (/** @type {Results} */ results) => results.clusters().length > 0,
    figure: (/** @type {Results} */ results, /** @type {Theme} */ theme) =>
      counts.figure(results.clusters(), theme, CLUSTERS),
    table: (/** @type {Results} */ results) => counts.table(results.clusters(), CLUSTERS),
  },
  {
    id: "batch_refusals",
    words: words.batch_refusals,
    applies: (/** @type {Results} */ results) => results.refused.length > 0,
    figure: (/** @type {Results} */ results, /** @type {Theme} */ theme) =>
      counts.figure(results.refusals(), theme, REFUSALS),
    table: (/** @type {Results} */ results) => counts.table(results.refusals(), REFUSALS),
  },
]);
