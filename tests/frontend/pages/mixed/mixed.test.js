import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { mixedAddress } from "../../../../frontend/static/js/kit/addresses.js";
import { askInTurn } from "../../../../frontend/static/js/lab/lanes.js";
import { gridCsv } from "../../../../frontend/static/js/pages/mixed/csv.js";
import { axesOf, gridOf, placesOf, ratedOf, within } from "../../../../frontend/static/js/pages/mixed/grid.js";
import { compareOrder } from "../../../../frontend/static/js/pages/mixed/order.js";
import { START, readState, writeState } from "../../../../frontend/static/js/pages/mixed/state.js";
import { cellName } from "../../../../frontend/static/js/pages/mixed/words.js";
import { mixtureAnalysis, plainAnalysis } from "../../samples/analyses.js";
import { NAMES, RATED, mixedView } from "../../samples/mixed.js";

const APPLICABLE = {
  blur: { gaussian_blur: null },
  compression: { jpeg: null },
  spatial: { mirror: "Mirrored" },
};

/** Takes one after the other. */
function from(...waiting) {
  return () => waiting.shift();
}

describe("the address", () => {
  test("is read as it was written", () => {
    const state = { ...START, analysis: "a1", checkpoint: "moe", first: "jpeg", second: "mirror", row: 0, column: 5 };
    assert.deepEqual(readState(writeState(state), APPLICABLE), state);
    const rated = { ...START, analysis: "a1", grid: "mdivl_blur_jpeg" };
    assert.deepEqual(readState(writeState(rated), APPLICABLE), rated);
    assert.equal(writeState(START), "");
  });

  test("with parts that do not exist is that of the start", () => {
    for (const query of ["?first=fog", "?second=clean", "?row=-1", "?row=2.5", "?column=x", "?row=100", "?first=constructor"])
      assert.deepEqual(readState(query, APPLICABLE), START);
  });

  test("of the lab of one distortion leads to the same picture with its distortion first", () => {
    const read = (shown) => readState(mixedAddress(shown).replace("/lab/mixed", ""), APPLICABLE);
    const { analysis, checkpoint, first } = read({ analysis: "a1", checkpoint: "moe", type: "mirror" });
    assert.deepEqual([analysis, checkpoint, first], ["a1", "moe", "mirror"]);
    assert.equal(read({ analysis: null, checkpoint: "moe", type: "jpeg" }).analysis, null);
  });
});

describe("a grid", () => {
  test("has none and five levels of each distortion, whichever two they are", () => {
    const grid = gridOf({ ...START, first: "jpeg", second: "jpeg" }, [RATED], ["JPEG", "JPEG"]);
    assert.equal(grid.name, "jpeg+jpeg");
    assert.deepEqual(grid.axes.rows, ["none", "1", "2", "3", "4", "5"]);
    assert.equal(grid.rated, null);
  });

  test("that people rated has their amounts, and is one of its own two distortions alone", () => {
    const grid = gridOf({ ...START, grid: RATED.name }, [RATED], NAMES);
    assert.deepEqual([grid.name, grid.rated], [RATED.name, RATED]);
    assert.deepEqual(grid.axes.rows, ["none", "1.33"]);
    assert.equal(gridOf({ ...START, first: "jpeg", grid: RATED.name }, [RATED], NAMES).rated, null);
  });

  test("is known by the order of its distortions", () => {
    assert.deepEqual(ratedOf([RATED], { first: "gaussian_blur", second: "jpeg" }), [RATED]);
    assert.deepEqual(ratedOf([RATED], { first: "jpeg", second: "gaussian_blur" }), []);
  });

  test("is asked for from the chosen cell on, each cell once", () => {
    const grid = gridOf(START, [], NAMES);
    const places = placesOf(grid, { row: 3, column: 2 });
    assert.deepEqual(places.slice(0, 2), [
      { row: 3, column: 2 },
      { row: 0, column: 0 },
    ]);
    assert.equal(new Set(places.map(({ row, column }) => `${row}/${column}`)).size, 36);
  });

  test("moves a cell that lies beyond it to its end", () => {
    const grid = gridOf({ ...START, grid: RATED.name }, [RATED], NAMES);
    assert.deepEqual(within(grid, { row: 5, column: 1 }), { row: 1, column: 1 });
  });

  test("says what is done in a cell, with its units", () => {
    const axes = axesOf(RATED, NAMES);
    assert.equal(cellName(axes, { row: 1, column: 2 }), "Gaussian blur σ 1.33, then JPEG quality 10");
    const noise = { distortion_type: "white_noise", stated: [1, 14], parameters: [0.0005, 0.025] };
    const numbered = axesOf({ ...RATED, first: noise }, ["white noise", "JPEG"]);
    assert.equal(cellName(numbered, { row: 1, column: 2 }), "white noise no. 14, then JPEG quality 10");
    assert.equal(cellName(axes, { row: 0, column: 2 }), "no Gaussian blur, then JPEG quality 10");
  });
});

