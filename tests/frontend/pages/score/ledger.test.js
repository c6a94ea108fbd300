import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { clusterLedger, expertLedger, scoreUnder } from "../../../../frontend/static/js/pages/score/ledger/rows.js";
import { fusionAnalysis, mixtureAnalysis, plainAnalysis, sum } from "../../samples/analyses.js";

const nobody = { muted: new Set(), only: null };

/** Posteriors and a gate whose product, over its sum, routes. */
function gatedAnalysis() {
  const mixture = mixtureAnalysis();
  const posteriors = [0.5, 0.2, 0.1, 0.05, 0.05, 0.05, 0.03, 0.02];
  const gate = [0.1, 0.4, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05];
  const products = posteriors.map((posterior, index) => posterior * gate[index]);
  const routing = products.map((product) => product / sum(products));
  const experts = mixture.experts.map((expert, index) => ({
    ...expert,
    weight: routing[index],
    contribution: routing[index] * expert.score,
  }));
  return { ...mixture, posteriors, gating_weights: gate, routing_weights: routing, experts };
}

describe("expert ledger", () => {
  for (const [name, analysis] of [
    ["mixture", gatedAnalysis()],
    ["fusion", fusionAnalysis()],
  ]) {
    test(`${name}: weight times own score are the points, which add up to the score`, () => {
      const { rows } = expertLedger(analysis);
      for (const { weight, score, points } of rows) assert.ok(Math.abs(weight * score - points) < 1e-9);
      assert.ok(Math.abs(sum(rows.map(({ points }) => points)) - scoreUnder(rows, nobody)) < 1e-9);
    });

    test(`${name}: who adds most comes first`, () => {
      const points = expertLedger(analysis).rows.map((row) => row.points);
      assert.deepEqual(
        points,
        points.toSorted((one, other) => other - one),
      );
    });
  }

  test("where the weights are gate times posterior, both stand in the expert's row, and clusters have no table", () => {
    const analysis = gatedAnalysis();
    const { columns, rows } = expertLedger(analysis);
    assert.deepEqual(columns, ["gate", "posterior", "weight", "score", "points"]);
    for (const { name, gate, posterior } of rows) {
      const index = analysis.experts.findIndex((expert) => expert.name === name);
      assert.deepEqual([gate, posterior], [analysis.gating_weights[index], analysis.posteriors[index]]);
    }
    assert.equal(clusterLedger(analysis), null);
  });

  test("experts that are no cluster's stand apart from the clusters", () => {
    const analysis = { ...fusionAnalysis(), posteriors: [0.9, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01, 0.01] };
    assert.deepEqual(expertLedger(analysis).columns, ["weight", "score", "points"]);
    assert.deepEqual(clusterLedger(analysis).columns, ["posterior"]);
  });

  test("without experts there is none, and without a mixture no clusters", () => {
    assert.equal(expertLedger(plainAnalysis()), null);
    assert.equal(clusterLedger(plainAnalysis()), null);
  });

  test("attention stands beside the posterior of its cluster", () => {
    const attention = [0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
    const analysis = { ...mixtureAnalysis(), experts: [], routing_weights: null, attention_weights: attention };
    const { columns, rows } = clusterLedger(analysis);
    assert.deepEqual(columns, ["posterior", "attention"]);
    assert.equal(rows.find(({ name }) => name === analysis.cluster_names[0]).attention, 0.3);
  });
});

describe("score under another routing", () => {
  const { rows } = expertLedger(gatedAnalysis());

  test("one expert alone gives its own score", () => {
    for (const { name, score } of rows) {
      assert.ok(Math.abs(scoreUnder(rows, { muted: new Set(), only: name }) - score) < 1e-9);
    }
  });

  test("without one, the others keep their proportions", () => {
    const [first, ...others] = rows;
    const expected = sum(others.map(({ points }) => points)) / sum(others.map(({ weight }) => weight));
    assert.ok(Math.abs(scoreUnder(rows, { muted: new Set([first.name]), only: null }) - expected) < 1e-9);
  });

  test("with everybody muted there is no score", () => {
    assert.equal(scoreUnder(rows, { muted: new Set(rows.map(({ name }) => name)), only: null }), null);
  });

  test("an expert without a weight can be asked all the same", () => {
    const [first, ...others] = rows;
    const unheard = { ...first, weight: 0, points: 0 };
    assert.equal(scoreUnder([unheard, ...others], { muted: new Set(), only: first.name }), first.score);
  });
});
