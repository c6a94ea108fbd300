/** How a study's pictures are looked at, in the page's address, so that a link shows the same rows. */

import { TRIAGES, readRule } from "./triage/rule.js";

export const SORTS = /** @type {const} */ ([
  "absolute_error",
  "score",
  "label",
  "disagreement",
  "familiarity",
  "entropy",
  "filename",
]);

/** @typedef {typeof SORTS[number]} Sort */

/** @typedef {import("./triage/rule.js").Triage} Triage */

export const CHOICES = /** @type {const} */ (["keep", "reject", "undecided"]);

/** @typedef {typeof CHOICES[number]} ChoiceFilter what was decided by hand */

/**
 * @typedef {object} ViewState
 * @property {string | null} checkpoint null: the best one
 * @property {string | null} other null: the baseline, or the next
 * @property {Sort | null} sort null: the worst first
 * @property {boolean} isDescending
 * @property {string} query part of a file's name
 * @property {number} page from 1
 * @property {string | null} rule the two thresholds as `writeRule` writes them; null: the study's own
 * @property {Triage | null} triage only what the rule puts there
 * @property {ChoiceFilter | null} choice only what was decided so by hand
 * @property {string | null} tag only what has it
 * @property {[number, number] | null} pair positions of the two that are looked at side by side
 */

/** @type {Readonly<ViewState>} */
export const START = Object.freeze({ checkpoint: null, other: null, sort: null, isDescending: false, query: "", page: 1, rule: null, triage: null, choice: null, tag: null, pair: null });

/**
 * @param {string} search
 * @returns {ViewState} parts that cannot be read are those of `START`
 */
export function readState(search) {
  const query = new URLSearchParams(search);
  const page = Number.parseInt(query.get("page") ?? "", 10);
  return {
    checkpoint: query.get("checkpoint"),
    other: query.get("other"),
    sort: SORTS.find((name) => name === query.get("sort")) ?? START.sort,
    isDescending: query.has("descending"),
    query: query.get("name") ?? START.query,
    page: page >= 1 ? page : START.page,
    rule: readRule(query.get("rule")) && query.get("rule"),
    triage: TRIAGES.find((name) => name === query.get("triage")) ?? START.triage,
    choice: CHOICES.find((name) => name === query.get("decision")) ?? START.choice,
    tag: query.get("tag"),
    pair: readPair(query.get("pair")),
  };
}

/** @param {string | null} text such as `3-17` @returns {[number, number] | null} */
function readPair(text) {
  const found = /^(\d{1,9})-(\d{1,9})$/.exec(text ?? "");
  return found && [Number(found[1]), Number(found[2])];
}

/**
 * The query that `readState` reads, empty for `START`.
 * @param {ViewState} state
 */
export function writeState({ checkpoint, other, sort, isDescending, query, page, rule, triage, choice, tag, pair }) {
  const search = new URLSearchParams();
  if (checkpoint !== null) search.set("checkpoint", checkpoint);
  if (other !== null) search.set("other", other);
  if (sort !== null) search.set("sort", sort);
  if (isDescending) search.set("descending", "");
  if (query) search.set("name", query);
  if (page !== START.page) search.set("page", String(page));
  if (rule !== null) search.set("rule", rule);
  if (triage !== null) search.set("triage", triage);
  if (choice !== null) search.set("decision", choice);
  if (tag !== null) search.set("tag", tag);
  if (pair !== null) search.set("pair", pair.join("-"));
  const text = search.toString();
  return text && `?${text}`;
}

/**
 * The order in force: what was asked for, or the worst first, by error where there are labels and by score where not.
 * @param {ViewState} state
 * @param {boolean} hasLabels
 * @returns {{sort: Sort, isDescending: boolean}}
 */
export function orderOf({ sort, isDescending }, hasLabels) {
  if (sort !== null) return { sort, isDescending };
  return hasLabels ? { sort: "absolute_error", isDescending: true } : { sort: "score", isDescending: false };
}

/** Orders of which the large end is looked at first. */
const LARGEST_FIRST = new Set(["absolute_error", "disagreement", "entropy"]);

/**
 * The state after a click on the head of a column: sorted by it, or the other way round where it was already.
 * @param {ViewState} state
 * @param {Sort} sort
 * @param {boolean} hasLabels
 * @returns {ViewState}
 */
export function sortedBy(state, sort, hasLabels) {
  const now = orderOf(state, hasLabels);
  const isDescending = now.sort === sort ? !now.isDescending : LARGEST_FIRST.has(sort);
  return { ...state, sort, isDescending, page: 1 };
}
