import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { viridis } from "../../../../frontend/static/js/drawing/colours.js";
import { CHARTS } from "../../../../frontend/static/js/pages/experts/charts/all.js";
import * as skillMatrix from "../../../../frontend/static/js/pages/experts/charts/skill_matrix.js";
import * as weightMatrix from "../../../../frontend/static/js/pages/experts/charts/weight_matrix.js";
import {
  bicFinding,
  clusterFinding,
  costFinding,
  followFinding,
  lacks,
  partsOf,
  useFinding,
} from "../../../../frontend/static/js/pages/experts/findings.js";
import { START, readState, writeState } from "../../../../frontend/static/js/pages/experts/state.js";
import { keyFigures, lackingLines, measuredLines, verdict } from "../../../../frontend/static/js/pages/experts/views/overview.js";
import { charts as texts } from "../../../../frontend/static/js/pages/experts/words.js";
import { THEME } from "../../samples/analyses.js";
import { GROUP_NAMES, STATE, clusterExperts, mixtureExperts, plainExperts, useOfEight } from "../../samples/experts.js";

const view = (experts = mixtureExperts(), changes = {}) => ({ experts, state: { ...STATE, ...changes } });
const shownFor = (experts) => CHARTS.filter((chart) => chart.applies(view(experts))).map(({ id }) => id);
const withFolds = (changes) => mixtureExperts({ folds: { ...mixtureExperts().folds, ...changes } });

describe("every chart", () => {
  for (const chart of CHARTS) {
    const experts = chart.id === "replaced_posteriors" ? clusterExperts() : mixtureExperts();
    for (const changes of [{}, { rows: "type", measure: "correlation" }]) {
      const drawn = view(experts, changes);

      test(`${chart.id} has its texts, titled axes and the colours of the theme (${changes.rows ?? "group"})`, () => {
        const { title, help } = texts[chart.id];
        assert.ok(title && help);
        const { layout, data } = chart.figure(drawn, THEME);
        assert.ok(data.length > 0);
        for (const [name, axis] of Object.entries(layout)) {
          if (!/^[xy]axis/.test(name)) continue;
          assert.ok(axis.title?.text || axis.visible === false, name);
          assert.ok(axis.fixedrange, name);
        }
        assert.equal(layout.paper_bgcolor, THEME.surface);
      });

      test(`${chart.id} has a table with one cell per column and no markup (${changes.rows ?? "group"})`, () => {
        const { columns, rows } = chart.table(drawn);
        assert.ok(rows.length > 0);
        for (const { label } of columns) assert.ok(label);
        for (const row of rows) assert.equal(row.length, columns.length);
        assert.doesNotMatch(JSON.stringify(chart.figure(drawn, THEME)), /<(?!extra><\/extra>|\/extra>)/);
      });
    }
  }

  test("none is a heat map or has a colour bar, whose styles the policy forbids", () => {
    for (const chart of CHARTS.filter(({ id }) => id !== "replaced_posteriors")) {
      for (const trace of chart.figure(view(), THEME).data) {
        assert.notEqual(trace.type, "heatmap");
        assert.ok(!trace.marker?.showscale && !trace.marker?.colorbar);
      }
    }
  });

  test("a variant shows the charts of what it has", () => {
    const all = shownFor(mixtureExperts());
    assert.ok(all.includes("skill") && all.includes("cluster_experts") && all.includes("replaced_routing"));
    assert.deepEqual(shownFor(clusterExperts()), [
      "cluster_use",
      "cluster_entropy",
      "cluster_weights",
      "agreement",
      "replaced_posteriors",
      "bic",
    ]);
    assert.deepEqual(shownFor(plainExperts()), []);
    assert.deepEqual(shownFor(mixtureExperts({ map: null, usage: null, examples: null })), [
      "replaced_routing",
      "agreement",
      "bic",
    ]);
  });
});

describe("matrices", () => {
  const matrix = { rows: useOfEight().by_group, names: GROUP_NAMES, part: "expert", by: "group" };

  test("cells hold the weights, and those that would read 0% no figure", () => {
    const rows = [{ name: "blur", count: 3, mean_weights: [0.004, 0.996] }];
    const [cells] = weightMatrix.figure({ ...matrix, rows, names: ["a", "b"] }, THEME).data;
    assert.deepEqual(cells.text, ["", "100%"]);
    assert.deepEqual(cells.marker.color, [viridis(0.004), viridis(0.996)]);
  });

  test("the outlined expert has the smallest error or the highest correlation of its row", () => {
    const row = { errors: [4, 2, 9], correlations: [null, -0.5, -0.1] };
    assert.equal(skillMatrix.best(row, "error"), 1);
    assert.equal(skillMatrix.best(row, "correlation"), 2);
    assert.equal(skillMatrix.best({ errors: [1], correlations: [null] }, "correlation"), null);
  });

  test("the score stands apart from the experts, correlations about 0", () => {
    const { usage } = mixtureExperts();
    const parts = { skill: usage.skill, names: GROUP_NAMES, measure: "correlation" };
    const { data, layout } = skillMatrix.figure(parts, THEME);
    assert.deepEqual(layout.xaxis.tickvals, [0, 1, 2, 3, 4, 5, 6, 7, 8.35]);
    assert.ok(data[0].base.at(-1) > 7.5 + 0.3, "the score's cells lie apart, too");
    assert.deepEqual(layout.xaxis2.range, [-1, 1]);
    assert.equal(layout.shapes.length, 7, "nothing is known of clean pictures");
  });
});

