import assert from "node:assert/strict";
import { test } from "node:test";

import { CrossFilter, countOf, countsByCode, legendMask, rowsOf } from "../../../../frontend/static/js/pages/map/selection.js";

const mask = (...bytes) => Uint8Array.from(bytes);

test("without filters everything passes", () => {
  assert.deepEqual([...new CrossFilter(3).rows()], [0, 1, 2]);
});

test("filters pass together what each of them passes", () => {
  const filter = new CrossFilter(4);
  filter.set("lasso", mask(1, 1, 1, 0));
  filter.set("score", mask(0, 1, 1, 1));
  assert.deepEqual([...filter.rows()], [1, 2]);
});

test("seen without one of them, the others still hold", () => {
  const filter = new CrossFilter(4);
  filter.set("lasso", mask(1, 1, 1, 0));
  filter.set("score", mask(0, 1, 1, 1));
  assert.deepEqual(filter.mask("score"), mask(1, 1, 1, 0));
  assert.deepEqual(filter.mask("never set"), mask(0, 1, 1, 0));
});

test("a filter is replaced, and lifted by null", () => {
  const filter = new CrossFilter(2);
  filter.set("lasso", mask(1, 0));
  filter.set("lasso", mask(0, 1));
  assert.deepEqual([...filter.rows()], [1]);
  filter.set("lasso", null);
  assert.deepEqual([...filter.rows()], [0, 1]);
});

test("more filters than there are bits are refused", () => {
  const filter = new CrossFilter(1);
  for (let number = 0; number < 31; number += 1) filter.set(String(number), mask(1));
  assert.throws(() => filter.set("one more", mask(1)), /more than 31/);
});

test("rows and their number agree", () => {
  assert.deepEqual(rowsOf(mask(0, 1, 0, 1)), new Uint32Array([1, 3]));
  assert.equal(countOf(mask(0, 1, 0, 1)), 2);
});

test("categories are counted among the set rows, also those that have none", () => {
  const counts = countsByCode(Uint16Array.from([0, 2, 2, 1]), mask(1, 1, 1, 0), 4);
  assert.deepEqual(counts, new Uint32Array([1, 0, 2, 0]));
});

test("a legend with nothing hidden filters nothing", () => {
  const codes = Uint16Array.from([0, 1, 2]);
  assert.equal(legendMask(codes, new Set()), null);
  assert.deepEqual(legendMask(codes, new Set([1])), mask(1, 0, 1));
});
