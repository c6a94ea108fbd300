import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { adviceKey } from "../../../../frontend/static/js/pages/variants/advice.js";
import * as heldOut from "../../../../frontend/static/js/pages/variants/charts/held_out.js";
import { elsewhere, readCheckpoint, variantAddress } from "../../../../frontend/static/js/pages/variants/state.js";
import { advice, parts, setName } from "../../../../frontend/static/js/pages/variants/words.js";
import { THEME } from "../../samples/analyses.js";

const spread = (median) => ({ median, low: median - 0.02, high: median + 0.03 });
const card = (id, figures) => ({ id, title: `The ${id}`, figures });
const CARDS = [
  card("moe", [
    { name: "photographs", fold: "test_fold", srcc: spread(0.83), plcc: null },
    { name: "synthetic", fold: "test_fold", srcc: spread(0.85), plcc: null },
    { name: "synthetic", fold: "held_out_whole", srcc: spread(0.1), plcc: null },
  ]),
  card("no_metrics", []),
];

describe("held-out figures", () => {
  test("marks stand at the medians and lines span the range of the splits", () => {
    const [photographs, synthetic] = heldOut.figure({ cards: CARDS, selected: "moe" }, THEME).data;
    assert.deepEqual(photographs.x, [0.83, null]);
    assert.deepEqual(synthetic.x, [0.85, null]);
    assert.ok(Math.abs(photographs.error_x.array[0] - 0.03) < 1e-9);
    assert.ok(Math.abs(photographs.error_x.arrayminus[0] - 0.02) < 1e-9);
  });

  test("the axis says its unit, holds every line and ends at round numbers", () => {
    const { xaxis } = heldOut.figure({ cards: CARDS, selected: null }, THEME).layout;
    assert.ok(xaxis.title.text);
    assert.ok(xaxis.range[0] <= 0.81 && xaxis.range[1] >= 0.88 && xaxis.range[1] <= 1);
  });

  test("the shown checkpoint has a band, and only where there is one", () => {
    assert.equal(heldOut.figure({ cards: CARDS, selected: "moe" }, THEME).layout.shapes.length, 1);
    assert.equal(heldOut.figure({ cards: CARDS, selected: "refused" }, THEME).layout.shapes.length, 0);
  });

  test("two sets differ by more than colour", () => {
    const [photographs, synthetic] = heldOut.figure({ cards: CARDS, selected: null }, THEME).data;
    assert.notEqual(photographs.marker.symbol, synthetic.marker.symbol);
  });

  test("without any figure there is no chart", () => {
    assert.equal(heldOut.applies({ cards: [CARDS[1]], selected: null }), false);
    assert.equal(heldOut.applies({ cards: CARDS, selected: null }), true);
  });

  test("the table has a row for each checkpoint and set", () => {
    const { columns, rows } = heldOut.table({ cards: CARDS, selected: null });
    assert.equal(rows.length, 4);
    for (const row of rows) assert.equal(row.length, columns.length);
    assert.deepEqual(rows[3].slice(2), [null, null, null]);
  });
});

describe("refusals", () => {
  const cases = [
    [{ file: "weights.safetensors", field: "sha256" }, "weights"],
    [{ file: "weights.safetensors", field: "scaler.mean_D" }, "weights"],
    [{ file: "weights.safetensors", field: "golden_score" }, "golden"],
    [{ file: "weights.safetensors", field: "(whole file)" }, "unreadable"],
    [{ file: "config.json", field: "trunk.sha256" }, "trunk"],
    [{ file: "config.json", field: "classes" }, "config"],
    [{ file: "shared/37493de7af56/features.onnx", field: "graph_sha256" }, "graph"],
  ];
  for (const [refusal, key] of cases) {
    test(`${refusal.file}, ${refusal.field} has the advice for ${key}`, () => {
      assert.equal(adviceKey(refusal), key);
      assert.ok(advice[key]);
    });
  }
});

describe("the address", () => {
  test("names the checkpoint, whatever its id", () => {
    assert.equal(readCheckpoint(new URL(variantAddress("a&b"), "http://x").search), "a&b");
    assert.equal(readCheckpoint(""), null);
  });

  test("a checkpoint is compared with the baseline, but never with itself or with nothing", () => {
    assert.equal(elsewhere("moe", { hasExperts: true, baseline: "no_gmm" }).compare, "/compare?a=moe&b=no_gmm");
    assert.equal(elsewhere("no_gmm", { hasExperts: false, baseline: "no_gmm" }).compare, null);
    assert.equal(elsewhere("moe", { hasExperts: true, baseline: null }).compare, null);
  });

  test("only what has experts leads to the Experts page", () => {
    assert.equal(elsewhere("moe", { hasExperts: true, baseline: null }).experts, "/experts?checkpoint=moe");
    assert.equal(elsewhere("no_gmm", { hasExperts: false, baseline: null }).experts, null);
  });
});

describe("words", () => {
  test("every part has a name and says what it is", () => {
    for (const { name, help } of Object.values(parts)) assert.ok(name && help);
  });

  test("a set that was held out whole says so, and an unknown one keeps its name", () => {
    assert.notEqual(setName({ name: "biq2021", fold: "held_out_whole" }), setName({ name: "biq2021", fold: "test_fold" }));
    assert.match(setName({ name: "my_set", fold: "test_fold" }), /my set/);
  });
});
