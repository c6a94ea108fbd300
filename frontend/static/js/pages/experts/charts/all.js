/** The page's charts in their order: which part of the answer each draws, and in which section it stands. */

import * as bic from "./bic.js";
import * as clusterAgreement from "./cluster_agreement.js";
import * as partUse from "./part_use.js";
import * as routingReplaced from "./routing_replaced.js";
import * as skillMatrix from "./skill_matrix.js";
import * as weightEntropy from "./weight_entropy.js";
import * as weightMatrix from "./weight_matrix.js";

/** @typedef {{experts: import("contract").ExpertsResponse, state: import("../state.js").ExpertsState}} View */
/** @typedef {import("../../../drawing/theme.js").Theme} Theme */

/**
 * @typedef {object} PageChart
 * @property {string} id
 * @property {"routing" | "skill" | "clusters"} section
 * @property {(view: View) => boolean} applies
 * @property {(view: View, theme: Theme) => import("../../../drawing/plot.js").Figure} figure
 * @property {(view: View) => import("../../../drawing/table.js").Table} table
 */

/**
 * A chart of what it finds in a view; where it finds nothing, it does not apply.
 * @template Found
 * @param {Pick<PageChart, "id" | "section">} name
 * @param {(view: View) => Found | null} find
 * @param {(found: Found, theme: Theme) => import("../../../drawing/plot.js").Figure} figure
 * @param {(found: Found) => import("../../../drawing/table.js").Table} table
 * @returns {PageChart}
 */
function chartOf(name, find, figure, table) {
  const found = (/** @type {View} */ view) => {
    const part = find(view);
    if (part === null) throw new TypeError(`got a view without a part, expected one that ${name.id} applies to`);
    return part;
  };
  return {
    ...name,
    applies: (view) => find(view) !== null,
    figure: (view, theme) => figure(found(view), theme),
    table: (view) => table(found(view)),
  };
}

/**
 * Use, entropy and weights by distortion, which experts and clusters have alike.
 * @param {"expert" | "cluster"} part
 */
function partCharts(part) {
  const section = part === "expert" ? "routing" : "clusters";
  const useOf = (/** @type {View} */ { experts: { usage } }) =>
    (part === "expert" ? usage?.experts : usage?.clusters) ?? null;
  const matrixOf = (/** @type {View} */ view) => {
    const use = useOf(view);
    if (!use?.by_group.length) return null;
    const rows = view.state.rows === "group" ? use.by_group : use.by_type;
    return { rows, names: use.names, part, by: view.state.rows };
  };
  return [
    chartOf(
      { id: `${part}_use`, section },
      useOf,
      (use, theme) => partUse.figure(use, theme, part),
      (use) => partUse.table(use, part),
    ),
    chartOf(
      { id: `${part}_entropy`, section },
      (view) => useOf(view)?.entropy ?? null,
      weightEntropy.figure,
      weightEntropy.table,
    ),
    chartOf({ id: `${part}_weights`, section }, matrixOf, weightMatrix.figure, weightMatrix.table),
  ];
}

/**
 * @param {Pick<PageChart, "id" | "section">} name
 * @param {"routing_weights" | "posteriors"} replaced what the evaluation replaced
 */
function replacedChart(name, replaced) {
  return chartOf(
    name,
    ({ experts: { folds } }) => (folds?.interventions?.replaced === replaced ? folds.interventions : null),
    routingReplaced.figure,
    routingReplaced.table,
  );
}

/** @param {View} view @returns {import("./skill_matrix.js").SkillMatrix | null} */
const skillOf = ({ experts: { usage }, state }) =>
  usage?.skill && usage.experts
    ? { skill: usage.skill, names: usage.experts.names, measure: state.measure }
    : null;

/** @param {View} view @returns {import("./weight_matrix.js").Matrix | null} */
const callsOf = ({ experts: { usage } }) =>
  usage?.experts_by_cluster && usage.experts
    ? { rows: usage.experts_by_cluster, names: usage.experts.names, part: "expert", by: "cluster" }
    : null;

/** @param {View} view */
const agreementsOf = ({ experts: { usage, folds } }) =>
  usage?.agreement || folds?.agreement ? { usage: usage?.agreement, folds: folds?.agreement } : null;

/** @param {View} view */
const bicOf = ({ experts: { folds, num_clusters: used } }) => (folds?.bic?.length ? { entries: folds.bic, used } : null);

/** @type {readonly PageChart[]} */
export const CHARTS = Object.freeze([
  ...partCharts("expert"),
  replacedChart({ id: "replaced_routing", section: "routing" }, "routing_weights"),
  chartOf({ id: "skill", section: "skill" }, skillOf, skillMatrix.figure, skillMatrix.table),
  ...partCharts("cluster"),
  chartOf({ id: "cluster_experts", section: "clusters" }, callsOf, weightMatrix.figure, weightMatrix.table),
  chartOf({ id: "agreement", section: "clusters" }, agreementsOf, clusterAgreement.figure, clusterAgreement.table),
  replacedChart({ id: "replaced_posteriors", section: "clusters" }, "posteriors"),
  chartOf({ id: "bic", section: "clusters" }, bicOf, bic.figure, bic.table),
]);
