/** Circles whose area is a weight. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { diameter, weightCircles } from "../../../frontend/static/js/drawing/weight_circles.js";
import { THEME, fusionAnalysis } from "../samples/analyses.js";

test("four times the weight is twice the diameter, and no weight is still seen", () => {
  assert.ok(Math.abs(diameter(0.8) - 2 * diameter(0.2)) < 1e-9);
  assert.ok(diameter(0) > 0);
});

test("each has the colour of its group, and `fusion` is neutral and square", () => {
  const { marker } = weightCircles(fusionAnalysis().experts, THEME);
  assert.equal(marker.color[1], "#56b4e9", "blur");
  assert.equal(marker.color.at(-1), THEME.neutral);
  assert.equal(marker.symbol.at(-1), "square");
});
