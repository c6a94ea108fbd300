import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { agreement, contingency } from "../../../../frontend/static/js/pages/compare/contingency.js";
import { correlation, join, mostChanged, ranks, summary } from "../../../../frontend/static/js/pages/compare/joining.js";

const moe = {
  ids: ["a", "b", "c", "d"],
  scores: [10, 40, 20, 80],
  clusters: ["blur", "noise", "blur", null],
};
const other = { ids: ["d", "c", "b", "e"], scores: [60, 50, 40, 1], clusters: ["noise", "noise", "noise", "blur"] };

describe("a checkpoint joined with itself", () => {
  const joined = join(moe, moe);

  test("has no difference and no change of rank", () => {
    assert.deepEqual([...joined.delta], [0, 0, 0, 0]);
    assert.deepEqual([...joined.places], [0, 0, 0, 0]);
    assert.deepEqual(joined.unmatched, { a: 0, b: 0 });
  });

  test("orders the pictures as itself", () => {
    const { count, srcc, meanDelta, medianSize, mostPlaces } = summary(joined);
    assert.deepEqual([count, meanDelta, medianSize, mostPlaces], [4, 0, 0, 0]);
    assert.ok(Math.abs(srcc - 1) < 1e-12);
  });

  test("has its clusters on the diagonal", () => {
    const table = contingency(joined.clusterA, joined.clusterB);
    assert.deepEqual(table.rows, table.columns);
    table.counts.forEach((line, row) => line.forEach((count, column) => assert.equal(count > 0, row === column)));
    assert.equal(agreement(table), 1);
    assert.equal(table.left, 1);
  });
});

describe("two checkpoints", () => {
  const joined = join(moe, other);

  test("are joined by id, whatever their order, and what only one has is counted", () => {
    assert.deepEqual(joined.ids, ["b", "c", "d"]);
    assert.deepEqual([...joined.rows], [1, 2, 3]);
    assert.deepEqual([...joined.a], [40, 20, 80]);
    assert.deepEqual([...joined.b], [40, 50, 60]);
    assert.deepEqual(joined.unmatched, { a: 1, b: 1 });
  });

  test("a positive difference and a positive change of rank both mean: higher by the first", () => {
    assert.deepEqual([...joined.delta], [0, -30, 20]);
    assert.deepEqual([...joined.rankA], [2, 3, 1]);
    assert.deepEqual([...joined.rankB], [3, 2, 1]);
    assert.deepEqual([...joined.places], [1, -1, 0]);
  });

  test("changed about, differences change their sign", () => {
    const back = join(other, moe);
    const byId = new Map(back.ids.map((id, index) => [id, back.delta[index]]));
    joined.ids.forEach((id, index) => assert.equal(byId.get(id) + joined.delta[index], 0));
  });

  test("those that differ most come first, whatever the direction", () => {
    assert.deepEqual(mostChanged(joined.delta, 2), [1, 2]);
  });
});

test("equal scores share their mean rank, and ranks always add up", () => {
  assert.deepEqual([...ranks([5, 9, 5, 1])], [2.5, 1, 2.5, 4]);
  assert.equal(
    ranks([3, 3, 3, 3, 3]).reduce((sum, rank) => sum + rank, 0),
    15,
  );
});

test("opposite orders correlate at -1, constant ones not at all", () => {
  const rising = Float64Array.of(1, 2, 3);
  assert.ok(Math.abs(correlation(rising, Float64Array.of(3, 2, 1)) + 1) < 1e-12);
  assert.ok(Number.isNaN(correlation(rising, Float64Array.of(2, 2, 2))));
});

test("a variant without clusters joins without them", () => {
  assert.equal(join(moe, { ...other, clusters: null }).clusterB, null);
});

test("the same clusters under other names still lie on the diagonal; every picture is counted once", () => {
  const first = ["x", "x", "y", "y", "y", "z"];
  const second = ["1", "1", "3", "3", "2", "2"];
  const table = contingency(first, second);
  assert.deepEqual(table.rows, ["y", "x", "z"]);
  assert.deepEqual(table.columns, ["3", "1", "2"]);
  assert.deepEqual(table.counts, [
    [2, 0, 1],
    [0, 2, 0],
    [0, 0, 1],
  ]);
  assert.equal(agreement(table), 5 / 6);
});
