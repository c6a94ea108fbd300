import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { groupColor } from "../../../../frontend/static/js/drawing/colours.js";
import * as experts from "../../../../frontend/static/js/pages/lab/charts/experts.js";
import * as path from "../../../../frontend/static/js/pages/lab/charts/path.js";
import * as posteriors from "../../../../frontend/static/js/pages/lab/charts/posteriors.js";
import * as score from "../../../../frontend/static/js/pages/lab/charts/score.js";
import { THEME, mixtureAnalysis, plainAnalysis } from "../../samples/analyses.js";
import { spiralMap } from "../../samples/maps.js";

const CHARTS = [score, path, posteriors, experts];

/** Five levels and the clean picture, each 10 points below the one before and a step to the right on the map. */
function view(changes = {}, analysis = mixtureAnalysis()) {
  const levels = [0, 1, 2, 3, 4, 5].map((level) => ({
    ...analysis,
    score: { ...analysis.score, value: 70 - 10 * level, low: 60 - 10 * level, high: 75 - 10 * level },
    analysis: "a1",
    distortion_type: "gaussian_blur",
    level,
    equals_original: level === 0,
    place: { map: "m1", x: 4 * level, y: 0, is_far: level === 5 },
    picture: `/picture/${level}`,
  }));
  return {
    type: "gaussian_blur",
    group: "blur",
    chosen: 3,
    levels,
    isNarrow: false,
    points: spiralMap(200),
    isNear: false,
    ...changes,
  };
}

const only = (...known) => view().levels.map((level) => (known.includes(level.level) ? level : null));
const axesOf = (layout) => Object.keys(layout).filter((key) => /^xaxis\d*$/.test(key));

describe("every chart", () => {
  for (const chart of CHARTS) {
    test(`${chart.id} has its texts, a table with one cell per column and no markup`, () => {
      assert.ok(chart.words.title && chart.words.help);
      const { columns, rows } = chart.table(view());
      assert.ok(rows.length >= 6);
      for (const row of rows) assert.equal(row.length, columns.length);
      assert.doesNotMatch(JSON.stringify(chart.figure(view(), THEME)), /<(?!extra><\/extra>|\/extra>)/);
    });

    test(`${chart.id} is drawn from whatever answers there are`, () => {
      assert.ok(!chart.applies(view({ levels: only() })));
      for (const known of [[3], [0, 5], [2, 3, 4]]) {
        const partly = view({ levels: only(...known) });
        assert.ok(chart.applies(partly));
        assert.ok(chart.figure(partly, THEME).data.length > 0);
        assert.deepEqual(new Set(chart.table(partly).rows.map(([level]) => level)).size, known.length);
      }
    });
  }
});

