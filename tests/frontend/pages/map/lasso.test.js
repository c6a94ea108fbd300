import assert from "node:assert/strict";
import { test } from "node:test";

import { insidePolygon, shortPolygon } from "../../../../frontend/static/js/pages/map/lasso.js";
import { spiralMap } from "../../samples/maps.js";

const inside = (points, polygon) => [
  ...insidePolygon(
    Float32Array.from(points, ([x]) => x),
    Float32Array.from(points, ([, y]) => y),
    polygon,
  ),
];
const square = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];

test("points inside a square are inside, those around it are not", () => {
  assert.deepEqual(
    inside(
      [
        [1, 1],
        [3.9, 3.9],
        [-0.1, 2],
        [4.1, 2],
        [2, -0.1],
        [2, 4.1],
      ],
      square,
    ),
    [1, 1, 0, 0, 0, 0],
  );
});

test("a point level with a corner is counted once", () => {
  const diamond = [
    [0, -2],
    [2, 0],
    [0, 2],
    [-2, 0],
  ];
  assert.deepEqual(
    inside(
      [
        [0, 0],
        [-3, 0],
        [3, 0],
        [1.5, 0],
      ],
      diamond,
    ),
    [1, 0, 0, 1],
  );
});

test("what a concave polygon leaves out is out", () => {
  const notch = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 1],
    [0, 4],
  ];
  assert.deepEqual(
    inside(
      [
        [2, 3],
        [0.5, 2],
        [3.5, 2],
      ],
      notch,
    ),
    [0, 1, 1],
  );
});

test("where a lasso crosses itself twice, the middle is out", () => {
  const star = [0, 2, 4, 1, 3].map((corner) => [Math.cos(corner * 1.2566), Math.sin(corner * 1.2566)]);
  assert.deepEqual(
    inside(
      [
        [0, 0],
        [0.7, 0],
      ],
      star,
    ),
    [0, 1],
  );
});

test("fewer than three corners hold nothing, and no number lies nowhere", () => {
  assert.deepEqual(
    inside(
      [[0, 0]],
      [
        [-1, -1],
        [1, 1],
      ],
    ),
    [0],
  );
  assert.deepEqual(inside([[Number.NaN, 1]], square), [0]);
});

test("either direction of the hand selects the same", () => {
  const { x, y } = spiralMap(500);
  assert.deepEqual(insidePolygon(x, y, square), insidePolygon(x, y, [...square].reverse()));
});

test("a long path is shortened to what fits an address, and stays about where it was", () => {
  const circle = Array.from({ length: 1000 }, (_, step) => [
    10 * Math.cos(step / 159.15),
    10 * Math.sin(step / 159.15),
  ]);
  const short = shortPolygon(circle);
  assert.ok(short.length <= 96 && short.length > 80);
  for (const [x, y] of short) assert.ok(Math.abs(Math.hypot(x, y) - 10) < 0.01);
  assert.ok(short.flat().every((value) => String(value).length <= 9));
});

test("the bands change nothing: every point as a loop over all edges has it", () => {
  const { x, y } = spiralMap(3000);
  const wobbly = Array.from({ length: 90 }, (_, step) => {
    const angle = step * 0.0698;
    const radius = 6 + 3 * Math.sin(5 * angle);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  const plainly = Uint8Array.from(x, (_, row) => {
    const crossed = wobbly.filter(([x0, y0], corner) => {
      const [x1, y1] = wobbly[(corner + 1) % wobbly.length];
      return y0 > y[row] !== y1 > y[row] && x[row] < x0 + ((x1 - x0) * (y[row] - y0)) / (y1 - y0);
    });
    return crossed.length % 2;
  });
  assert.deepEqual(insidePolygon(x, y, wobbly), plainly);
});
