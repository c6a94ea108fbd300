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
 * Use, entropy and weights by distortion, which experts and clusters have alike.
 * @param {"expert" | "cluster"} part
 * @returns {PageChart[]}
 */
function partCharts(part) {
  const section = part === "expert" ? "routing" : "clusters";
  const useOf = (/** @type {View} */ { experts: { usage } }) =>
    usage && (part === "expert" ? usage.experts : usage.clusters);
  const matrixOf = (/** @type {View} */ view) => {
    const { by_group: groups, by_type: types, names } = useOf(view);
    return { rows: view.state.rows === "group" ? groups : types, names, part, by: view.state.rows };
  };
  return [
    {
      id: `${part}_use`,
      section,
      applies: (view) => Boolean(useOf(view)),
      figure: (view, theme) => partUse.figure(useOf(view), theme, part),
      table: (view) => partUse.table(useOf(view), part),
    },
    {
      id: `${part}_entropy`,
      section,
      applies: (view) => Boolean(useOf(view)),
      figure: (view, theme) => weightEntropy.figure(useOf(view).entropy, theme),
      table: (view) => weightEntropy.table(useOf(view).entropy),
    },
    {
      id: `${part}_weights`,
      section,
      applies: (view) => Boolean(useOf(view)?.by_group.length),
      figure: (view, theme) => weightMatrix.figure(matrixOf(view), theme),
      table: (view) => weightMatrix.table(matrixOf(view)),
    },
  ];
}

/**
 * @param {string} id
 * @param {"routing" | "clusters"} section
 * @param {"routing_weights" | "posteriors"} replaced what the evaluation replaced
 * @returns {PageChart}
 */
function replacedChart(id, section, replaced) {
  return {
    id,
    section,
    applies: ({ experts: { folds } }) => folds?.interventions?.replaced === replaced,
    figure: ({ experts: { folds } }, theme) => routingReplaced.figure(folds.interventions, theme),
    table: ({ experts: { folds } }) => routingReplaced.table(folds.interventions),
  };
}

/** @param {View} view @returns {import("./skill_matrix.js").SkillMatrix} */
const skillOf = ({ experts: { usage }, state }) => ({
  skill: usage.skill,
  names: usage.experts.names,
  measure: state.measure,
});

/** @param {View} view @returns {import("./weight_matrix.js").Matrix} */
const callsOf = ({ experts: { usage } }) => ({
  rows: usage.experts_by_cluster,
  names: usage.experts.names,
  part: "expert",
  by: "cluster",
});

/** @param {View} view */
const agreementsOf = ({ experts: { usage, folds } }) => ({ usage: usage?.agreement, folds: folds?.agreement });

/** @param {View} view */
const bicOf = ({ experts: { folds, num_clusters: used } }) => ({ entries: folds.bic, used });

/** @type {readonly PageChart[]} */
export const CHARTS = Object.freeze([
  ...partCharts("expert"),
  replacedChart("replaced_routing", "routing", "routing_weights"),
  {
    id: "skill",
    section: "skill",
    applies: ({ experts: { usage } }) => Boolean(usage?.skill),
    figure: (view, theme) => skillMatrix.figure(skillOf(view), theme),
    table: (view) => skillMatrix.table(skillOf(view)),
  },
  ...partCharts("cluster"),
  {
    id: "cluster_experts",
    section: "clusters",
    applies: ({ experts: { usage } }) => Boolean(usage?.experts_by_cluster),
    figure: (view, theme) => weightMatrix.figure(callsOf(view), theme),
    table: (view) => weightMatrix.table(callsOf(view)),
  },
  {
    id: "agreement",
    section: "clusters",
    applies: (view) => Object.values(agreementsOf(view)).some(Boolean),
    figure: (view, theme) => clusterAgreement.figure(agreementsOf(view), theme),
    table: (view) => clusterAgreement.table(agreementsOf(view)),
  },
  replacedChart("replaced_posteriors", "clusters", "posteriors"),
  {
    id: "bic",
    section: "clusters",
    applies: ({ experts: { folds } }) => Boolean(folds?.bic?.length),
    figure: (view, theme) => bic.figure(bicOf(view), theme),
    table: (view) => bic.table(bicOf(view)),
  },
]);
