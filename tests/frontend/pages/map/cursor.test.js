import assert from "node:assert/strict";
import { test } from "node:test";

import { DIRECTIONS, nearestRow, nextRow } from "../../../../frontend/static/js/pages/map/cursor.js";

const points = { x: new Float32Array([0, 3, 1, -2, 0, 0]), y: new Float32Array([0, 0, 2, 0, 1, -5]) };
const all = new Uint8Array(6).fill(1);
const { ArrowLeft, ArrowRight, ArrowUp, ArrowDown } = DIRECTIONS;

test("the nearest point is found within reach and among those that pass", () => {
  assert.equal(nearestRow(points, all, [2.8, 0.1]), 1);
  assert.equal(nearestRow(points, all, [20, 20], 3), null);
  assert.equal(nearestRow(points, Uint8Array.from([1, 0, 1, 1, 1, 1]), [2.8, 0.1], 1), null);
});

test("each arrow leads to the nearest point on its side", () => {
  assert.deepEqual(
    [ArrowRight, ArrowUp, ArrowLeft, ArrowDown].map((way) => nextRow(points, all, 0, way)),
    [1, 4, 3, 5],
  );
});

test("where nothing lies in a direction, the cursor stays", () => {
  assert.equal(nextRow(points, all, 5, ArrowDown), 5);
});

test("hidden points are passed over", () => {
  assert.equal(nextRow(points, Uint8Array.from([1, 1, 1, 1, 0, 1]), 0, ArrowUp), 2);
});

test("points at one place do not hold the cursor", () => {
  const pile = { x: new Float32Array([0, 0, 1]), y: new Float32Array([0, 0, 0]) };
  assert.equal(nextRow(pile, new Uint8Array(3).fill(1), 0, ArrowRight), 2);
});
