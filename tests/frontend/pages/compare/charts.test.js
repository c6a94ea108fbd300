import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { rankedRows } from "../../../../frontend/static/js/pages/compare/board.js";
import * as contingencyChart from "../../../../frontend/static/js/pages/compare/charts/contingency.js";
import * as cumulativeError from "../../../../frontend/static/js/pages/compare/charts/cumulative_error.js";
import * as errorHistogram from "../../../../frontend/static/js/pages/compare/charts/error_histogram.js";
import * as interventions from "../../../../frontend/static/js/pages/compare/charts/interventions.js";
import * as leaderboard from "../../../../frontend/static/js/pages/compare/charts/leaderboard.js";
import * as linkedChart from "../../../../frontend/static/js/pages/compare/charts/linked.js";
import { sideColors, signedColor } from "../../../../frontend/static/js/pages/compare/charts/pair.js";
import * as pairwise from "../../../../frontend/static/js/pages/compare/charts/pairwise.js";
import * as predicted from "../../../../frontend/static/js/pages/compare/charts/predicted.js";
import * as qualityErrors from "../../../../frontend/static/js/pages/compare/charts/quality_errors.js";
import * as training from "../../../../frontend/static/js/pages/compare/charts/training.js";
import * as types from "../../../../frontend/static/js/pages/compare/charts/types.js";
import { contingency } from "../../../../frontend/static/js/pages/compare/contingency.js";
import { join } from "../../../../frontend/static/js/pages/compare/joining.js";
import { cards } from "../../../../frontend/static/js/pages/compare/words.js";
import { board, spread } from "../../samples/boards.js";

const theme = {
  ink: "rgb(27, 31, 36)",
  muted: "rgb(86, 93, 103)",
  soft: "rgb(169, 176, 185)",
  line: "rgb(223, 225, 228)",
  surface: "rgb(253, 253, 252)",
  band: "rgb(241, 241, 238)",
  neutral: "rgb(141, 148, 156)",
  font: "sans-serif",
};
const dark = { ...theme, surface: "rgb(20, 23, 27)", band: "rgb(30, 35, 41)" };
const pair = { a: "moe", b: "no_gmm" };

const scored = {
  ids: ["x", "y", "z"],
  scores: [10, 20, 30],
  clusters: ["blur", "noise", "noise"],
};
const joined = join(scored, { ...scored, scores: [15, 20, 26] });
const linked = {
  joined,
  nameOf: (index) => joined.ids[index],
  labelOf: () => null,
  labelKind: "pseudo_mos",
  thumbnails: null,
  maps: null,
  groups: Uint16Array.of(0, 1, 1),
  groupNames: ["blur", "noise"],
  name: "samples",
};
const predictions = { ids: ["p", "q"], labels: [50, 60], scores: [55, 58] };
const sides = [
  { side: "a", checkpoint: "moe", predictions },
  { side: "b", checkpoint: "no_gmm", predictions: { ...predictions, scores: [40, 60] } },
];
const cost = {
  srcc: { own: spread(0.8), shuffled: spread(0.7), uniform: spread(0.72), wrong: spread(0.5), oracle: spread(0.95) },
  shuffled_cost: { median_difference: 0.1, interval: { low: 0.08, high: 0.11 }, num_pairs: 10 },
};
const errors = {
  upper_edges: { median: [43, 60] },
  mean_absolute_error: { median: [9, 5] },
  bias: { median: [6, -3] },
};
const curve = { checkpoint: "moe", steps: [0, 50], terms: { squared_error: [0.5, 0.1] } };

const CASES = [
  [leaderboard, { rows: rankedRows(board, "photographs", "frozen"), part: "photographs", pair }],
  [pairwise, { pairwise: board.pairwise, pair }],
  [linkedChart, { linked, pair, picked: 1 }],
  [contingencyChart, { contingency: contingency(joined.clusterA, joined.clusterB), pair }],
  [predicted, { sides }],
  [errorHistogram, { sides }],
  [cumulativeError, { sides }],
  [qualityErrors, { sides: [{ side: "a", checkpoint: "moe", figures: { quality_errors: errors } }] }],
  [types, { rows: rankedRows(board, "synthetic", "frozen") }],
  [interventions, { rows: [{ checkpoint: "moe", cost }], part: "photographs" }],
  [training, { sides: [{ side: "a", curve }], term: "squared_error" }],
];

for (const [chart, data] of CASES) {
  describe(chart.id, () => {
    const figure = chart.figure(data, theme);

    test("has a title and says how to read it", () => {
      assert.ok(cards[chart.id].title && cards[chart.id].help.length > 40);
    });

    test("has a twin whose rows are as wide as its head", () => {
      const { columns, rows } = chart.table(data);
      assert.ok(rows.length > 0);
      assert.ok(rows.every((row) => row.length === columns.length));
    });

    test("draws nothing that the content security policy forbids", () => {
      for (const trace of figure.data) {
        assert.notEqual(trace.type, "heatmap");
        assert.ok(!trace.marker?.showscale && !trace.marker?.colorbar);
      }
    });

    test("has two ends of every coordinate alike", () => {
      for (const { x, y } of figure.data) assert.equal(x.length, y.length);
    });
  });
}

test("only two charts are WebGL: browsers keep few such drawings alive", () => {
  const webgl = CASES.filter(([chart, data]) =>
    chart.figure(data, theme).data.some(({ type }) => type === "scattergl"),
  );
  assert.deepEqual(
    webgl.map(([chart]) => chart.id),
    ["linked", "predicted"],
  );
});

test("seed formulations are hollow, and the pair has its colours", () => {
  const data = { rows: rankedRows(board, "photographs", "frozen"), part: "photographs", pair };
  const dots = leaderboard.figure(data, theme).data.find(({ customdata }) => customdata);
  const { a, b } = sideColors(theme);
  assert.deepEqual(dots.marker.color, [a, b, theme.surface]);
});

test("a matrix leaves its diagonal out and marks what is shown and what is hinted at", () => {
  const [cells] = pairwise.figure({ pairwise: board.pairwise, pair }, theme).data;
  assert.equal(cells.text.length, 6);
  assert.deepEqual(cells.text, ["+0.014", "+0.069 ★", "-0.014", "+0.054 ☆", "-0.069 ★", "-0.054 ☆"]);
});

test("a point of the linked pictures carries its picture, at the second's score across and the first's up", () => {
  const { data } = linkedChart.figure({ linked, pair, picked: null }, theme);
  const points = data.flatMap(({ x, y, customdata }) => customdata.map((id, index) => [id, x[index], y[index]]));
  assert.deepEqual(points, [
    [0, 15, 10],
    [1, 20, 20],
    [2, 26, 30],
  ]);
});

test("signed colours are the page's at zero, and the sides' at the ends", () => {
  for (const colors of [theme, dark]) {
    const { a, b } = sideColors(colors);
    assert.deepEqual([signedColor(1, 1, colors), signedColor(-2, 2, colors)], [a, b]);
  }
  assert.equal(signedColor(0, 1, theme), "#f1f1ee");
  assert.notDeepEqual(sideColors(theme), sideColors(dark));
});

test("types keep the taxonomy's order, and a missing figure has no cell", () => {
  const rows = rankedRows(board, "synthetic", "frozen");
  assert.deepEqual(
    types.measuredTypes({ rows }).map(({ name }) => name),
    ["gaussian_blur", "jpeg", "mean_shift"],
  );
  assert.equal(types.figure({ rows }, theme).data[0].text.length, 4);
});
