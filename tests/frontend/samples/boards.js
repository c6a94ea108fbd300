/** A leaderboard of three checkpoints, as the service sends it. */

export const spread = (median, half = 0.02) => ({ median, low: median - half, high: median + half });

const figures = (srcc) => ({
  srcc: spread(srcc),
  plcc: spread(srcc + 0.01),
  plcc_fitted: spread(srcc + 0.02),
  krcc: spread(srcc - 0.2),
  rmse: spread(11, 1),
  srcc_interval: { low: srcc - 0.03, high: srcc + 0.03 },
});

const measured = (photographs, synthetic, matched = null) => ({
  num_splits: 10,
  figures: { photographs: figures(photographs), synthetic: figures(synthetic) },
  matched_baseline: matched,
  plain: null,
  away: [],
});

const comparison = {
  median_difference: 0.012,
  interval: { low: 0.006, high: 0.016 },
  p_value: 0.004,
  num_pairs: 10,
};
const against = {
  comparison,
  test: "signed_rank",
  num_comparisons: 2,
  p_holm: 0.023,
  p_corrected: 0.036,
  verdict: "better",
};
const few = {
  ...against,
  comparison: { ...comparison, median_difference: 0.011, num_pairs: 3 },
  test: "corrected_t",
  p_holm: 0.36,
  verdict: "hinted at: better",
};

export const board = {
  split_sha256: "6a1a5fa1133bd9bc",
  seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  rule: { level: 0.05, min_splits: 6, min_splits_corrected: 3 },
  checkpoints: [
    {
      id: "moe",
      variant: "moe",
      formulation: "stable",
      title: "Mixture",
      parameter_count: 376276,
      ranks: { photographs: 1, synthetic: 2 },
      frozen: measured(0.835, 0.84, {
        recipe: "no_gmm_304",
        parameter_count: 379698,
        photographs: against,
        synthetic: { ...against, verdict: "hinted at: better" },
      }),
      fine_tuned: measured(0.86, 0.9, {
        recipe: "no_gmm_304",
        parameter_count: 379698,
        photographs: few,
        synthetic: { ...few, verdict: "no difference shown" },
      }),
      srcc_by_type: { jpeg: spread(0.9), mean_shift: spread(0.2), gaussian_blur: null },
    },
    {
      id: "no_gmm",
      variant: "no_gmm",
      formulation: "stable",
      title: "Baseline",
      parameter_count: 148610,
      ranks: { photographs: 2, synthetic: 1 },
      frozen: measured(0.82, 0.85),
      fine_tuned: measured(0.87, 0.88),
      srcc_by_type: { jpeg: spread(0.86), mean_shift: spread(0.12) },
    },
    {
      id: "moe_seed",
      variant: "moe",
      formulation: "seed",
      title: "As written",
      parameter_count: 218592,
      ranks: { photographs: 3, synthetic: 3 },
      frozen: measured(0.76, 0.75),
      fine_tuned: null,
      srcc_by_type: null,
    },
  ],
  pairwise: {
    part: "photographs",
    figure: "srcc",
    ids: ["moe", "no_gmm", "moe_seed"],
    median_difference: [
      [null, 0.014, 0.069],
      [-0.014, null, 0.054],
      [-0.069, -0.054, null],
    ],
    low: [
      [null, -0.002, 0.06],
      [-0.02, null, 0.05],
      [-0.08, -0.06, null],
    ],
    high: [
      [null, 0.02, 0.08],
      [0.002, null, 0.06],
      [-0.06, -0.05, null],
    ],
    p_holm: [
      [null, 1, 0.006],
      [1, null, 0.09],
      [0.006, 0.09, null],
    ],
    p_corrected: [
      [null, 0.4, 0.01],
      [0.4, null, 0.01],
      [0.01, 0.01, null],
    ],
    num_pairs: [
      [null, 10, 10],
      [10, null, 10],
      [10, 10, null],
    ],
    verdict: [
      [null, "no difference shown", "better"],
      ["no difference shown", null, "hinted at: better"],
      ["worse", "hinted at: worse", null],
    ],
    test: [
      [null, "signed_rank", "signed_rank"],
      ["signed_rank", null, "signed_rank"],
      ["signed_rank", "signed_rank", null],
    ],
    num_comparisons: 3,
    smallest_p_holm: 0.00586,
  },
  pairwise_fine_tuned: {
    part: "photographs",
    figure: "srcc",
    ids: ["moe", "no_gmm"],
    median_difference: [
      [null, 0.013],
      [-0.013, null],
    ],
    low: [
      [null, 0.01],
      [-0.02, null],
    ],
    high: [
      [null, 0.02],
      [-0.01, null],
    ],
    p_holm: [
      [null, 0.2],
      [0.2, null],
    ],
    p_corrected: [
      [null, 0.2],
      [0.2, null],
    ],
    num_pairs: [
      [null, 3],
      [3, null],
    ],
    verdict: [
      [null, "hinted at: better"],
      ["hinted at: worse", null],
    ],
    test: [
      [null, "corrected_t"],
      ["corrected_t", null],
    ],
    num_comparisons: 1,
    smallest_p_holm: 0,
  },
};
