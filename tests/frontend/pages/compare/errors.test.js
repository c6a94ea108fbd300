import assert from "node:assert/strict";
import { test } from "node:test";

import { cumulative, errorAt, errorBins, errorsOf } from "../../../../frontend/static/js/pages/compare/errors.js";
import { sameSplit } from "../../../../frontend/static/js/pages/compare/splits.js";

const predictions = { scores: [50, 62, 30.5, 70, 41], labels: [55, 60, 30, 40, 41] };
const errors = errorsOf(predictions);

test("an error is positive where a picture is praised too much", () => {
  assert.deepEqual(errors, [-5, 2, 0.5, 30, 0]);
});

test("pictures of other splits are not compared, and a side that cannot name its splits is not taken for another", () => {
  const [one, other, unknown] = ["a", "b", null].map((split) => ({ split_sha256: split }));
  assert.equal(sameSplit([one, one]), true);
  assert.equal(sameSplit([one, other]), false);
  assert.equal(sameSplit([one]), true);
  assert.equal(sameSplit([one, unknown]), true);
});

test("every picture is in one bin, for both sides in the same bins, and zero is an edge", () => {
  const { edges, counts } = errorBins([errors, [-29.99, 29.99]], 12);
  assert.deepEqual(
    counts.map((found) => found.reduce((sum, count) => sum + count, 0)),
    [5, 2],
  );
  assert.ok(edges.includes(0));
  assert.equal(edges[0], -edges.at(-1));
  assert.ok(edges.at(-1) >= 30);
});

test("errors that are all zero are counted, too", () => {
  const { counts } = errorBins([[0, 0, 0]], 10);
  assert.equal(
    counts[0].reduce((sum, count) => sum + count, 0),
    3,
  );
});

test("the cumulative error never falls and ends at 1", () => {
  const { error, share } = cumulative(errors);
  for (let index = 1; index < share.length; index += 1) {
    assert.ok(share[index] > share[index - 1]);
    assert.ok(error[index] >= error[index - 1]);
  }
  assert.deepEqual([share[0], share.at(-1), error.at(-1)], [0, 1, 30]);
});

test("half of five pictures are within the third smallest error", () => {
  const curve = cumulative(errors);
  assert.equal(errorAt(curve, 0.5), 2);
  assert.equal(errorAt(curve, 1), 30);
  assert.equal(errorAt(curve, 0.6), 2);
});
