import assert from "node:assert/strict";
import { test } from "node:test";

import { carriedAddress, forget, readContext, remember } from "../../../frontend/static/js/kit/context.js";

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

const PICTURE = { id: "a b", filename: "cat.jpg" };

test("what is not named stays, and forgetting leaves nothing", () => {
  const tab = storage();
  remember({ picture: PICTURE }, () => tab);
  remember({ checkpoint: "moe" }, () => tab);
  assert.deepEqual(readContext(() => tab), { picture: PICTURE, checkpoint: "moe" });
  forget(() => tab);
  assert.deepEqual(readContext(() => tab), { picture: null, checkpoint: null });
});

test("a browser that keeps nothing, and a text that is not ours, are an empty context", () => {
  const blocked = () => {
    throw new DOMException("no", "SecurityError");
  };
  assert.equal(readContext(blocked).picture, null);
  remember({ checkpoint: "moe" }, blocked);
  assert.equal(readContext(() => ({ getItem: () => "{" })).checkpoint, null);
});

test("each page takes what it can take", () => {
  const context = { picture: PICTURE, checkpoint: "moe" };
  assert.equal(carriedAddress("/", ["picture", "checkpoint"], context), "/analyses/a%20b?checkpoint=moe");
  assert.equal(carriedAddress("/map", ["picture", "checkpoint"], context), "/map?analysis=a+b&checkpoint=moe");
  assert.equal(carriedAddress("/experts", ["checkpoint"], context), "/experts?checkpoint=moe");
  assert.equal(carriedAddress("/compare", ["variant"], context), "/compare?a=moe");
});

test("without a picture the way in stays as it is", () => {
  assert.equal(carriedAddress("/", ["picture", "checkpoint"], { picture: null, checkpoint: "moe" }), "/");
  assert.equal(carriedAddress("/map", ["picture", "checkpoint"], { picture: null, checkpoint: null }), "/map");
});
