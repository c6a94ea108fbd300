import assert from "node:assert/strict";
import { test } from "node:test";

import { checkSize, firstFile } from "../../frontend/static/js/files.js";

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

test("the first of several files is taken, and all are counted", () => {
  assert.deepEqual(firstFile({ files: ["one", "two"] }), { file: "one", count: 2 });
  assert.deepEqual(firstFile({ files: [] }), { file: null, count: 0 });
  assert.deepEqual(firstFile(null), { file: null, count: 0 });
});
