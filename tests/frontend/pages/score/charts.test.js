import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { groupColor } from "../../../../frontend/static/js/drawing/colours.js";
import { plain } from "../../../../frontend/static/js/drawing/layout.js";
import { diameter } from "../../../../frontend/static/js/drawing/weight_circles.js";
import { displayName } from "../../../../frontend/static/js/kit/language/words.js";
import { CHARTS } from "../../../../frontend/static/js/pages/score/charts/all.js";
import * as contributions from "../../../../frontend/static/js/pages/score/charts/contributions.js";
import * as distortion from "../../../../frontend/static/js/pages/score/charts/distortion.js";
import * as experts from "../../../../frontend/static/js/pages/score/charts/experts.js";
import * as posteriors from "../../../../frontend/static/js/pages/score/charts/posteriors.js";
import * as routing from "../../../../frontend/static/js/pages/score/charts/routing.js";
import * as score from "../../../../frontend/static/js/pages/score/charts/score.js";
import * as severities from "../../../../frontend/static/js/pages/score/charts/severities.js";
import { charts as chartTexts } from "../../../../frontend/static/js/pages/score/words.js";
import { THEME, fusionAnalysis, mixtureAnalysis, plainAnalysis, sum } from "../../samples/analyses.js";

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

describe("contributions", () => {
  for (const [name, analysis] of [
    ["mixture", mixtureAnalysis()],
    ["fusion", fusionAnalysis()],
  ]) {
    test(`${name}: the steps add up to the total bar`, () => {
      const [{ x, measure }] = contributions.figure(analysis, THEME).data;
      const steps = x.filter((_, index) => measure[index] === "relative");
      assert.equal(measure.at(-1), "total");
      assert.equal(steps.length, analysis.experts.length);
      assert.ok(Math.abs(sum(steps) - x.at(-1)) < 1e-9);
    });
  }

  test("the total bar is the score", () => {
    const analysis = mixtureAnalysis();
    assert.ok(Math.abs(contributions.total(analysis) - analysis.score.value) < 0.01);
  });

  test("the table multiplies: own score × weight = contribution, and ends at the score", () => {
    const rows = contributions.table(fusionAnalysis()).rows;
    for (const [, own, weight, points] of rows.slice(0, -1)) assert.ok(Math.abs(own * weight - points) < 1e-9);
    assert.equal(rows.at(-1)[3], contributions.total(fusionAnalysis()));
  });

  test("the largest contribution comes first", () => {
    const steps = contributions.ordered(mixtureAnalysis()).map(({ contribution }) => contribution);
    assert.deepEqual(
      steps,
      [...steps].sort((one, other) => other - one),
    );
  });
});

describe("experts", () => {
  test("each has the colour of its group, and `fusion` is neutral and square", () => {
    const [{ marker }] = experts.figure(fusionAnalysis(), THEME).data;
    assert.equal(marker.color[1], "#56b4e9", "blur");
    assert.equal(marker.color.at(-1), THEME.neutral);
    assert.equal(marker.symbol.at(-1), "square");
  });

  test("four times the weight is twice the diameter, and no weight is still seen", () => {
    assert.ok(Math.abs(diameter(0.8) - 2 * diameter(0.2)) < 1e-9);
    assert.ok(diameter(0) > 0);
  });
});

describe("routing", () => {
  test("gate and routing stand side by side, in the order of the experts", () => {
    const analysis = mixtureAnalysis();
    const [gate, inUse] = routing.figure(analysis, THEME).data;
    assert.deepEqual(gate.x, analysis.gating_weights);
    assert.deepEqual(inUse.x, analysis.routing_weights);
  });

  test("without a gate only the routing is drawn, and fusion is no routed expert", () => {
    const { data } = routing.figure(fusionAnalysis(), THEME);
    assert.equal(data.length, 1);
    assert.equal(routing.table(fusionAnalysis()).rows.length, 8);
    assert.equal(routing.table(fusionAnalysis()).rows[0][1], null);
  });
});

describe("posteriors", () => {
  test("bars are the posteriors, coloured by the cluster's name", () => {
    const analysis = mixtureAnalysis();
    const [{ x, marker }] = posteriors.figure(analysis, THEME).data;
    assert.deepEqual(x, analysis.posteriors);
    assert.deepEqual(
      marker.color,
      analysis.cluster_names.map((name) => groupColor(name, THEME)),
    );
  });

  test("attention appears as a second series and column only where there is some", () => {
    assert.equal(posteriors.figure(mixtureAnalysis(), THEME).data.length, 1);
    assert.equal(posteriors.figure(full, THEME).data.length, 2);
    const crowded = mixtureAnalysis({ attention_weights: [1, 0, 0, 0, 0, 0, 0, 0] });
    const [{ text, x }] = posteriors.figure(crowded, THEME).data;
    assert.equal(text[0], "", "a diamond beyond its bar would cover the figure");
    assert.ok(x.slice(1).every((value, row) => value === 0 || text[row + 1] !== ""));
    assert.equal(posteriors.table(full).columns.length, 3);
  });

  test("two clusters of one name stay two rows", () => {
    const analysis = mixtureAnalysis({ posteriors: [0.7, 0.3], cluster_names: ["blur", "blur"] });
    assert.deepEqual(posteriors.figure(analysis, THEME).data[0].y, [0, 1]);
  });

  test("K = 1 is one full bar", () => {
    const analysis = mixtureAnalysis({ posteriors: [1], cluster_names: null });
    assert.deepEqual(posteriors.table(analysis).rows, [["cluster 1", 1]]);
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
