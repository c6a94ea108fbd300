import assert from "node:assert/strict";
import { test } from "node:test";

import * as format from "../../../frontend/static/js/kit/language/format.js";

test("scores have one decimal, points two, shares become per cent", () => {
  assert.equal(format.score(61.25), "61.3");
  assert.equal(format.score(100), "100.0");
  assert.equal(format.points(6.6), "6.60");
  assert.equal(format.percent(0.1234), "12.3%");
});

test("sizes change from kilobytes to megabytes at a million bytes", () => {
  assert.equal(format.bytes(1), "1 kB");
  assert.equal(format.bytes(999_000), "999 kB");
  assert.equal(format.bytes(20_000_000), "20 MB");
});

test("limits are in mebibytes, durations in the unit that suits them", () => {
  assert.equal(format.mebibytes(20 * 2 ** 20), "20 MiB");
  assert.equal(format.duration(0.2), "1 sec");
  assert.equal(format.duration(600), "10 min");
  assert.equal(format.duration(5400), "1.5 hr");
});

test("a hash is told by twelve digits", () => {
  assert.equal(format.shortHash("0123456789abcdef"), "0123456789ab");
});

test("an absent cell is a dash, zero is not absent", () => {
  assert.equal(format.cell(null, "percent"), "–");
  assert.equal(format.cell(0, "percent"), "0.0%");
  assert.equal(format.cell("blur", "text"), "blur");
});
