import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { listenForIntent } from "../../../frontend/static/js/sending/intake.js";

const on = (name, selector) => {
  const event = new Event(name);
  Object.defineProperty(event, "target", { value: { closest: (wanted) => wanted.includes(selector) || null } });
  return event;
};

let told;
beforeEach(() => {
  told = 0;
  globalThis.document = new EventTarget();
  listenForIntent(() => {
    told += 1;
  });
});

test("looking around is no intent", () => {
  for (const name of ["pointerover", "focusin"]) document.dispatchEvent(on(name, ".site-header"));
  assert.equal(told, 0);
});

for (const [name, selector] of [
  ["pointerover", ".dropzone"],
  ["focusin", ".sample"],
  ["dragenter", "body"],
  ["paste", "body"],
]) {
  test(`${name} on ${selector} is told, and once`, () => {
    for (let time = 0; time < 3; time += 1) document.dispatchEvent(on(name, selector));
    document.dispatchEvent(on("pointerover", ".sample"));
    assert.equal(told, 1);
  });
}
