import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import { MAPLIBRE_STYLE_ID } from "../../../frontend/static/js/drawing/plot.js";

const vendor = new URL("../../../frontend/static/vendor/", import.meta.url);
const read = (path) => readFileSync(new URL(path, vendor));
const bundle = read("plotly/plotly-strict.min.js").toString();

test("every vendored file is the one that was vendored", () => {
  for (const { files } of JSON.parse(read("VENDOR.json"))) {
    for (const [path, sha256] of Object.entries(files)) {
      assert.equal(createHash("sha256").update(read(path)).digest("hex"), sha256, path);
    }
  }
});

test("plotly.css holds the rules that the bundle would insert, in the order in which they would stand", () => {
  const rules = Object.entries(bundledRules()).map(([selector, body]) => `${pageSelector(selector)}{${body}}`);
  const written = read("plotly/plotly.css").toString().trim().split("\n").slice(1);
  assert.deepEqual(written, rules.reverse());
});

test("the stand-in for MapLibre's rules has the id that the bundle looks for", () => {
  assert.ok(bundle.includes(`document.getElementById("${MAPLIBRE_STYLE_ID}")`));
});

function pageSelector(selector) {
  return selector.replace(/^,/, " ,").replace(/X/g, ".js-plotly-plot .plotly").replace(/Y/g, ".plotly-notifier");
}

/** The object literal that begins with the key "X,X div"; its values hold braces of no kind. */
function bundledRules() {
  const start = bundle.indexOf('{"X,X div":');
  return { ...runInNewContext(`(${bundle.slice(start, bundle.indexOf("}", start) + 1)})`) };
}
