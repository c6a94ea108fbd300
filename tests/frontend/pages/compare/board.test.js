import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { canShowNothing, pairCell, rankedRows } from "../../../../frontend/static/js/pages/compare/board.js";
import { chosenTerm, termsOf } from "../../../../frontend/static/js/pages/compare/curves.js";
import { leaderboardCsv, pairCsv } from "../../../../frontend/static/js/pages/compare/exporting.js";
import { join } from "../../../../frontend/static/js/pages/compare/joining.js";
import { START, readState, writeState } from "../../../../frontend/static/js/pages/compare/state.js";
import { routerSentence } from "../../../../frontend/static/js/pages/compare/views/router.js";
import { board } from "../../samples/boards.js";

describe("ranks", () => {
  test("follow the part that is looked at", () => {
    const ids = (part) => rankedRows(board, part, "frozen").map(({ row }) => row.id);
    assert.deepEqual(ids("photographs"), ["moe", "no_gmm", "moe_seed"]);
    assert.deepEqual(ids("synthetic"), ["no_gmm", "moe", "moe_seed"]);
  });

  test("on fine-tuned features are their own, without those that were not measured there", () => {
    const rows = rankedRows(board, "photographs", "fine_tuned");
    assert.deepEqual(
      rows.map(({ row, rank, measured }) => [row.id, rank, measured.figures.photographs.srcc.median]),
      [
        ["no_gmm", 1, 0.87],
        ["moe", 2, 0.86],
      ],
    );
  });
});

describe("a pair", () => {
  test("has the row less the column, and the opposite when swapped", () => {
    const [cell, back] = [pairCell(board.pairwise, "moe", "moe_seed"), pairCell(board.pairwise, "moe_seed", "moe")];
    assert.deepEqual([cell.difference, cell.verdict, cell.splits], [0.069, "better", 10]);
    assert.deepEqual([back.difference, back.verdict, back.p_holm], [-0.069, "worse", cell.p_holm]);
  });

  test("of a checkpoint with itself, or with one that was not measured, has none", () => {
    assert.equal(pairCell(board.pairwise, "moe", "moe"), null);
    assert.equal(pairCell(board.pairwise, "moe", "other"), null);
  });

  test("cannot be shown where the smallest possible p is too large", () => {
    assert.equal(canShowNothing(board), false);
    assert.equal(canShowNothing({ ...board, pairwise: { ...board.pairwise, smallest_p_holm: 0.088 } }), true);
  });
});

describe("the verdict on a router", () => {
  const cost = (median, low, high, uniform, count = 10) => ({
    srcc: {},
    shuffled_cost: { median_difference: median, interval: { low, high }, p_value: 0.002, num_pairs: count },
    uniform_cost: { median_difference: uniform, interval: { low: 0, high: 1 }, p_value: 0.1, num_pairs: count },
    is_decorative: median < 0.02,
    min_cost: 0.02,
  });

  test("a router that costs a tenth when shuffled matters", () => {
    assert.equal(
      routerSentence("routing_weights", cost(0.0997, 0.087, 0.115, 0.07), "photographs"),
      "Shuffling the routing costs 0.100 SRCC on photographs (0.087 to 0.115): it matters there.",
    );
  });

  test("one that costs less than the limit is decorative, and equal weights say why", () => {
    const plain = routerSentence("routing_weights", cost(0.008, 0.004, 0.022, 0.007), "photographs");
    assert.match(plain, /costs 0\.008 SRCC on photographs .* it is decorative there\. .*plain average would do/);
    const uneven = routerSentence("posteriors", cost(0.017, 0.003, 0.023, 0.035), "synthetic");
    assert.match(uneven, /synthetic pictures .* decorative there\. .*the average weights count/);
  });

  test("a gain from shuffling is no cost", () => {
    assert.match(routerSentence("routing_weights", cost(-0.001, -0.01, 0.002, 0.0), "photographs"), /costs nothing/);
  });

  test("with few splits that is said", () => {
    assert.match(routerSentence("routing_weights", cost(0.1, 0.09, 0.11, 0.1, 3), "photographs"), /Only 3 splits/);
  });
});

describe("the address", () => {
  test("is read as it was written", () => {
    const state = {
      view: "pictures",
      a: "moe",
      b: "no_gmm",
      part: "synthetic",
      features: "fine_tuned",
      set: "photographs",
      term: "gate_z",
      picture: "astronaut/jpeg/5",
    };
    assert.deepEqual(readState(writeState(state)), state);
    assert.match(writeState(state), /picture=astronaut\/jpeg\/5/);
  });

  test("is empty at the start, and what it does not know is the start", () => {
    assert.equal(writeState(START), "");
    assert.deepEqual(readState("?view=nothing&part=&a="), START);
  });
});

test("terms that both have come as shared, and the wanted one wins if any has it", () => {
  const curves = [
    { checkpoint: "a", steps: [0], terms: { squared_error: [1], balance: [1] } },
    { checkpoint: "b", steps: [0], terms: { contrast: [1], squared_error: [1] } },
  ];
  const terms = termsOf(curves);
  assert.deepEqual(
    terms.filter(({ isShared }) => isShared).map(({ term }) => term),
    ["squared_error"],
  );
  assert.equal(chosenTerm(terms, "contrast"), "contrast");
  assert.equal(chosenTerm(terms, "unknown"), "squared_error");
  assert.equal(chosenTerm([], null), null);
});

test("the leaderboard's file has a line per checkpoint, part and kind of features", () => {
  const [header, ...lines] = leaderboardCsv(board).trim().split("\r\n");
  assert.equal(lines.length, 3 * 2 + 2 * 2);
  assert.ok(header.startsWith("checkpoint,variant,formulation"));
  assert.ok(lines.every((line) => line.split(",").length === header.split(",").length));
  assert.match(lines[0], /^moe,moe,stable,376276,frozen,photographs,10,1,0\.835,.*,no_gmm_304,0\.012,.*,better$/);
});

test("the pair's file has every joined picture with its difference", () => {
  const scored = { ids: ["x", "y"], scores: [10.123456, 20], clusters: null };
  const joined = join(scored, { ids: ["y", "x"], scores: [21, 10], clusters: ["1", "2"] });
  const lines = pairCsv(joined, "moe", "no_gmm", () => 50)
    .trim()
    .split("\r\n");
  assert.equal(
    lines[0],
    "id,label,score moe,score no_gmm,difference,rank moe,rank no_gmm,places,cluster moe,cluster no_gmm",
  );
  assert.deepEqual(lines.slice(1), ["x,50,10.1235,10,0.1235,2,2,0,,2", "y,50,20,21,-1,1,1,0,,1"]);
});
