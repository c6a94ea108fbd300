/** Analyses of three kinds of variants and a theme, as tests see them. */

import { GROUPS } from "../../../frontend/static/js/drawing/taxonomy.js";

export const THEME = Object.freeze({
  ink: "#111111",
  muted: "#555555",
  soft: "#aaaaaa",
  line: "#dddddd",
  surface: "#ffffff",
  band: "#f0f0f0",
  neutral: "#8d949c",
  font: "sans-serif",
});

const GROUP_NAMES = Object.keys(GROUPS);

/** A variant without clusters, experts or distortion probabilities. */
export function plainAnalysis(changes = {}) {
  return {
    id: "a1",
    created_at: "2026-11-23T06:00:00Z",
    filename: "cat.jpg",
    checkpoint: "no_gmm",
    variant: "no_gmm",
    formulation: "stable",
    score: { value: 61.2, std: 8.1, low: 47, high: 75.4, range: [0, 100], higher_is_better: true, word: "good" },
    posteriors: null,
    cluster_names: null,
    log_likelihood: null,
    familiarity: null,
    gating_weights: null,
    routing_weights: null,
    attention_weights: null,
    severities: null,
    severity_names: null,
    experts: [],
    distortion: null,
    image: { width: 512, height: 384, format: "JPEG", notes: [] },
    timing_ms: { decode: 4.1, features: 21, head: 1, total: 27 },
    weights_sha256: "0123456789abcdef".repeat(4),
    scored_checkpoints: ["no_gmm"],
    links: { self: "/api/v1/analyses/a1", page: "/analyses/a1", picture: "/p", thumbnail: "/t" },
    ...changes,
  };
}

/** Eight experts, of which blur and noise share nearly all of the weight. */
export function mixtureAnalysis(changes = {}) {
  const weights = GROUP_NAMES.map((name) => ({ blur: 0.6, noise: 0.28 })[name] ?? 0.02);
  const experts = GROUP_NAMES.map((name, index) => expert(name, "expert", 20 + 9 * index, weights[index]));
  return plainAnalysis({
    checkpoint: "moe",
    variant: "moe",
    score: { ...plainAnalysis().score, value: sum(experts.map(({ contribution }) => contribution)) },
    posteriors: weights,
    cluster_names: GROUP_NAMES,
    log_likelihood: -12.3,
    familiarity: 31.5,
    gating_weights: [...weights].reverse(),
    routing_weights: weights,
    experts,
    distortion: distortion(weights),
    ...changes,
  });
}

/** As the mixture, with a fusion path that holds a quarter of the weight, and no gate. */
export function fusionAnalysis() {
  const mixture = mixtureAnalysis();
  const experts = [
    ...mixture.experts.map(({ name, score, weight }) => expert(name, "expert", score, 0.75 * weight)),
    expert("fusion", "fusion", 70, 0.25),
  ];
  return { ...mixture, variant: "distortion_aware", gating_weights: null, experts };
}

export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

function expert(name, kind, score, weight) {
  return { name, kind, score, weight, contribution: score * weight };
}

/** Each type of a group gets an equal share of it. */
function distortion(weights) {
  const groups = Object.fromEntries(GROUP_NAMES.map((name, index) => [name, weights[index]]));
  const types = GROUP_NAMES.flatMap((group) =>
    GROUPS[group].map((type) => [type, groups[group] / GROUPS[group].length]),
  );
  return { groups, types: Object.fromEntries(types) };
}
