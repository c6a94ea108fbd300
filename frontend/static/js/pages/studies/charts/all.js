/** The charts of a study's page: which part of it each draws. */

import { displayName } from "../../../kit/language/words.js";
import { axes, charts as words, fieldChart } from "../words.js";
import * as clusters from "./clusters.js";
import * as dots from "./dots.js";
import * as order from "./order.js";
import * as parts from "./parts.js";

/** @typedef {import("../../../drawing/theme.js").Theme} Theme */

/**
 * @typedef {object} Subject the checkpoint that is looked at, and what it is looked at beside
 * @property {import("../dots.js").Dots} dots
 * @property {readonly import("../verdict.js").Row[]} rows
 * @property {import("contract").CheckpointFigures} figures
 */

export const DOTS = Object.freeze({
  id: "study_dots",
  words: words.study_dots,
  applies: (/** @type {Subject} */ subject) => subject.dots.positions.length > 0,
  figure: (/** @type {Subject} */ subject, /** @type {Theme} */ theme) => dots.figure(subject.dots, theme, theme.ink),
  table: (/** @type {Subject} */ subject) => dots.table(subject.dots),
});

const FIXED = Object.freeze([
  {
    id: "study_srcc",
    words: words.study_srcc,
    applies: (/** @type {Subject} */ { rows }) => order.applies(rows),
    figure: (/** @type {Subject} */ { rows }, /** @type {Theme} */ theme) => order.figure(rows, theme),
    table: (/** @type {Subject} */ { rows }) => order.table(rows),
  },
  {
    id: "study_bins",
    words: words.study_bins,
    applies: (/** @type {Subject} */ { figures }) => figures.by_label.length > 1,
    figure: (/** @type {Subject} */ { figures }, /** @type {Theme} */ theme) =>
      parts.figure(figures.by_label, theme, axes.label),
    table: (/** @type {Subject} */ { figures }) => parts.table(figures.by_label),
  },
  {
    id: "study_clusters",
    words: words.study_clusters,
    applies: (/** @type {Subject} */ { figures }) => figures.clusters !== null,
    figure: (/** @type {Subject} */ { figures }, /** @type {Theme} */ theme) => clusters.figure(mixOf(figures), theme),
    table: (/** @type {Subject} */ { figures }) => clusters.table(mixOf(figures)),
  },
]);

/** The charts of a study: those of every one, and one for each column by which errors are told apart. @param {string[]} fields */
export function chartsFor(fields) {
  return [...FIXED, ...fields.map(fieldOf)];
}

/** @param {string} field */
function fieldOf(field) {
  return {
    id: `study_field_${field}`,
    words: fieldChart(displayName(field)),
    applies: (/** @type {Subject} */ { figures }) => (figures.by_field[field]?.length ?? 0) > 1,
    figure: (/** @type {Subject} */ { figures }, /** @type {Theme} */ theme) =>
      parts.figure(figures.by_field[field], theme, displayName(field)),
    table: (/** @type {Subject} */ { figures }) => parts.table(figures.by_field[field]),
  };
}

/** @param {import("contract").CheckpointFigures} figures */
function mixOf({ clusters: mix }) {
  return mix ?? { names: [], mean: [] };
}
