import assert from "node:assert/strict";
import { test } from "node:test";

import { START, readState, writeState } from "../../../../frontend/static/js/pages/map/state.js";

const FULL = {
  study: "a".repeat(32),
  checkpoint: "moe",
  map: "1f084e23c8a8",
  color: "score",
  hidden: ["10..20", "a&b=c d,e"],
  brushes: { score: [20, 60], score_error: [-7.5, 0] },
  lasso: [
    [0, -1.5],
    [3.25, 4],
    [1e-7, 12],
  ],
  view: { x: 1.5, y: -2, span: 7.25 },
  row: 0,
  page: 3,
  analysis: "f".repeat(32),
};

test("the whole state survives the way through the address", () => {
  assert.deepEqual(readState(writeState(FULL)), FULL);
});

test("the start has an empty query, and an empty query is the start", () => {
  assert.equal(writeState(START), "");
  assert.deepEqual(readState(""), START);
});

test("an address of a lasso can be read by people", () => {
  assert.equal(
    writeState({
      ...START,
      lasso: [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    }),
    "?lasso=0,1;2,3;4,5",
  );
});

for (const query of [
  "?lasso=1,2;3,4",
  "?lasso=1,2;x,4;5,6",
  "?view=1,2",
  "?view=1,2,0",
  "?row=-1",
  "?row=1e3",
  "?page=0",
  "?in.score=60,20",
  "?in.score=,5",
]) {
  test(`${query} is not understood and changes nothing`, () => assert.deepEqual(readState(query), START));
}
