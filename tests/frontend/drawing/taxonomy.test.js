import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { GROUPS, groupColor } from "../../../frontend/static/js/drawing/taxonomy.js";

const python = readFileSync(new URL("../../../models/taxonomy.py", import.meta.url), "utf8");

test("groups and types are those of models/taxonomy.py, in its order", () => {
  const table = python.slice(python.indexOf("MappingProxyType(\n"));
  const inPython = [...table.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  const { clean, ...groups } = GROUPS;
  assert.deepEqual(clean, ["clean"]);
  assert.deepEqual(
    Object.entries(groups).flatMap(([group, types]) => [group, ...types]),
    inPython,
  );
});

test("the seven groups have seven hues; everything else is neutral", () => {
  const theme = { neutral: "grey" };
  const colors = Object.keys(GROUPS).map((name) => groupColor(name, theme));
  assert.equal(new Set(colors).size, 8);
  assert.equal(groupColor("clean", theme), "grey");
  assert.equal(groupColor("constructor", theme), "grey");
});
