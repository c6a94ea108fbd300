import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { binCodes, brushMask, extentOf, nearestEdge, niceEdges } from "../../../frontend/static/js/mapdata/histograms.js";

test("the extent passes over what has no value; nothing has none", () => {
  assert.deepEqual(extentOf(new Float32Array([Number.NaN, 3, -2])), [-2, 3]);
  assert.equal(extentOf(new Float32Array([Number.NaN])), null);
});

describe("edges", () => {
  for (const [range, bins, expected] of [
    [[0, 100], 10, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]],
    [[-3, 7], 5, [-4, -2, 0, 2, 4, 6, 8]],
    [[0, 0.3], 3, [0, 0.1, 0.2, 0.3]],
    [[5, 5], 4, [4, 6]],
    [[0, 0], 4, [0, 1]],
  ]) {
    test(`${range} in about ${bins}: ${expected}`, () => assert.deepEqual(niceEdges(range, bins), expected));
  }

  test("they hold every value of a range, at equal steps", () => {
    for (const range of [
      [0.013, 0.97],
      [-104.9, -19.8],
      [1e-9, 1.51],
      [3, 3.0001],
    ]) {
      const edges = niceEdges(range, 20);
      assert.ok(edges[0] <= range[0] && edges.at(-1) >= range[1], `${range}: ${edges}`);
      assert.ok(edges.length <= 23);
      assert.ok(Math.abs(edges[1] - edges[0] - (edges.at(-1) - edges.at(-2))) < 1e-9);
    }
  });
});

test("a value on an edge belongs to the bin above it, the last edge to the last bin", () => {
  const codes = binCodes(new Float32Array([0, 9.99, 10, 20, 20.1, -0.1, Number.NaN]), [0, 10, 20]);
  assert.deepEqual([...codes], [0, 0, 1, 1, 2, 2, 2]);
});

test("a brush holds the bars that it covers, and nothing without a value", () => {
  const edges = [0, 10, 20, 30];
  const codes = binCodes(new Float32Array([5, 10, 19.9, 20, Number.NaN]), edges);
  assert.deepEqual([...brushMask(codes, edges, [10, 20])], [0, 1, 1, 0, 0]);
  assert.deepEqual([...brushMask(codes, edges, [0, 30])], [1, 1, 1, 1, 0]);
  assert.equal(brushMask(codes, edges, null), null);
});

test("numbers snap to the nearest edge, also from far away", () => {
  assert.deepEqual(
    [4, 6, -50, 500].map((value) => nearestEdge([0, 10, 20], value)),
    [0, 1, 0, 2],
  );
});
