/** A picture is called unfamiliar where its percentile is known and below one, and not otherwise. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isUnfamiliar } from "../../../frontend/static/js/kit/familiarity.js";

test("one in a hundred training photographs is as unusual", () => {
  assert.deepEqual([0, 0.9, 1, 50, null].map(isUnfamiliar), [true, true, false, false, false]);
});
