import assert from "node:assert/strict";
import { test } from "node:test";

import { Archive } from "../../../../frontend/static/js/pages/score/archive.js";
import { mixtureAnalysis, plainAnalysis } from "../../samples/analyses.js";

function filled() {
  const archive = new Archive();
  archive.keep(plainAnalysis());
  archive.keep(mixtureAnalysis());
  return archive;
}

test("an analysis is found under each checkpoint it was scored with", () => {
  assert.equal(filled().find("a1", "moe").variant, "moe");
  assert.equal(filled().find("a1", "no_gmm").variant, "no_gmm");
});

test("without a checkpoint the first one received is meant", () => {
  assert.equal(filled().find("a1", null).checkpoint, "no_gmm");
});

test("what was not received is not made up", () => {
  assert.equal(filled().find("a1", "other"), null);
  assert.equal(filled().find("a2", null), null);
});
