/** The way from gate and posterior over weights to points, one row for each expert; and what a score would be otherwise. */

/** @typedef {import("contract").AnalysisResponse} Analysis */

/** @typedef {"gate" | "posterior" | "attention" | "weight" | "score" | "points"} Column */

/**
 * Shares are 0–1, score and points on 0–100; what a variant does not have is null.
 * @typedef {{name: string, isFusion: boolean} & Record<Column, number | null>} Row
 */

/** Rows of one kind, with the columns that they fill. @typedef {{columns: Column[], rows: Row[]}} Ledger */

/** @type {readonly Column[]} */
const COLUMNS = Object.freeze(["gate", "posterior", "attention", "weight", "score", "points"]);
const EMPTY = Object.freeze({
  isFusion: false,
  gate: null,
  posterior: null,
  attention: null,
  weight: null,
  score: null,
  points: null,
});
/** How far a weight may lie from the product of gate and posterior for rounding alone. */
const ROUNDING = 0.002;

/**
 * Experts by what they add, largest first; null for a variant without experts.
 * @param {Analysis} analysis
 * @returns {Ledger | null}
 */
export function expertLedger(analysis) {
  const { experts, gating_weights: gate } = analysis;
  if (experts.length === 0) return null;
  const posterior = haveClustersEach(analysis) ? analysis.posteriors : null;
  const rows = experts.map(({ name, kind, weight, score, contribution: points }, index) => ({
    ...EMPTY,
    name,
    isFusion: kind === "fusion",
    gate: gate?.[index] ?? null,
    posterior: posterior?.[index] ?? null,
    weight,
    score,
    points,
  }));
  rows.sort((one, other) => other.points - one.points);
  return ledgerOf(rows);
}

/**
 * Clusters, most probable first; null without a mixture, or where every cluster has an expert and stands beside it.
 * @param {Analysis} analysis
 * @returns {Ledger | null}
 */
export function clusterLedger(analysis) {
  const { posteriors, cluster_names: names, attention_weights: attention } = analysis;
  if (posteriors === null || haveClustersEach(analysis)) return null;
  const rows = posteriors.map((posterior, index) => ({
    ...EMPTY,
    name: names?.[index] ?? `cluster ${index + 1}`,
    posterior,
    attention: attention?.[index] ?? null,
  }));
  rows.sort((one, other) => other.posterior - one.posterior);
  return ledgerOf(rows);
}

/**
 * Whether each expert is a cluster's own: the weights are then the product of gate and posterior, and otherwise not.
 * @param {Analysis} analysis
 */
function haveClustersEach({ posteriors, routing_weights: routing, gating_weights: gate }) {
  if (posteriors === null || routing === null || routing.length !== posteriors.length) return false;
  const products = posteriors.map((posterior, index) => posterior * (gate?.[index] ?? 1));
  const sum = products.reduce((total, product) => total + product, 0);
  return products.every((product, index) => Math.abs(product / sum - routing[index]) < ROUNDING);
}

/**
 * @param {Row[]} rows
 * @returns {Ledger}
 */
function ledgerOf(rows) {
  return { columns: COLUMNS.filter((column) => rows.some((row) => row[column] !== null)), rows };
}

/**
 * The score if some experts had no say, or one had all of it: the others' weights in the same proportions. Null where
 * nobody is left to ask.
 * @param {readonly Row[]} rows
 * @param {{muted: ReadonlySet<string>, only: string | null}} intervention names of rows
 */
export function scoreUnder(rows, { muted, only }) {
  const asked = rows.filter(({ name }) => (only === null ? !muted.has(name) : name === only));
  const weight = asked.reduce((total, row) => total + (row.weight ?? 0), 0);
  if (asked.length === 0) return null;
  if (weight === 0) return asked.reduce((total, row) => total + (row.score ?? 0), 0) / asked.length;
  return asked.reduce((total, row) => total + (row.points ?? 0), 0) / weight;
}
