import assert from "node:assert/strict";
import { describe, test } from "node:test";

import * as rules from "../../../../frontend/static/js/pages/studies/triage/rule.js";
import { LatestSaver } from "../../../../frontend/static/js/pages/studies/triage/saver.js";

const RULE = { checkpoint: "moe", kind: "points", low: 40, high: 60 };
const SCORES = rules.sorted([60, 39.9, 40, 10, 59.9, 80]);

describe("a rule", () => {
  test("is read as it was written", () => {
    assert.deepEqual(rules.readRule(rules.writeRule({ ...RULE, kind: "percentile", low: 12.5 })), { ...RULE, kind: "percentile", low: 12.5 });
    for (const text of [null, "moe,points,40", "moe,stars,1,2", "moe,points,10,101", "mo e,points,1,2"]) {
      assert.equal(rules.readRule(text), null);
    }
  });

  test("rejects below the low threshold and passes from the high one on", () => {
    assert.deepEqual(rules.counts(RULE, SCORES), { reject: 2, review: 2, pass: 2 });
    assert.deepEqual(rules.counts({ ...RULE, low: 0, high: 0 }, SCORES), { reject: 0, review: 0, pass: 6 });
    assert.deepEqual(rules.counts(RULE, rules.sorted([])), { reject: 0, review: 0, pass: 0 });
  });

  test("takes percentiles as NumPy does", () => {
    const scores = rules.sorted([10, 20, 30, 40]);
    assert.deepEqual([0, 50, 90, 100].map((percent) => rules.percentile(scores, percent)), [10, 25, 37, 40]);
    assert.deepEqual(rules.counts({ ...RULE, kind: "percentile", low: 50, high: 100 }, scores), { reject: 2, review: 1, pass: 1 });
  });

  test("never has its ends the wrong way round", () => {
    assert.deepEqual(rules.moved(RULE, "low", 70), { ...RULE, low: 70, high: 70 });
    assert.deepEqual(rules.moved(RULE, "high", -3), { ...RULE, low: 0, high: 0 });
  });

  test("puts as many pictures where they were after its unit changed", () => {
    const scores = rules.sorted(Array.from({ length: 101 }, (_, place) => place * 0.9));
    const other = rules.inKind(RULE, "percentile", scores);
    assert.equal(other.kind, "percentile");
    assert.deepEqual(rules.counts(other, scores), rules.counts(RULE, scores));
    assert.equal(rules.inKind(RULE, "points", scores), RULE);
  });
});

test("a histogram counts every score once, also those at its ends", () => {
  const found = rules.histogram(rules.sorted([0, 1.9, 2, 100, 55]), 50);
  assert.deepEqual([found[0], found[1], found[27], found[49]], [2, 1, 1, 1]);
  assert.equal(found.reduce((sum, count) => sum + count), 5);
});

test("of values that come fast, the last is kept last and what was overtaken is never sent", async () => {
  const sent = [];
  /** @type {(() => void)[]} */
  const doors = [];
  const saver = new LatestSaver((value) => {
    sent.push(value);
    return new Promise((resolve) => doors.push(resolve));
  });
  const work = saver.put(1);
  saver.put(2);
  saver.put(3);
  doors[0]();
  await new Promise((resolve) => setImmediate(resolve));
  doors[1]();
  await work;
  assert.deepEqual(sent, [1, 3]);
});
