import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  fit,
  pan,
  pinch,
  ranges,
  toMap,
  toPx,
  transform,
  wheelFactor,
  zoomAt,
} from "../../../frontend/static/js/mapdata/viewport.js";

const size = { width: 800, height: 400 };
const extent = { x: [-10, 30], y: [0, 10] };
const home = fit(extent, size);
const close = (got, expected) =>
  got.forEach((value, index) => assert.ok(Math.abs(value - expected[index]) < 1e-9, `${got} ≠ ${expected}`));

for (const shape of [size, { width: 300, height: 600 }]) {
  test(`a fitted view of ${shape.width} × ${shape.height} px holds every point, in true proportion`, () => {
    const { x, y } = ranges(fit(extent, shape), shape);
    assert.ok(x[0] < -10 && x[1] > 30 && y[0] < 0 && y[1] > 10);
    assert.ok(Math.abs((x[1] - x[0]) / shape.width - (y[1] - y[0]) / shape.height) < 1e-9);
  });
}

test("px and places convert both ways; up is up", () => {
  close(toPx(home, size, toMap(home, size, [123, 45])), [123, 45]);
  assert.ok(toMap(home, size, [0, 0])[1] > toMap(home, size, [0, 10])[1]);
});

test("a panned place follows the hand", () => {
  const under = toMap(home, size, [100, 100]);
  close(toPx(pan(home, size, [30, -20]), size, under), [130, 80]);
});

describe("zoom", () => {
  test("keeps the place under the pointer", () => {
    const under = toMap(home, size, [600, 50]);
    close(toPx(zoomAt(home, size, [600, 50], 3, home), size, under), [600, 50]);
  });

  test("ends before the map is a speck or a point fills it", () => {
    assert.equal(zoomAt(home, size, [0, 0], 1e9, home).span, home.span / 400);
    assert.equal(zoomAt(home, size, [0, 0], 1e-9, home).span, home.span * 2);
  });

  test("a step in and the same step out lead back", () => {
    const { x, y, span } = zoomAt(zoomAt(home, size, [200, 300], 1.7, home), size, [200, 300], 1 / 1.7, home);
    close([x, y, span], [home.x, home.y, home.span]);
  });
});

test("two fingers hold what is under them", () => {
  const before = [
    [300, 200],
    [500, 200],
  ];
  const after = [
    [250, 220],
    [650, 220],
  ];
  const under = before.map((px) => toMap(home, size, px));
  const view = pinch(home, size, before, after, home);
  under.forEach((place, finger) => close(toPx(view, size, place), after[finger]));
});

test("wheels that count lines turn as far as those that count px; a trackpad's pinch is stronger", () => {
  const px = wheelFactor({ deltaY: -48, deltaMode: 0, ctrlKey: false });
  assert.equal(wheelFactor({ deltaY: -3, deltaMode: 1, ctrlKey: false }), px);
  assert.ok(px > 1 && wheelFactor({ deltaY: -48, deltaMode: 0, ctrlKey: true }) > px);
});

test("a drawn picture is moved to where the wanted view has it", () => {
  const wanted = zoomAt(pan(home, size, [40, 10]), size, [100, 300], 2, home);
  const { scale, dx, dy } = transform(home, wanted, size);
  const place = toMap(home, size, [250, 120]);
  close([250 * scale + dx, 120 * scale + dy], toPx(wanted, size, place));
});
