import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cellOf,
  clusterAt,
  clusterCounts,
  colourRange,
  extremes,
  layerAddress,
  moved,
  placeAt,
  places,
  readLayer,
  windowOf,
} from "../../../../frontend/static/js/pages/score/local/windows.js";

const LOCAL = Object.freeze({
  analysis: "a1",
  checkpoint: "moe",
  weights_sha256: "0".repeat(64),
  window_px: 128,
  stride_px: 32,
  rows: {
    spans: [
      [0, 128],
      [8, 140],
    ],
    edges: [0, 69, 140],
  },
  columns: {
    spans: [
      [0, 128],
      [32, 160],
      [64, 200],
    ],
    edges: [0, 80, 114, 200],
  },
  scores: [
    [41, 52.5, 60],
    [63, 38.2, 38.2],
  ],
  clusters: [
    [0, 0, 1],
    [1, 0, 3],
  ],
  cluster_names: ["clean", "blur", "noise", "color"],
  notes: [],
});

test("every pixel of the picture is in exactly one cell, and every cell in its window", () => {
  const covered = places(LOCAL).reduce((area, place) => area + cellOf(LOCAL, place).width * cellOf(LOCAL, place).height, 0);
  assert.equal(covered, 200 * 140);
  for (const place of places(LOCAL)) {
    const { x, y, width, height } = cellOf(LOCAL, place);
    assert.deepEqual(placeAt(LOCAL, x, y), place);
    assert.deepEqual(placeAt(LOCAL, x + width - 1, y + height - 1), place);
    const seen = windowOf(LOCAL, place);
    assert.ok(seen.x <= x && x + width <= seen.x + seen.width && seen.y <= y && y + height <= seen.y + seen.height);
  }
});

test("outside the picture there is no window", () => {
  for (const [x, y] of [
    [-1, 10],
    [200, 10],
    [10, 140],
  ]) {
    assert.equal(placeAt(LOCAL, x, y), null);
  }
});

test("the lowest window is the first of equals, and the mean is of all", () => {
  const { lowest, highest, mean } = extremes(LOCAL);
  assert.deepEqual(lowest, { row: 1, column: 1 });
  assert.deepEqual(highest, { row: 1, column: 0 });
  assert.ok(Math.abs(mean - (41 + 52.5 + 60 + 63 + 38.2 + 38.2) / 6) < 1e-9);
});

test("colours span tens around the scores, never less than twenty points, never past the scale", () => {
  const range = (...scores) => colourRange({ ...LOCAL, scores: [scores] });
  assert.deepEqual(colourRange(LOCAL), [30, 70]);
  assert.deepEqual(range(50), [40, 60]);
  assert.deepEqual(range(99.5, 100), [80, 100]);
  assert.deepEqual(range(0, 3), [0, 20]);
  assert.deepEqual(range(0, 100), [0, 100]);
});

test("clusters are counted by window, most first, without those that no window has", () => {
  assert.deepEqual(clusterCounts(LOCAL), [
    { name: "clean", count: 3 },
    { name: "blur", count: 2 },
    { name: "color", count: 1 },
  ]);
  assert.equal(clusterAt(LOCAL, { row: 1, column: 2 }), "color");
});

test("a variant without clusters has none to count or to name", () => {
  const plain = { ...LOCAL, clusters: null, cluster_names: null };
  assert.deepEqual(clusterCounts(plain), []);
  assert.equal(clusterAt(plain, { row: 0, column: 0 }), null);
});

test("arrow keys walk and stop at the border; Home and End go to the lowest and the highest", () => {
  const from = { row: 0, column: 2 };
  assert.deepEqual(moved(LOCAL, from, "ArrowLeft"), { row: 0, column: 1 });
  assert.deepEqual(moved(LOCAL, from, "ArrowDown"), { row: 1, column: 2 });
  assert.deepEqual(moved(LOCAL, from, "ArrowRight"), from);
  assert.deepEqual(moved(LOCAL, from, "ArrowUp"), from);
  assert.deepEqual(moved(LOCAL, from, "Home"), extremes(LOCAL).lowest);
  assert.deepEqual(moved(LOCAL, from, "End"), extremes(LOCAL).highest);
  assert.deepEqual(moved(LOCAL, null, "ArrowUp"), extremes(LOCAL).lowest);
  assert.equal(moved(LOCAL, from, "Tab"), null);
});

test("the layer is in the address, beside what else is there", () => {
  const here = { pathname: "/analyses/a1", search: "?checkpoint=moe" };
  const there = layerAddress(here, "cluster");
  assert.equal(there, "/analyses/a1?checkpoint=moe&local=cluster");
  assert.equal(readLayer(there.slice(there.indexOf("?"))), "cluster");
  assert.equal(layerAddress({ ...here, search: "?checkpoint=moe&local=cluster" }, "off"), "/analyses/a1?checkpoint=moe");
  assert.equal(layerAddress({ pathname: "/", search: "?local=quality" }, "off"), "/");
  assert.equal(readLayer("?local=everything"), "off");
});
