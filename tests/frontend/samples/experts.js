/** Answers about experts of three kinds of variants, as tests see them. */

import { GROUPS } from "../../../frontend/static/js/drawing/taxonomy.js";

export const GROUP_NAMES = Object.keys(GROUPS);
export const STATE = Object.freeze({ checkpoint: "moe", map: null, rows: "group", measure: "error" });

const spread = (median) => ({ median, low: median - 0.05, high: median + 0.05 });

/** Weights that follow the group: each group's own part holds nearly all. */
function following(names) {
  return names.map((name, index) => ({
    name,
    count: 20,
    mean_weights: GROUP_NAMES.map((_, part) => (part === index ? 0.93 : 0.01)),
  }));
}

export function useOfEight(changes = {}) {
  return {
    names: GROUP_NAMES,
    mean_weights: Array(8).fill(1 / 8),
    top_shares: [0.2, 0.05, ...Array(6).fill(0.125)],
    dead: [],
    effective_number: 8,
    entropy: { edges: [0, 1, 2.08], counts: [70, 30], mean: 0.3, maximum: 2.08, saturation: 0.54 },
    by_group: following(GROUP_NAMES),
    by_type: Object.entries(GROUPS).flatMap(([group, types]) =>
      types.map((name) => ({ ...following(GROUP_NAMES)[GROUP_NAMES.indexOf(group)], name })),
    ),
    type_information: { nats: 1.4, normalised: 0.55 },
    group_information: { nats: 1.3, normalised: 0.7 },
    ...changes,
  };
}

const skill = GROUP_NAMES.map((group, row) => ({
  group,
  count: 80,
  errors: GROUP_NAMES.map((_, expert) => (expert === row ? 5 : 12.5)),
  correlations: GROUP_NAMES.map((_, expert) => (row === 0 ? null : expert === row ? 0.9 : -0.2)),
  score_error: 6,
  score_correlation: row === 0 ? null : 0.88,
}));

const folds = {
  num_splits: 10,
  features: "fine_tuned",
  agreement: {
    group: { ami: spread(0.76), nmi: spread(0.77) },
    type: { ami: spread(0.61), nmi: spread(0.62) },
    content: { ami: spread(0.01), nmi: spread(0.03) },
  },
  bic: [
    { num_clusters: 4, ...spread(200) },
    { num_clusters: 8, ...spread(100) },
    { num_clusters: 16, ...spread(50) },
  ],
  interventions: {
    replaced: "routing_weights",
    photographs: { own: spread(0.83), shuffled: spread(0.73) },
    synthetic: { own: spread(0.84), shuffled: spread(0.62), oracle: spread(0.97) },
    cost: { photographs: { srcc: 0.1, is_decorative: false }, synthetic: { srcc: 0.22, is_decorative: false } },
  },
};

const map = {
  address: "0123456789ab",
  image_set: "samples",
  label_kind: "pseudo_mos",
  label_scale: "moments",
  is_training_data: false,
  num_pictures: 2016,
  num_contents: 16,
  num_rated: 2016,
  num_visible: 1600,
  min_visible_level: 2,
  thumbnails: { tile_px: 80, columns: 16, tiles_per_sheet: 256, sheets: ["/s0"] },
};

/** A mixture of eight experts on eight clusters. */
export function mixtureExperts(changes = {}) {
  return {
    checkpoint: "moe",
    weights_sha256: "a".repeat(64),
    variant: "moe",
    formulation: "stable",
    num_clusters: 8,
    num_experts: 8,
    maps: [{ address: map.address, name: "samples", count: 2016 }],
    refused: [],
    map,
    usage: {
      experts: useOfEight(),
      clusters: useOfEight(),
      skill,
      portraits: [],
      experts_by_cluster: following(GROUP_NAMES),
      cluster_expert_information: { nats: 1.5, normalised: 0.8 },
      agreement: {
        group: { ami: 0.7, nmi: 0.71 },
        type: { ami: 0.6, nmi: 0.61 },
        content: { ami: 0.02, nmi: 0.03 },
      },
    },
    examples: GROUP_NAMES.map(() => []),
    folds,
    folds_fault: null,
    ...changes,
  };
}

/** Clusters that nobody routes by. */
export function clusterExperts() {
  const whole = mixtureExperts();
  const usage = { ...whole.usage, experts: null, skill: null, portraits: null, experts_by_cluster: null };
  return {
    ...whole,
    variant: "vanilla_gmm",
    num_experts: null,
    usage: { ...usage, cluster_expert_information: null },
    folds: { ...folds, interventions: { ...folds.interventions, replaced: "posteriors" } },
  };
}

/** Neither clusters nor experts. */
export function plainExperts() {
  const { usage } = clusterExperts();
  return mixtureExperts({
    variant: "no_gmm",
    num_clusters: null,
    num_experts: null,
    usage: { ...usage, clusters: null, agreement: null },
    examples: null,
    folds: { num_splits: 10, features: "frozen", agreement: null, bic: null, interventions: null },
  });
}
