import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Confirmation } from "../../../frontend/static/js/kit/confirmation.js";

/** As a browser's: `close` is said in a task of its own, here when the test says so. */
class FakeDialog extends EventTarget {
  localName = "dialog";
  open = false;
  returnValue = "";
  #untold = 0;

  querySelector() {
    return { replaceChildren() {} };
  }

  showModal() {
    assert.equal(this.open, false);
    this.open = true;
  }

  close(value) {
    if (!this.open) return;
    this.open = false;
    if (value !== undefined) this.returnValue = value;
    this.#untold += 1;
  }

  tell() {
    for (; this.#untold > 0; this.#untold -= 1) this.dispatchEvent(new Event("close"));
  }
}

let nodes;

beforeEach(() => {
  nodes = { confirmation: new FakeDialog(), confirm: new EventTarget(), refuse: new EventTarget() };
  globalThis.document = { getElementById: (id) => nodes[id] ?? {} };
});

afterEach(() => delete globalThis.document);

function press(id) {
  nodes[id].dispatchEvent(new Event("click"));
}

test("only a yes is a yes", async () => {
  const confirmation = new Confirmation();
  for (const [act, expected] of [
    [() => press("confirm"), true],
    [() => press("refuse"), false],
    [() => nodes.confirmation.close(), false],
  ]) {
    const answer = confirmation.ask("Delete it?", []);
    act();
    nodes.confirmation.tell();
    assert.equal(await answer, expected);
  }
});

test("a question that was closed before its end is told answers for itself, not for the next one", async () => {
  for (const [earlier, later] of [
    ["refuse", "confirm"],
    ["confirm", "refuse"],
  ]) {
    const confirmation = new Confirmation();
    const first = confirmation.ask("Delete the first?", []);
    press(earlier);
    const second = confirmation.ask("Delete the second?", []);
    nodes.confirmation.tell();
    press(later);
    nodes.confirmation.tell();
    assert.deepEqual([await first, await second], [earlier === "confirm", later === "confirm"]);
  }
});
