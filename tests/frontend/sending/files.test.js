import assert from "node:assert/strict";
import { test } from "node:test";

import { checkSize, givenFiles } from "../../../frontend/static/js/sending/files.js";

const codeOf = (size, limit) => {
  try {
    checkSize({ size }, limit);
    return null;
  } catch (error) {
    return error.problem.code;
  }
};

test("sizes from one byte to the limit pass", () => {
  assert.equal(codeOf(1, 100), null);
  assert.equal(codeOf(100, 100), null);
});

test("empty and too large files are told apart", () => {
  assert.equal(codeOf(0, 100), "client_file_empty");
  assert.equal(codeOf(101, 100), "client_file_too_large");
});

test("all files that were given together are taken", () => {
  assert.deepEqual(givenFiles({ files: ["one", "two"] }), ["one", "two"]);
  assert.deepEqual(givenFiles({ files: [] }), []);
  assert.deepEqual(givenFiles(null), []);
});
