import assert from "node:assert/strict";
import { test } from "node:test";

import { matrixFigure } from "../../../frontend/static/js/drawing/matrix.js";
import { THEME } from "../samples/analyses.js";

const MATRIX = {
  rows: ["a", "b & c"],
  columns: ["x", "y", "z"],
  values: [
    [1, null, 3],
    [0, 0.5, 2],
  ],
  color: (value) => (value > 1 ? "#000000" : "#ffffff"),
  text: ({ value }) => `${value}`,
  tell: ({ row, column, value }) => `${MATRIX.rows[row]}, ${MATRIX.columns[column]}: ${value}`,
};

test("each value is one cell at its row and column, in its colour; a missing one is none", () => {
  const [{ base, x, y, text, marker }] = matrixFigure(MATRIX, THEME).data;
  const middles = base.map((start, cell) => start + x[cell] / 2);
  assert.deepEqual(
    middles.map((middle, cell) => [Math.round(middle), y[cell], text[cell]]),
    [
      [0, 0, "1"],
      [2, 0, "3"],
      [0, 1, "0"],
      [1, 1, "0.5"],
      [2, 1, "2"],
    ],
  );
  assert.deepEqual(marker.color, ["#ffffff", "#000000", "#ffffff", "#ffffff", "#000000"]);
});

test("a cell's figure is read on its colour, and its line has no markup", () => {
  const [{ insidetextfont, customdata }] = matrixFigure(MATRIX, THEME).data;
  assert.deepEqual(insidetextfont.color, ["#000000", "#ffffff", "#000000", "#000000", "#ffffff"]);
  assert.equal(customdata[2], "b &amp; c, x: 0");
});

test("a scale is drawn from end to end below the cells, and only where one is asked for", () => {
  const scale = { title: "points", ends: [-1, 1] };
  const { data, layout } = matrixFigure({ ...MATRIX, scale }, THEME);
  const { base, x } = data[1];
  assert.deepEqual([base[0], Math.round(base.at(-1) + x.at(-1))], [-1, 1]);
  assert.ok(layout.yaxis2.domain[1] < layout.yaxis.domain[0]);
  const plain = matrixFigure(MATRIX, THEME);
  assert.equal(plain.data.length, 1);
  assert.deepEqual([plain.layout.xaxis2, plain.layout.yaxis.domain], [undefined, [0, 1]]);
});
