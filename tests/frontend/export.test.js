import assert from "node:assert/strict";
import { test } from "node:test";

import { exportName, toCsv, toJson } from "../../frontend/static/js/export.js";
import { fusionAnalysis, mixtureAnalysis, plainAnalysis, sum } from "./analyses.js";

const lines = (csv) => csv.trimEnd().split("\r\n");

test("the JSON is the analysis as it came", () => {
  assert.deepEqual(JSON.parse(toJson(mixtureAnalysis())), mixtureAnalysis());
});

test("contributions in the CSV add up to their total, at full precision", () => {
  const rows = lines(toCsv(fusionAnalysis())).filter((line) => /contributions,.*,contribution,/.test(line));
  const values = rows.map((line) => Number(line.split(",").at(-1)));
  assert.equal(values.length, 10);
  assert.ok(Math.abs(sum(values.slice(0, -1)) - values.at(-1)) < 1e-9);
});

test("parts that a variant lacks are not in its CSV", () => {
  assert.doesNotMatch(toCsv(plainAnalysis()), /posteriors|experts|distortion/);
});

test("a file name that a spreadsheet would run is quoted", () => {
  for (const start of ["=", "+", "-", "@", "\t"]) {
    assert.ok(toCsv(plainAnalysis({ filename: `${start}cmd()` })).includes(`,filename,'${start}cmd()`));
  }
});

test("commas, quotes and line breaks stay inside their cell", () => {
  assert.ok(toCsv(plainAnalysis({ filename: 'a,"b"\n.jpg' })).includes('"a,""b""\n.jpg"'));
});

test("negative numbers stay numbers", () => {
  assert.ok(lines(toCsv(mixtureAnalysis())).includes("moe,origin,,log_likelihood,-12.3"));
});

test("an export is named after the picture and the checkpoint, without odd characters", () => {
  assert.equal(exportName(plainAnalysis({ filename: "../my cat.v2.jpg" }), "csv"), "..-my-cat.v2-no_gmm.csv");
  assert.equal(exportName(plainAnalysis({ filename: "猫.png" }), "json"), "猫-no_gmm.json");
  assert.equal(exportName(plainAnalysis({ filename: ".jpg" }), "csv"), "picture-no_gmm.csv");
});