describe("cells are asked for", () => {
  test("the first one alone, then two at a time", async () => {
    const [begun, finish] = [[], []];
    const ask = (place) => {
      begun.push(place);
      return new Promise((resolve) => finish.push(resolve));
    };
    const { signal } = new AbortController();
    const done = askInTurn({ next: from("a", "b", "c", "d"), ask, signal });
    assert.deepEqual(begun, ["a"]);
    for (const expected of [3, 4, 4, 4]) {
      finish.shift()();
      await new Promise(setImmediate);
      assert.equal(begun.length, expected);
    }
    await done;
  });

  test("until the reader goes on to something else", async () => {
    const controller = new AbortController();
    const begun = [];
    const ask = async (place) => {
      begun.push(place);
      controller.abort();
    };
    await askInTurn({ next: from("a", "b", "c"), ask, signal: controller.signal });
    assert.deepEqual(begun, ["a"]);
  });
});

describe("the order of people and checkpoint", () => {
  const scoresLike = (rated) => rated.means.map((line) => [...line]);

  test("is the same where scores are people's means", () => {
    const { clear, same, others } = compareOrder(RATED, scoresLike(RATED));
    assert.ok(clear > 0);
    assert.deepEqual([same, others], [clear, []]);
  });

  test("is turned around by DMOS, which are low where quality is high", () => {
    const dmos = { ...RATED, worst: 100, best: 0 };
    assert.equal(compareOrder(dmos, scoresLike(dmos)).same, 0);
    const falling = scoresLike(dmos).map((line) => line.map((mean) => 100 - mean));
    assert.equal(compareOrder(dmos, falling).others.length, 0);
  });

  test("counts no pair that people hardly told apart, and names the others from the largest gain", () => {
    const rated = { ...RATED, means: [[90, 89, 20], [60, 50, 10]], standard_errors: [[1, 1, 1], [1, 1, 1]] };
    const { clear, others } = compareOrder(rated, [[90, 95, 20], [60, 70, 65]]);
    assert.equal(clear, 14);
    assert.deepEqual(
      others.map(({ gain }) => gain),
      [45, 10, 5],
    );
    assert.deepEqual(others[0], { better: { row: 0, column: 2 }, worse: { row: 1, column: 2 }, gain: 45 });
  });

  test("leaves out cells that nobody rated or that are not scored", () => {
    const rated = { ...RATED, means: [[null, 80, 20], [60, 40, 10]] };
    assert.equal(compareOrder(rated, [[99, null, null], [60, null, 10]]).clear, 1);
  });
});

describe("the CSV", () => {
  test("has a line for each cell, with people's means beside where there are any", () => {
    const lines = gridCsv(mixedView(mixtureAnalysis()), { first: "gaussian_blur", second: "jpeg" }).trim().split("\r\n");
    assert.equal(lines.length, 1 + 6);
    const [head, , second] = lines.map((line) => line.replace("\ufeff", "").split(","));
    const cell = Object.fromEntries(head.map((name, index) => [name, second[index]]));
    assert.deepEqual(
      [cell.first, cell.first_amount, cell.second, cell.second_amount, cell.people_mean, cell.top_cluster],
      ["gaussian_blur", "0.001", "jpeg", "30", "70", "blur"],
    );
  });

  test("leaves empty what is not known or not there", () => {
    const view = mixedView(plainAnalysis());
    view.cells[1][2] = null;
    const lines = gridCsv(view, { first: "gaussian_blur", second: "jpeg" }).trim().split("\r\n");
    assert.match(lines[6], /^,gaussian_blur,1\.33,jpeg,10,,,,,,,,15,1$/);
    assert.match(lines[1], /,,,,,93\.5,1$/);
  });
});