describe("findings", () => {
  test("work is even, uneven, all one's, or leaves some dead", () => {
    assert.equal(useFinding(useOfEight()).kind, "all");
    assert.equal(useFinding(useOfEight({ effective_number: 3 })).kind, "uneven");
    assert.deepEqual(useFinding(useOfEight({ dead: [2], effective_number: 6 })).dead, [GROUP_NAMES[2]]);
    const lonely = useOfEight({ effective_number: 1, dead: [0, 2, 3, 4, 5, 6, 7], mean_weights: [0, 1, 0, 0, 0, 0, 0, 0] });
    assert.deepEqual([useFinding(lonely).kind, useFinding(lonely).busiest], ["one", "blur"]);
  });

  test("routing follows groups as far as it tells about them", () => {
    const kind = (normalised) => followFinding({ group_information: { nats: 1, normalised } }).kind;
    assert.deepEqual([0.7, 0.3, 0.1].map(kind), ["follows", "partly", "hardly"]);
    assert.equal(followFinding({ group_information: null }), null);
  });

  test("clusters follow distortions, contents, both or nothing; test folds speak before the map", () => {
    const of = (group, content) =>
      clusterFinding(withFolds({ agreement: { group: { ami: { median: group } }, content: { ami: { median: content } } } }));
    assert.equal(of(0.76, 0.01).kind, "distortion");
    assert.equal(of(0.19, 0.32).kind, "content");
    assert.equal(of(0.3, 0.25).kind, "both");
    assert.equal(of(0.03, 0.02).kind, "neither");
    assert.equal(clusterFinding(mixtureExperts()).group, 0.76);
    assert.equal(clusterFinding(mixtureExperts({ folds: null })).group, 0.7);
    assert.equal(clusterFinding(plainExperts()), null);
  });

  test("what shuffling costs says whether weights matter", () => {
    const cost = (/** @type {boolean} */ first, /** @type {boolean} */ second) => {
      const [photographs, synthetic] = [first, second].map((is_decorative) => ({ srcc: 0.13, is_decorative }));
      return costFinding(withFolds({ interventions: { replaced: "posteriors", cost: { photographs, synthetic } } }));
    };
    assert.equal(cost(false, false).kind, "matters");
    assert.deepEqual([cost(true, false).kind, cost(false, true).kind], ["partly", "partly"]);
    assert.equal(cost(true, true).kind, "decorative");
    assert.equal(cost(true, true).photographs, 0.13);
    assert.equal(costFinding(plainExperts()), null);
  });

  test("a criterion that is lowest at its end still falls", () => {
    assert.deepEqual(bicFinding(mixtureExperts()), { kind: "falling", best: 16, used: 8 });
    const bic = [
      { num_clusters: 4, median: 3 },
      { num_clusters: 8, median: 1 },
      { num_clusters: 16, median: 2 },
    ];
    assert.equal(bicFinding(withFolds({ bic })).kind, "lowest");
    assert.equal(bicFinding(plainExperts()), null);
  });

  test("what is lacking is named once", () => {
    assert.deepEqual(lacks(mixtureExperts()), []);
    assert.deepEqual(lacks(clusterExperts()), ["experts"]);
    assert.deepEqual(lacks(plainExperts()), ["experts", "clusters"]);
    assert.deepEqual(lacks(mixtureExperts({ map: null, usage: null, folds: null })), ["map", "folds"]);
    assert.deepEqual(lacks(withFolds({ bic: null })), ["bic"]);
  });

  test("experts speak before clusters", () => {
    assert.equal(partsOf(mixtureExperts()).kind, "expert");
    assert.equal(partsOf(clusterExperts()).kind, "cluster");
    assert.equal(partsOf(plainExperts()), null);
  });
});

describe("words", () => {
  test("the verdict is made of the numbers", () => {
    assert.deepEqual(verdict(mixtureExperts()), [
      "All 8 experts are in use, as if 8.0 of them shared the work evenly.",
      "Routing follows the distortion group.",
      "Clusters follow what was done to a picture (AMI 0.76), not what it shows (0.01).",
      "The routing matters: with another picture’s weights SRCC changes by -0.100 on photographs and by -0.220 on synthetic distortions.",
    ]);
    assert.equal(verdict(plainExperts()).length, 1);
    assert.match(verdict(clusterExperts())[0], /8 clusters hold pictures/);
  });

  test("each key figure says what it is measured on", () => {
    const figures = keyFigures(mixtureExperts());
    assert.equal(figures.length, 7);
    for (const { label, value, note, source } of figures) assert.ok(label && value && note && source);
    assert.deepEqual(
      figures.filter(({ source }) => source === "folds").map(({ value }) => value),
      ["AMI 0.76", "AMI 0.01", "-0.100"],
    );
    assert.deepEqual(keyFigures(plainExperts()), []);
  });

  test("pictures and folds behind the figures are named, and so is every lack", () => {
    const lines = measuredLines(mixtureExperts()).join(" ");
    assert.match(lines, /2,016 pictures of 16 contents/);
    assert.match(lines, /they have not seen/);
    assert.match(lines, /10 splits/);
    assert.equal(lackingLines(plainExperts()).length, 2);
    for (const line of lackingLines(mixtureExperts({ map: null, usage: null, folds: null }))) assert.ok(line);
  });
});

describe("state", () => {
  test("what is written is read again, and the start is an empty query", () => {
    const state = { study: "ab", checkpoint: "moe", map: "0123", rows: "type", measure: "correlation" };
    assert.deepEqual(readState(writeState(state)), state);
    assert.equal(writeState(START), "");
    assert.deepEqual(readState("?rows=colour&measure=%00"), START);
  });
});
