import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { nameOf, parted, saidFields } from "../../../../frontend/static/js/pages/studies/draft.js";
import { MOST_DOTS, dotsOf } from "../../../../frontend/static/js/pages/studies/dots.js";
import { groupsOf } from "../../../../frontend/static/js/pages/studies/groups.js";
import { againstBaseline, coverageOf, isAbove, rowsOf } from "../../../../frontend/static/js/pages/studies/verdict.js";
import { START, orderOf, readState, sortedBy, writeState } from "../../../../frontend/static/js/pages/studies/view_state.js";
import { Selection } from "../../../../frontend/static/js/sending/selection.js";

const LIMITS = { batchBytes: 1000, batchFiles: 9, fileBytes: 500, extensions: [".png"] };
const candidate = (path) => ({
  path,
  isFromFolder: path.includes("/"),
  file: { name: path.split("/").at(-1), size: 1, lastModified: 1, type: "" },
});
const estimate = (value, low = value - 0.1, high = value + 0.1) => ({ value, low, high });

describe("what is about to be sent", () => {
  test("tables among pictures are their labels", () => {
    const { pictures, tables } = parted(["d/a.png", "d/scores.CSV", "d/b.png"].map(candidate));
    assert.deepEqual(
      pictures.map(({ path }) => path),
      ["d/a.png", "d/b.png"],
    );
    assert.deepEqual(
      tables.map(({ name }) => name),
      ["scores.CSV"],
    );
  });

  test("a study is called after its archive or the one folder of its pictures", () => {
    const named = (...paths) => nameOf(new Selection(LIMITS).with(paths.map(candidate)));
    assert.equal(named("holiday.zip"), "holiday");
    assert.equal(named("d/a.png", "d/e/b.png"), "d");
    assert.equal(named("a.png", "d/b.png"), "");
    assert.equal(named(), "");
  });

  test("what nobody said is not sent, and a range goes with both ends", () => {
    const said = { low: "1", high: "", direction: "", columns: {} };
    assert.deepEqual(saidFields(said), []);
    assert.deepEqual(saidFields({ ...said, high: "5", direction: "dmos", columns: { image: "shot" } }), [
      ["low", "1"],
      ["high", "5"],
      ["direction", "dmos"],
      ["columns", '{"image":"shot"}'],
    ]);
  });
});

describe("the address", () => {
  test("says how pictures are looked at, and nothing at the start", () => {
    const state = { checkpoint: "moe", other: "", sort: "score", isDescending: true, query: "a b", page: 3, rule: "moe,points,40,60", triage: "review", choice: "undecided", tag: "sky", pair: [4, 17] };
    assert.deepEqual(readState(writeState(state)), state);
    assert.equal(writeState(START), "");
    assert.deepEqual(readState("?sort=nothing&page=-1&pair=1-x&rule=moe,points,x,2&triage=none&decision=x"), START);
  });

  test("the worst come first: by error where there are labels, by score where there are none", () => {
    assert.deepEqual(orderOf(START, true), { sort: "absolute_error", isDescending: true });
    assert.deepEqual(orderOf(START, false), { sort: "score", isDescending: false });
  });

  test("a head sorts by its column and then the other way round", () => {
    const once = sortedBy({ ...START, page: 4 }, "disagreement", true);
    assert.deepEqual([once.isDescending, once.page], [true, 1]);
    assert.equal(sortedBy(once, "disagreement", true).isDescending, false);
    assert.equal(sortedBy(START, "absolute_error", true).isDescending, false);
    assert.equal(sortedBy(START, "label", true).isDescending, false);
  });
});

describe("the verdict", () => {
  const checkpoint = (id, srcc) => ({ id, agreement: srcc === null ? null : { srcc: estimate(srcc) } });
  const figures = {
    best: "moe",
    as_good: ["no_gmm"],
    checkpoints: [checkpoint("no_gmm", 0.7), checkpoint("moe", 0.8), checkpoint("other", 0.2)],
    to_best: [{ checkpoint: "no_gmm", srcc: estimate(-0.1) }],
    to_baseline: [{ checkpoint: "moe", srcc: estimate(0.1, 0.02, 0.2) }],
  };

  test("the highest SRCC stands on top, with what cannot be told from it", () => {
    const rows = rowsOf(figures);
    assert.deepEqual(
      rows.map(({ figures: { id }, standing }) => [id, standing]),
      [
        ["moe", "best"],
        ["no_gmm", "as_good"],
        ["other", null],
      ],
    );
    assert.equal(rows[1].toBest.value, -0.1);
    assert.equal(rows[0].toBest, null);
    assert.equal(againstBaseline(figures).value, 0.1);
    assert.equal(againstBaseline({ ...figures, best: "no_gmm" }), null);
  });

  test("only an interval above zero shows something", () => {
    assert.ok(isAbove(estimate(0.1, 0.02, 0.2)));
    assert.ok(!isAbove(estimate(0.1, 0, 0.2)));
    assert.ok(!isAbove({ value: null, low: null, high: null }));
  });

  test("intervals hold what they promise unless these labels say otherwise", () => {
    const coverage = (value, low, high) => coverageOf({ promised: 0.9, measured: { value, low, high } });
    assert.equal(coverage(0.85, 0.8, 0.92), "kept");
    assert.equal(coverage(0.7, 0.6, 0.8), "narrow");
    assert.equal(coverage(1, 0.97, 1), "wide");
  });
});

describe("near-duplicates", () => {
  test("stand in the order of the figures, with the score of the checkpoint that ranks them", () => {
    const scores = {
      positions: [0, 2, 3],
      filenames: ["a.png", "c.png", "d.png"],
      labels: [],
      checkpoints: [
        { checkpoint: "no_gmm", scores: [1, 2, 3] },
        { checkpoint: "moe", scores: [10, 20, 30] },
      ],
    };
    assert.deepEqual(groupsOf({ checkpoint: "moe", groups: [["d.png", "a.png"], ["c.png", "gone.png"]] }, scores), [
      [
        { position: 3, filename: "d.png", score: 30 },
        { position: 0, filename: "a.png", score: 10 },
      ],
    ]);
  });
});

describe("the dots", () => {
  const all = (count) => ({
    positions: Array.from({ length: count }, (_, row) => row),
    filenames: Array.from({ length: count }, (_, row) => `${row}.png`),
    labels: Array.from({ length: count }, (_, row) => (row % 2 ? null : row)),
    checkpoints: [{ checkpoint: "moe", scores: Array.from({ length: count }, (_, row) => row / 2) }],
  });

  test("are the pictures that have a label", () => {
    const dots = dotsOf(all(5), "moe");
    assert.deepEqual(dots, {
      positions: [0, 2, 4],
      filenames: ["0.png", "2.png", "4.png"],
      labels: [0, 2, 4],
      scores: [0, 1, 2],
    });
    assert.deepEqual(dotsOf(all(5), "none").positions, []);
  });

  test("of very many, a part that is always the same", () => {
    const dots = dotsOf(all(30_000), "moe");
    assert.equal(dots.positions.length, MOST_DOTS);
    assert.equal(new Set(dots.positions).size, MOST_DOTS);
    assert.ok(dots.positions.at(-1) > 29_000);
  });
});
