import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { plain } from "../../../../frontend/static/js/drawing/layout.js";
import { displayName } from "../../../../frontend/static/js/kit/language/words.js";
import { CHARTS } from "../../../../frontend/static/js/pages/score/charts/all.js";
import * as distortion from "../../../../frontend/static/js/pages/score/charts/distortion.js";
import * as score from "../../../../frontend/static/js/pages/score/charts/score.js";
import * as severities from "../../../../frontend/static/js/pages/score/charts/severities.js";
import { charts as chartTexts } from "../../../../frontend/static/js/pages/score/words.js";
import { THEME, mixtureAnalysis, plainAnalysis, } from "../../samples/analyses.js";

const full = mixtureAnalysis({
  attention_weights: Array(8).fill(1 / 8),
  severities: [0, 0.4, 2],
  severity_names: ["blur", "noise", "color"],
});

describe("every chart", () => {
  for (const chart of CHARTS) {
    test(`${chart.id} has its texts`, () => {
      const { title, help, absence } = chartTexts[chart.id];
      assert.ok(title && help);
      assert.equal(absence === "", chart.id === "score", "only the score is in every variant");
    });

    test(`${chart.id} has titled axes, no zoom and the colours of the theme`, () => {
      const { layout } = chart.figure(full, THEME);
      assert.ok(layout.xaxis.title.text);
      assert.ok(layout.yaxis.title?.text || layout.yaxis.visible === false);
      assert.ok(layout.xaxis.fixedrange && layout.yaxis.fixedrange);
      assert.equal(layout.paper_bgcolor, THEME.surface);
      assert.equal(layout.font.color, THEME.ink);
    });

    test(`${chart.id} has a table with one cell per column`, () => {
      const { columns, rows } = chart.table(full);
      assert.ok(rows.length > 0);
      for (const { label } of columns) assert.ok(label);
      for (const row of rows) assert.equal(row.length, columns.length);
    });

    test(`${chart.id} uses no markup, which Plotly would set by forbidden style attributes`, () => {
      assert.doesNotMatch(JSON.stringify(chart.figure(full, THEME)), /<(?!extra><\/extra>|\/extra>)/);
    });

    test(`${chart.id} leaves the analysis as it was`, () => {
      const analysis = structuredClone(full);
      chart.figure(analysis, THEME);
      chart.table(analysis);
      assert.deepEqual(analysis, full);
    });
  }

  test("only the score applies where the variant has nothing else", () => {
    assert.deepEqual(
      CHARTS.filter((chart) => chart.applies(plainAnalysis())).map(({ id }) => id),
      ["score"],
    );
  });
});

describe("score", () => {
  test("the mark stands at the score and the bar spans the interval", () => {
    const [interval, value] = score.figure(plainAnalysis(), THEME).data;
    assert.deepEqual(interval.x, [47, 75.4]);
    assert.deepEqual(value.x, [61.2]);
  });

  test("the five words divide the range evenly and the score's own is bold", () => {
    const { annotations } = score.figure(plainAnalysis(), THEME).layout;
    assert.deepEqual(
      annotations.map(({ x }) => x),
      [10, 30, 50, 70, 90],
    );
    assert.deepEqual(
      annotations.filter(({ font }) => font.weight === 700).map(({ text }) => text),
      ["good"],
    );
  });
});

describe("distortion", () => {
  const { distortion: probabilities } = mixtureAnalysis();

  test("types are shown inside likely groups only, below their group", () => {
    const names = distortion.chartRows(probabilities).map(({ name }) => name);
    assert.equal(names[0], "blur");
    assert.deepEqual(new Set(names.slice(1, 4)), new Set(["gaussian_blur", "lens_blur", "motion_blur"]));
    assert.equal(names[4], "noise");
    assert.ok(!names.includes("jpeg"));
  });

  test("the table leaves nothing out: 8 groups and 25 types", () => {
    assert.equal(distortion.table(mixtureAnalysis()).rows.length, 8 + 25);
  });

  test("a type has its group's colour", () => {
    const rows = distortion.chartRows(probabilities);
    const [{ marker }] = distortion.figure(mixtureAnalysis(), THEME).data;
    assert.equal(marker.color[rows.findIndex(({ name }) => name === "lens_blur")], "#56b4e9");
  });
});

test("severities are drawn as they are", () => {
  const { data, layout } = severities.figure(full, THEME);
  assert.deepEqual(data[0].x, full.severities);
  assert.deepEqual(layout.yaxis.ticktext, full.severity_names.map((name) => plain(displayName(name))));
});

test("markup in a name is shown, not read", () => {
  assert.equal(plain('<a href="x">&'), '&lt;a href="x"&gt;&amp;');
});
