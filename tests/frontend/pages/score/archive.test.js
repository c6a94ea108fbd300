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

test("a checkpoint's analysis is taken from here, else from the service, else made now", async () => {
  const asked = [];
  const ask = (name) => async (id, checkpoint) => {
    asked.push([name, id, checkpoint]);
    return plainAnalysis();
  };
  const archive = new Archive({ analysis: ask("analysis"), rescore: ask("rescore") });
  archive.keep(mixtureAnalysis());
  const shown = { ...plainAnalysis(), scored_checkpoints: ["moe", "no_gmm"] };
  const { signal } = new AbortController();
  assert.equal((await archive.under(shown, "moe", signal)).variant, "moe");
  for (const checkpoint of ["no_gmm", "other"]) await archive.under(shown, checkpoint, signal);
  assert.deepEqual(asked, [
    ["analysis", "a1", "no_gmm"],
    ["rescore", "a1", "other"],
  ]);
});