describe("the score", () => {
  test("stands with its interval over its level, the chosen one filled", () => {
    const [{ x, y, error_y, marker }] = score.figure(view(), THEME).data;
    assert.deepEqual(x, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(y, [70, 60, 50, 40, 30, 20]);
    assert.deepEqual([error_y.array[2], error_y.arrayminus[2]], [5, 10]);
    assert.equal(marker.color[3], groupColor("blur", THEME));
    assert.equal(new Set(marker.color.filter((_, level) => level !== 3)).size, 1);
  });
});

describe("small multiples", () => {
  for (const chart of [posteriors, experts]) {
    test(`${chart.id} has a panel for each level on the same scale, apart from the others`, () => {
      for (const [isNarrow, columns] of [
        [false, 6],
        [true, 2],
      ]) {
        const { layout } = chart.figure(view({ isNarrow }), THEME);
        const panels = axesOf(layout);
        assert.equal(panels.length, 6);
        assert.equal(new Set(panels.map((name) => JSON.stringify(layout[name].range))).size, 1);
        const lefts = panels.map((name) => layout[name].domain[0]);
        assert.equal(new Set(lefts).size, columns);
        panels.slice(1, columns).forEach((name, index) => {
          assert.ok(layout[name].domain[0] > layout[panels[index]].domain[1]);
        });
        for (const name of panels) for (const share of layout[name].domain) assert.ok(share >= 0 && share <= 1);
        const [first, below] = [layout.yaxis, layout[`yaxis${columns + 1}`]];
        if (below) assert.ok(below.domain[1] < first.domain[0]);
      }
    });

    test(`${chart.id} names its rows once, its unit once, and the chosen level in bold`, () => {
      const { layout } = chart.figure(view(), THEME);
      assert.ok(layout.yaxis.showticklabels && !layout.yaxis2.showticklabels);
      assert.equal(layout.annotations.filter(({ text }) => /%|0–100/.test(text)).length, 1);
      assert.deepEqual(
        layout.annotations.filter(({ font }) => font.weight === 700).map(({ text }) => text),
        ["level 3"],
      );
    });

    test(`${chart.id} leaves a panel without an answer empty, with a word`, () => {
      const { data, layout } = chart.figure(view({ levels: only(0, 3) }), THEME);
      assert.equal(layout.annotations.filter(({ text }) => text === "…").length, 4);
      assert.equal(new Set(data.map(({ xaxis }) => xaxis)).size, 6);
    });

    test(`${chart.id} is not in a variant without the part`, () => {
      assert.ok(!chart.applies(view({}, plainAnalysis())));
      assert.ok(chart.words.absence);
    });
  }

  test("the clean picture's posteriors are marked in every other panel", () => {
    const { data } = posteriors.figure(view(), THEME);
    const marks = data.filter(({ marker }) => marker?.symbol === "line-ns-open");
    assert.equal(marks.length, 5);
    for (const mark of marks) assert.deepEqual(mark.x, view().levels[0].posteriors);
    assert.ok(!marks.some(({ xaxis }) => xaxis === "x"));
  });

  test("the dashed line of each panel is that level's score", () => {
    const { shapes } = experts.figure(view(), THEME).layout;
    assert.deepEqual(
      shapes.map(({ x0 }) => x0),
      [70, 60, 50, 40, 30, 20],
    );
  });
});

describe("the path", () => {
  const marksOf = (figure) => figure.layout.annotations.filter(({ showarrow }) => !showarrow);
  const arrowsOf = (figure) => figure.layout.annotations.filter(({ showarrow }) => showarrow);

  test("goes from level to level in their order, with a mark at each", () => {
    const figure = path.figure(view({ isNear: true }), THEME);
    assert.deepEqual(
      marksOf(figure).map(({ text }) => text),
      ["0", "1", "2", "3", "4", "5 ?"],
    );
    assert.deepEqual(
      arrowsOf(figure).map(({ ax, x }) => [ax, x]),
      [
        [0, 4],
        [4, 8],
        [8, 12],
        [12, 16],
        [16, 20],
      ],
    );
    assert.equal(marksOf(figure)[3].bgcolor, THEME.ink);
  });

  test("joins levels that lie together, but no two with a third between them", () => {
    const places = [0, 0.1, 9, 9, 0, 0];
    const levels = view().levels.map((level, index) => ({ ...level, place: { ...level.place, x: places[index] } }));
    const stops = path.stopsOf(view({ levels }), 1);
    assert.deepEqual(
      stops.map((stop) => stop.levels),
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    );
  });

  test("does not join over a level whose answer is missing", () => {
    const levels = only(1, 3).map((level) => level && { ...level, place: { ...level.place, x: 0 } });
    assert.equal(path.stopsOf(view({ levels }), 1).length, 2);
  });

  test("lies before every point of the map, drawn by WebGL, all of it in sight", () => {
    const { data, layout } = path.figure(view(), THEME);
    assert.equal(data[0].type, "scattergl");
    assert.equal(data[0].x.length, 200);
    assert.ok(layout.xaxis.range[0] < Math.min(...data[0].x) && layout.xaxis.range[1] > 20);
  });

  test("cut to itself shows less of the map, and never less than a part of it", () => {
    const whole = path.figure(view(), THEME).layout.xaxis.range;
    const still = view().levels.map((level) => ({ ...level, place: { ...level.place, x: 1 } }));
    const near = path.figure(view({ isNear: true, levels: still }), THEME).layout.xaxis.range;
    assert.ok(near[1] - near[0] < 0.1 * (whole[1] - whole[0]));
    assert.ok(near[1] - near[0] > 0.01 * (whole[1] - whole[0]));
  });

  test("is not there without a map or without places", () => {
    assert.ok(!path.applies(view({ points: null })));
    assert.ok(!path.applies(view({ levels: view().levels.map((level) => ({ ...level, place: null })) })));
  });
});
