import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { GROUPS } from "../../../frontend/static/js/drawing/taxonomy.js";
import * as messages from "../../../frontend/static/js/kit/language/words.js";
import { noteText } from "../../../frontend/static/js/pages/score/words.js";

const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

test("every group and type has a name of its own", () => {
  const names = new Set(Object.entries(GROUPS).flat(2));
  const shown = [...names].map(messages.displayName);
  assert.equal(new Set(shown).size, names.size);
  for (const name of shown) assert.doesNotMatch(name, /_/);
});

test("numbered clusters and experts weighed by another group are named by their parts", () => {
  assert.equal(messages.displayName("sharpness_contrast 2"), "sharpness, contrast 2");
  assert.equal(messages.displayName("cluster 3"), "cluster 3");
  assert.equal(messages.displayName("white_noise by p(gaussian_blur)"), "white noise by p(Gaussian blur)");
});

test("a name that is not ours is shown as it is", () => {
  assert.equal(messages.displayName("my_own_cluster"), "my own cluster");
  assert.equal(messages.displayName("sharpness_contrast and photographs"), "sharpness, contrast and photographs");
  assert.equal(messages.displayName("good photographs 2"), "good photographs 2");
  assert.equal(messages.displayName("constructor"), "constructor");
  assert.equal(messages.checkpointText("My head"), "My head");
  assert.equal(messages.problemTitle("I'm a Teapot"), "I'm a Teapot");
  assert.equal(noteText("painted over"), "painted over");
});

test("the five words are the service's", () => {
  const words = /_WORDS: Final = \(([^)]*)\)/.exec(read("models/prediction.py"))[1];
  assert.deepEqual([...messages.qualityWords], [...words.matchAll(/"(\w+)"/g)].map(([, word]) => word));
});
