import assert from "node:assert/strict";
import { test } from "node:test";

import { categoryEntries, cividis, groupColor, inkOn, mix, signedEntries, viridis } from "../../../frontend/static/js/drawing/colours.js";
import { GROUPS } from "../../../frontend/static/js/drawing/taxonomy.js";
import { THEME } from "../samples/analyses.js";

const DARK = { ...THEME, ink: "rgb(232, 234, 237)", surface: "rgb(20, 23, 27)" };

test("groups have their own hues and one symbol", () => {
  for (const { key, color, symbol } of categoryEntries(Object.keys(GROUPS), THEME)) {
    assert.equal(color, groupColor(key, THEME));
    assert.equal(symbol, "circle");
  }
});

for (const [name, theme] of [
  ["light", THEME],
  ["dark", DARK],
]) {
  test(`types of a group differ by symbol and by lightness (${name})`, () => {
    for (const types of Object.values(GROUPS)) {
      const entries = categoryEntries(types, theme);
      assert.equal(new Set(entries.map(({ symbol }) => symbol)).size, types.length);
      assert.equal(new Set(entries.map(({ color }) => color)).size, types.length);
    }
  });
}

test("names outside the taxonomy differ by hue and symbol together, up to 35 of them", () => {
  const entries = categoryEntries(
    Array.from({ length: 35 }, (_, index) => `content ${index}`),
    THEME,
  );
  assert.equal(new Set(entries.map(({ color, symbol }) => color + symbol)).size, 35);
});

test("a signed scale is even around 0: blue below, orange above", () => {
  const edges = [-20, -10, 0, 10, 20];
  const colors = signedEntries(["a", "b", "c", "d"], edges, THEME).map(({ color }) =>
    Number.parseInt(color.slice(1), 16),
  );
  const [red, blue] = [(color) => color >> 16, (color) => color & 255];
  assert.ok(blue(colors[0]) > blue(colors[1]) - 40 && red(colors[0]) < red(colors[1]));
  assert.ok(red(colors[3]) > red(colors[2]) && blue(colors[3]) < blue(colors[2]));
});

test("viridis goes from its dark to its bright end, and no further", () => {
  assert.deepEqual([viridis(-1), viridis(0.5), viridis(2)], ["#440154", "#21918c", "#fde725"]);
});

test("colours mix from either notation", () => {
  assert.equal(mix("#000000", "rgb(100, 200, 50)", 0.5), "#326419");
});

test("the seven groups have seven hues; everything else is neutral", () => {
  const theme = { neutral: "grey" };
  const colors = Object.keys(GROUPS).map((name) => groupColor(name, theme));
  assert.equal(new Set(colors).size, 8);
  assert.equal(groupColor("clean", theme), "grey");
  assert.equal(groupColor("constructor", theme), "grey");
});

test("a cluster has the colour of the group that it is named after", () => {
  for (const name of ["blur 2", "blur and photographs", "blur and photographs 3"]) {
    assert.equal(groupColor(name, THEME), groupColor("blur", THEME), name);
  }
  assert.equal(groupColor("good photographs", THEME), THEME.neutral);
});

test("black or white is read on every colour of a scale, at 4.5 to 1", () => {
  for (const scale of [viridis, cividis]) {
    for (let step = 0; step <= 100; step += 1) {
      const color = scale(step / 100);
      const [ink, ground] = [luminance(inkOn(color)), luminance(color)].sort((one, other) => other - one);
      assert.ok((ink + 0.05) / (ground + 0.05) >= 4.5, color);
    }
  }
  assert.deepEqual([inkOn("#fde725"), inkOn("#440154")], ["#000000", "#ffffff"]);
});

/** WCAG's relative luminance. */
function luminance(color) {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
