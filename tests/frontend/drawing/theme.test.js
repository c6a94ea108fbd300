import assert from "node:assert/strict";
import { test } from "node:test";

import { keepChoice, nextChoice, readChoice } from "../../../frontend/static/js/drawing/theme.js";

function memory(entries = {}) {
  return { getItem: (key) => entries[key] ?? null, setItem: (key, value) => (entries[key] = value) };
}

const blocked = () => {
  throw new DOMException("storage is blocked", "SecurityError");
};

test("the choices go round", () => {
  assert.deepEqual(["auto", "light", "dark"].map(nextChoice), ["light", "dark", "auto"]);
});

test("a choice is kept; anything else that stands there is not one", () => {
  const storage = memory();
  keepChoice("dark", () => storage);
  assert.equal(
    readChoice(() => storage),
    "dark",
  );
  assert.equal(
    readChoice(() => memory({ theme: "pink" })),
    "auto",
  );
});

test("a browser that keeps nothing gets the system's theme", () => {
  keepChoice("dark", blocked);
  assert.equal(readChoice(blocked), "auto");
});
