import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { inTurn } from "../../../../frontend/static/js/kit/net/in_turn.js";
import * as place from "../../../../frontend/static/js/pages/score/place/chart.js";
import { loadSmallMap } from "../../../../frontend/static/js/pages/score/place/small_map.js";
import * as sideBySide from "../../../../frontend/static/js/pages/score/side_by_side/chart.js";
import { THEME, mixtureAnalysis, plainAnalysis } from "../../samples/analyses.js";
import { smallApi, smallMap } from "../../samples/maps.js";

/** Steps that write down what happens. */
function recorder(work) {
  const log = [];
  const steps = {
    work,
    onStart: (item, count) => log.push(`start ${item} ${count}`),
    onResult: (item, result) => log.push(`result ${item} ${result}`),
    onFailure: (item, error) => log.push(`failure ${item} ${error.message}`),
  };
  return { log, steps };
}

describe("one after the other", () => {
  test("items are worked through in order, never two at once", async () => {
    let running = 0;
    const { log, steps } = recorder(async (item) => {
      running += 1;
      assert.equal(running, 1);
      await null;
      running -= 1;
      return item * 2;
    });
    await inTurn([1, 2], steps, new AbortController().signal);
    assert.deepEqual(log, ["start 1 0", "result 1 2", "start 2 1", "result 2 4"]);
  });

  test("a failure is told and the rest goes on", async () => {
    const { log, steps } = recorder(async (item) => {
      if (item === 1) throw new Error("busy");
      return item;
    });
    await inTurn([1, 2], steps, new AbortController().signal);
    assert.deepEqual(log, ["start 1 0", "failure 1 busy", "start 2 1", "result 2 2"]);
  });

  test("once it is cancelled nothing is asked, and nothing is heard of what was under way", async () => {
    const controller = new AbortController();
    const { log, steps } = recorder(async () => {
      controller.abort();
      throw new Error("aborted");
    });
    await inTurn([1, 2], steps, controller.signal);
    assert.deepEqual(log, ["start 1 0"]);
  });
});

describe("all checkpoints side by side", () => {
  const subject = { analyses: [mixtureAnalysis(), plainAnalysis()], current: "no_gmm" };

  test("each mark stands at its score and its line spans the interval", () => {
    const [marks] = sideBySide.figure(subject, THEME).data;
    const { value, low, high } = plainAnalysis().score;
    assert.equal(marks.x[1], value);
    assert.ok(Math.abs(marks.error_x.array[1] - (high - value)) < 1e-9);
    assert.ok(Math.abs(marks.error_x.arrayminus[1] - (value - low)) < 1e-9);
  });

  test("only the checkpoint on the page is filled", () => {
    assert.deepEqual(sideBySide.figure(subject, THEME).data[0].marker.color, [THEME.surface, THEME.ink]);
  });

  test("the axis is the scale with its unit, and every checkpoint has a row", () => {
    const { xaxis, yaxis } = sideBySide.figure(subject, THEME).layout;
    assert.deepEqual(xaxis.range, [0, 100]);
    assert.match(xaxis.title.text, /points/);
    assert.deepEqual(yaxis.ticktext, ["moe", "no_gmm"]);
    assert.equal(sideBySide.table(subject).rows.length, 2);
  });

  test("one score alone is no comparison", () => {
    assert.equal(sideBySide.applies({ analyses: [plainAnalysis()], current: "no_gmm" }), false);
  });
});

describe("place on the map", () => {
  const placement = {
    x: 10,
    y: 1,
    distance: 2,
    warning_distance: 6,
    is_far: false,
    neighbours: [
      { row: 1, distance: 0.5, weight: 0.75 },
      { row: 3, distance: 1.5, weight: 0.25 },
    ],
  };
  const load = async () => {
    const fixture = smallMap();
    const columns = { ...fixture.map.columns, type: { ...fixture.map.columns.group, url: "/columns/group" } };
    const map = { ...fixture.map, columns };
    return loadSmallMap(smallApi(fixture), map, new AbortController().signal);
  };
  const subjectOf = (small) => ({ ...small, placement, nameOf: (row) => small.pictures.nameOf(row) });

  test("every picture is a dot of its group, those without one by themselves", async () => {
    const { data } = place.figure(subjectOf(await load()), THEME);
    const dots = data.filter(({ mode, hoverinfo }) => mode === "markers" && hoverinfo === "skip");
    assert.deepEqual(
      dots.map(({ x }) => x.length),
      [1, 2, 2, 1],
    );
  });

  test("the star is where the service says, with a line to each neighbour", async () => {
    const { data } = place.figure(subjectOf(await load()), THEME);
    const lines = data.find(({ mode }) => mode === "lines");
    assert.deepEqual(lines.x, [10, 1, null, 10, 3, null]);
    const star = data.at(-1);
    assert.deepEqual([star.x, star.y, star.marker.symbol], [[10], [1], "star"]);
  });

  test("the picture is in view wherever it lies", async () => {
    const { layout } = place.figure(subjectOf(await load()), THEME);
    assert.ok(layout.xaxis.range[0] < 0 && layout.xaxis.range[1] > 10);
  });

  test("the table names the nearest pictures with distance and share", async () => {
    const { columns, rows } = place.table(subjectOf(await load()));
    assert.equal(rows.length, 2);
    assert.deepEqual(rows[0].slice(1, 3), [0.5, 0.75]);
    for (const row of rows) assert.equal(row.length, columns.length);
  });

  test("without groups all dots are alike and none is lost", async () => {
    const small = await load();
    const { data } = place.figure({ ...subjectOf(small), groups: null }, THEME);
    assert.equal(data[0].x.length, 6);
  });
});
