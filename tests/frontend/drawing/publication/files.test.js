import assert from "node:assert/strict";
import { test } from "node:test";

import { latexTable, latexText } from "../../../../frontend/static/js/drawing/publication/latex.js";
import { printedSvg, sheetOf, WIDTHS_CM } from "../../../../frontend/static/js/drawing/publication/paper.js";
import { standalonePage } from "../../../../frontend/static/js/drawing/publication/standalone.js";

const TYPE_PX = 12;

test("type of 12 px is 8 points in print, whichever the width, and a PNG has 600 dots per inch", () => {
  for (const width_cm of Object.values(WIDTHS_CM)) {
    const { width, height, height_cm, scale } = sheetOf({ data: [], layout: { height: 300 } }, width_cm);
    const cmPerPx = width_cm / width;
    assert.ok(Math.abs((TYPE_PX * cmPerPx * 72) / 2.54 - 8) < 0.02);
    assert.equal(height, 300);
    assert.ok(Math.abs(height_cm - 300 * cmPerPx) < 1e-9);
    assert.ok(Math.abs((width * scale) / (width_cm / 2.54) - 600) < 1e-9);
  }
});

test("a figure that asks for no height gets it by its aspect", () => {
  const { width, height } = sheetOf({ data: [], layout: {} }, 8.5, 0.5);
  assert.equal(height, Math.round(width / 2));
});

test("an SVG has its printed size, the drawn one as its view, and texts that cannot be markup", () => {
  const sheet = sheetOf({ data: [], layout: { height: 200 } }, 8.5);
  const svg = printedSvg('<svg class="main-svg" xmlns="http://www.w3.org/2000/svg" width="361" height="200" style="x"><rect width="9"/></svg>', sheet, {
    title: "a < b",
    caption: "p & q",
  });
  assert.match(svg, /^<svg width="8\.5cm" height="4\.709cm" viewBox="0 0 361 200" role="img" class="main-svg" xmlns=/);
  assert.match(svg, /<title>a &lt; b<\/title><desc>p &amp; q<\/desc><rect width="9"\/>/);
});

test("what has a meaning in LaTeX is written as itself", () => {
  assert.equal(latexText("50 % of no_gmm & {a}\\$"), "50 \\% of no\\_gmm \\& \\{a\\}\\textbackslash{}\\$");
  assert.equal(latexText("−1 ± 2"), "$-$1 $\\pm$ 2");
});

test("a table in LaTeX has the figures that the page shows, numbers to the right", () => {
  const table = {
    columns: [
      { label: "variant", format: "text" },
      { label: "SRCC", format: "correlation" },
    ],
    rows: [
      ["no_gmm", 0.8],
      ["moe", null],
    ],
  };
  const text = latexTable(table, "Who wins?");
  assert.match(text, /\\caption\{Who wins\?\}/);
  assert.match(text, /\\begin\{tabular\}\{lr\}/);
  assert.match(text, /no\\_gmm & 0\.800 \\\\/);
  assert.match(text, /moe & – \\\\/);
});

test("a page that stands alone holds library, data and caption, and no text in it ends a script", () => {
  const figure = { data: [{ x: new Float32Array([1, 2]), name: "</script><b>" }], layout: { height: 9 } };
  const page = standalonePage(figure, { title: "T", caption: "<i>", language: "en" }, "lib('</script>')");
  assert.equal(page.match(/<\/script>/g)?.length, 2);
  assert.ok(page.includes('"x":[1,2]'));
  assert.ok(page.includes("<figcaption>&lt;i&gt;</figcaption>"));
  assert.doesNotMatch(page, /https?:/);
});
