import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { clusters, experts } from "../../../../frontend/static/js/pages/mixed/charts/leading.js";
import * as people from "../../../../frontend/static/js/pages/mixed/charts/people.js";
import * as scores from "../../../../frontend/static/js/pages/mixed/charts/scores.js";
import { THEME, mixtureAnalysis, plainAnalysis } from "../../samples/analyses.js";
import { RATED, mixedView } from "../../samples/mixed.js";

const CHARTS = [scores, people, clusters, experts];
const view = (changes) => mixedView(mixtureAnalysis(), changes);

describe("every chart", () => {
  for (const chart of CHARTS) {
    test(`${chart.id} has its texts, a table with one cell per column and no markup`, () => {
      assert.ok(chart.words.title && chart.words.help);
      const { columns, rows } = chart.table(view());
      assert.equal(rows.length, 6);
      for (const row of rows) assert.equal(row.length, columns.length);
      assert.doesNotMatch(JSON.stringify(chart.figure(view(), THEME)), /<(?!extra><\/extra>|\/extra>)/);
    });
  }

  for (const chart of [scores, clusters, experts])
    test(`${chart.id} is drawn from whatever answers there are`, () => {
      const none = view().cells.map((line) => line.map(() => null));
      assert.ok(!chart.applies(view({ cells: none })));
      const [line] = view().cells;
      const partly = view({ cells: [[null, line[1], null], none[1]] });
      assert.ok(chart.applies(partly));
      assert.equal(chart.figure(partly, THEME).data[0].x.length, 1);
      assert.equal(chart.table(partly).rows.length, 1);
    });
});

test("a cell of the scores says what was done and what came of it, and the chosen one has the frame", () => {
  const { data, layout } = scores.figure(view(), THEME);
  assert.equal(data[0].customdata[5], "Gaussian blur σ 1.33, then JPEG quality 10: 50.0");
  const [{ x0, x1, y0, y1 }] = layout.shapes;
  assert.ok(x0 < 2 && 2 < x1 && y0 < 1 && 1 < y1);
});

describe("what people said", () => {
  test("is brighter where they were pleased, whichever way their scale runs", () => {
    const dmos = { ...RATED, worst: 100, best: 0, means: RATED.means.map((line) => line.map((mean) => 100 - mean)) };
    const colours = [RATED, dmos].map((rated) => {
      const asked = view({ people: { ...view().people, rated } });
      return people.figure(asked, THEME).data[0].marker.color;
    });
    assert.deepEqual(colours[0], colours[1]);
    assert.deepEqual(people.figure(view({ people: { ...view().people, rated: dmos } }), THEME).layout.xaxis2.range, [100, 0]);
  });

  test("has a frame only where the grid is the same", () => {
    assert.equal(people.figure(view(), THEME).layout.shapes.length, 1);
    const levels = { ...view().grid, rated: null };
    assert.equal(people.figure(view({ grid: levels }), THEME).layout.shapes.length, 0);
    assert.ok(!people.applies(view({ people: null })));
  });
});

describe("the leading part", () => {
  test("is named with its share, and by three letters where there is little room", () => {
    assert.equal(clusters.figure(view(), THEME).data[0].text[0], "blur 60%");
    assert.equal(clusters.figure(view({ isNarrow: true }), THEME).data[0].text[0], "blu");
  });

  test("is not in a variant without the part", () => {
    for (const chart of [clusters, experts]) {
      assert.ok(!chart.applies(mixedView(plainAnalysis())));
      assert.ok(chart.words.absence);
    }
  });
});
