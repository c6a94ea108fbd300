import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { expertSpread, sentencesOf } from "../../../../frontend/static/js/pages/score/sentence.js";
import { mixtureAnalysis, plainAnalysis } from "../../samples/analyses.js";

/** @param {[weight: number, score: number][]} figures */
function withExperts(figures, changes = {}) {
  const experts = figures.map(([weight, score], index) => ({
    name: ["blur", "noise", "clean"][index],
    kind: "expert",
    score,
    weight,
    contribution: weight * score,
  }));
  const value = experts.reduce((total, { contribution }) => total + contribution, 0);
  const score = { ...plainAnalysis().score, value, word: "poor" };
  return mixtureAnalysis({ experts, score, familiarity: null, distortion: null, ...changes });
}

describe("who has the say", () => {
  test("one that leads is named with its say and its own score", () => {
    assert.deepEqual(sentencesOf(withExperts([[0.96, 30], [0.04, 50]])), [
      "Poor: the expert “blur” has 96% of the say and gives 30.0.",
    ]);
  });

  test("two that share it are both named", () => {
    const [said] = sentencesOf(withExperts([[0.5, 30], [0.4, 34], [0.1, 40]]));
    assert.equal(
      said,
      "Poor: the experts “blur” (50% of the say) and “noise” (40%) decide; they give 30.0 and 34.0.",
    );
  });

  test("where nobody leads, no reason is claimed", () => {
    const [said] = sentencesOf(withExperts([[0.4, 30], [0.3, 32], [0.3, 31]]));
    assert.equal(said, "Poor: no expert leads; “blur” has the largest say, 40%.");
  });

  test("without experts it says so, and nothing of a mixture", () => {
    assert.deepEqual(sentencesOf(plainAnalysis()), [
      "Good, says one regressor: this variant has no experts to ask.",
    ]);
  });
});

describe("how far to trust it", () => {
  test("experts that pull apart are said to disagree, by their spread about the score", () => {
    const analysis = withExperts([[0.5, 20], [0.5, 60]]);
    assert.equal(expertSpread(analysis), 20);
    assert.ok(sentencesOf(analysis).includes("Those asked disagree: they lie 20.0 points off the score."));
    assert.equal(sentencesOf(withExperts([[0.5, 40], [0.5, 44]])).length, 1);
  });

  for (const [percentile, said] of [
    [0.4, /Unlike nearly all photographs/],
    [3, /an unusual photograph: 3.0% of those it was trained on/],
    [50, /a usual photograph/],
  ]) {
    test(`percentile ${percentile}`, () => {
      assert.match(sentencesOf(withExperts([[1, 30]], { familiarity: percentile })).at(-1), said);
    });
  }
});

describe("distortions", () => {
  const seen = (types) => sentencesOf(withExperts([[1, 30]], { distortion: { groups: {}, types } })).at(-1);

  test("a likely one is named, clean is no distortion, and none is named where none stands out", () => {
    assert.equal(seen({ jpeg: 0.7, clean: 0.3 }), "The likeliest distortion is JPEG (70%).");
    assert.match(seen({ jpeg: 0.1, clean: 0.9 }), /none of the distortions/);
    assert.equal(seen({ jpeg: 0.4, clean: 0.3, jitter: 0.3 }), "No single distortion stands out.");
  });
});
