import assert from "node:assert/strict";
import { test } from "node:test";

import { analysisAddress, readAddress } from "../../../frontend/static/js/kit/addresses.js";
import { plainAnalysis } from "../samples/analyses.js";

test("the start page asks for nothing", () => {
  assert.deepEqual(readAddress({ pathname: "/", search: "" }), { analysisId: null, checkpoint: null });
});

test("an analysis's address leads back to it and its checkpoint", () => {
  const { pathname, search } = new URL(analysisAddress(plainAnalysis()), "http://localhost");
  assert.deepEqual(readAddress({ pathname, search }), { analysisId: "a1", checkpoint: "no_gmm" });
});

test("odd characters in a checkpoint survive the way through the address", () => {
  const address = analysisAddress(plainAnalysis({ checkpoint: "a&b=c d" }));
  assert.equal(readAddress(new URL(address, "http://localhost")).checkpoint, "a&b=c d");
});

test("deeper paths are no analyses", () => {
  assert.equal(readAddress({ pathname: "/analyses/a1/picture", search: "" }).analysisId, null);
});
