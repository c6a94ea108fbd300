import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  headlineOf,
  pairCell,
  pairsOn,
  rankedRows,
  shippedFeatures,
} from "../../../../frontend/static/js/pages/compare/board.js";
import { chosenTerm, termsOf } from "../../../../frontend/static/js/pages/compare/curves.js";
import { leaderboardCsv, pairCsv } from "../../../../frontend/static/js/pages/compare/exporting.js";
import { join } from "../../../../frontend/static/js/pages/compare/joining.js";
import { START, readState, writeState } from "../../../../frontend/static/js/pages/compare/state.js";
import { matrixText, ruleText } from "../../../../frontend/static/js/pages/compare/views/board.js";
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
});

describe("the headline", () => {
  const views = ["photographs", "synthetic"].flatMap((part) =>
    ["frozen", "fine_tuned"].map((features) => ({ part, features })),
  );
  for (const { part, features } of views)
    test(`of a mixture beside the plain baseline is its row of the table: ${part}, ${features}`, () => {
      const { row, measured } = rankedRows(board, part, features).find((entry) => entry.row.id === "moe");
      const { recipe, [part]: against } = measured.matched_baseline;
      for (const pair of [
        { a: "moe", b: "no_gmm" },
        { a: "no_gmm", b: "moe" },
      ]) {
        const { first, second, found, ...headline } = headlineOf(board, { part, features }, pair);
        assert.deepEqual([first, second, headline.part], [row.id, recipe, part]);
        assert.deepEqual(
          [found.difference, found.splits, found.test, found.p_holm, found.comparisons, found.verdict],
          [
            against.comparison.median_difference,
            against.comparison.num_pairs,
            against.test,
            against.p_holm,
            against.num_comparisons,
            against.verdict,
          ],
        );
      }
    });

  for (const features of ["frozen", "fine_tuned"])
    test(`of any other pair is its cell of the matrix: ${features}`, () => {
      const pairs = pairsOn(board, features);
      for (const [a, b] of pairs.ids.flatMap((a) => pairs.ids.map((b) => [a, b]))) {
        const headline = headlineOf(board, { part: "synthetic", features }, { a, b });
        if (a === b) assert.equal(headline, null);
        else if (headline.parameters === null) {
          assert.deepEqual(headline.found, pairCell(pairs, a, b));
          assert.equal(headline.part, pairs.part);
        }
      }
    });

  test("says nothing of a checkpoint without figures on these features, or where there are no pairs", () => {
    const tuned = { part: "photographs", features: "fine_tuned" };
    assert.equal(headlineOf(board, tuned, { a: "moe", b: "moe_seed" }), null);
    const without = { ...board, pairwise_fine_tuned: null };
    assert.equal(headlineOf(without, tuned, { a: "moe", b: "moe_seed" }), null);
    assert.equal(headlineOf(without, tuned, { a: "moe", b: "no_gmm" }).second, "no_gmm_304");
  });
});

test("the features that ship are the fine-tuned ones as soon as one checkpoint has them", () => {
  assert.equal(shippedFeatures(board), "fine_tuned");
  const frozen = board.checkpoints.map((row) => ({ ...row, fine_tuned: null }));
  assert.equal(shippedFeatures({ ...board, checkpoints: frozen }), "frozen");
});

describe("the stars of the matrix", () => {
  const text = (pairwise) => matrixText(pairwise, "frozen", board.rule);
  const say = (word) => ({
    ...board.pairwise,
    verdict: board.pairwise.verdict.map((row) => row.map((found) => found && word)),
  });

  test("are explained where there are any, and only those", () => {
    assert.match(text(board.pairwise), /★: .*☆: /);
    assert.doesNotMatch(text(say("better")), /☆/);
    for (const word of ["no difference shown", "too few splits"]) assert.doesNotMatch(text(say(word)), /[★☆]/);
  });

  test("are said to be missing where no pair is shown", () => {
    for (const word of ["no difference shown", "hinted at: worse"])
      assert.match(text(say(word)), /No difference of a pair is shown/);
  });

  test("name the test that gave them", () => {
    assert.match(text(board.pairwise), /Wilcoxon’s test after Holm’s correction over all 3 pairs/);
    assert.match(text(board.pairwise_fine_tuned), /corrected resampled t-test after .* over the one pair.*Wilcoxon’s .* left out/);
  });
});

test("the rule below the table is that of the tests in it", () => {
  const text = (features) => ruleText(rankedRows(board, "photographs", features), "photographs", board.rule);
  assert.match(text("frozen"), /p of Wilcoxon’s test after .* over the 2 checkpoints/);
  assert.doesNotMatch(text("frozen"), /in its place/);
  assert.match(text("fine_tuned"), /^Shown: .*corrected resampled t-test after .* over the 2 checkpoints/);
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
    assert.deepEqual(readState("?view=nothing&part=&a=&features=other"), START);
  });

  test("names frozen features, because those that ship are shown otherwise", () => {
    assert.equal(readState("").features, null);
    assert.equal(readState(writeState({ ...START, features: "frozen" })).features, "frozen");
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
