import assert from "node:assert/strict";
import { test } from "node:test";

import { exportName, toCsv, toJson } from "../../../frontend/static/js/kit/export.js";
import { mixtureAnalysis, plainAnalysis, sum } from "../samples/analyses.js";

const lines = (csv) => csv.trimEnd().split("\r\n");

test("the JSON is the analysis as it came", () => {
  assert.deepEqual(JSON.parse(toJson(mixtureAnalysis())), mixtureAnalysis());
});

test("contributions in the CSV add up to the score at full precision", () => {
  const rows = lines(toCsv(mixtureAnalysis())).filter((line) => /,experts,.*,contribution,/.test(line));
  const values = rows.map((line) => Number(line.split(",").at(-1)));
  assert.equal(values.length, 8);
  assert.ok(Math.abs(sum(values) - mixtureAnalysis().score.value) < 1e-9);
});

test("figures bear the service's own names, which no language changes", () => {
  const rows = lines(toCsv(mixtureAnalysis()));
  assert.ok(rows.some((line) => line.startsWith("moe,clusters,sharpness_contrast,posterior,")));
  assert.ok(rows.some((line) => line.startsWith("moe,routing,blur,gating_weight,")));
});

test("parts that a variant lacks are not in its CSV", () => {
  assert.doesNotMatch(toCsv(plainAnalysis()), /clusters|experts|distortion/);
});

test("a file name stands as it is, whatever it begins with", () => {
  for (const start of ["=", "+", "-", "@", "\t"]) {
    assert.ok(toCsv(plainAnalysis({ filename: `${start}1.jpg` })).includes(`,filename,${start}1.jpg`));
  }
});

test("protected, no text of the CSV is a formula to a spreadsheet, and numbers are numbers", () => {
  for (const start of ["=", "+", "-", "@", "\t"]) {
    const analysis = plainAnalysis({ filename: `${start}1.jpg`, log_likelihood: -2.5 });
    const text = toCsv(analysis, { isProtected: true });
    assert.ok(text.includes(`,filename,'${start}1.jpg`));
    assert.ok(text.includes(",log_likelihood,-2.5"));
  }
});

test("the CSV begins with a byte order mark, by which spreadsheets know UTF-8", () => {
  assert.ok(toCsv(plainAnalysis()).startsWith("\ufeffcheckpoint,"));
});

test("commas, quotes and line breaks stay inside their cell", () => {
  assert.ok(toCsv(plainAnalysis({ filename: 'a,"b"\n.jpg' })).includes('"a,""b""\n.jpg"'));
});

test("negative numbers stay numbers", () => {
  assert.ok(lines(toCsv(mixtureAnalysis())).includes("moe,origin,,log_likelihood,-12.3"));
  assert.ok(lines(toCsv(mixtureAnalysis())).includes("moe,origin,,familiarity,31.5"));
});

test("an export is named after the picture and the checkpoint, without odd characters", () => {
  assert.equal(exportName(plainAnalysis({ filename: "../my cat.v2.jpg" }), "csv"), "..-my-cat.v2-no_gmm.csv");
  assert.equal(exportName(plainAnalysis({ filename: "猫.png" }), "json"), "猫-no_gmm.json");
  assert.equal(exportName(plainAnalysis({ filename: ".jpg" }), "csv"), "picture-no_gmm.csv");
});
