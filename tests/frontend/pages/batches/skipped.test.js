import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { showSkipped } from "../../../../frontend/static/js/pages/batches/views/skipped.js";

/** As much of an element as the list touches. */
class FakeElement {
  children = [];
  dataset = {};
  hidden = true;

  constructor(localName) {
    this.localName = localName;
  }

  get childElementCount() {
    return this.children.filter((child) => typeof child !== "string").length;
  }

  get textContent() {
    return this.children.map((child) => (typeof child === "string" ? child : child.textContent)).join("");
  }

  set textContent(text) {
    this.children = [text];
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  querySelector(name) {
    return this.children.find(({ localName }) => localName === name) ?? null;
  }
}

let details;

beforeEach(() => {
  details = new FakeElement("details");
  details.append(new FakeElement("summary"), new FakeElement("ul"));
  globalThis.document = {
    createElement: (name) => new FakeElement(name),
    getElementById: (id) => (id === "skipped" ? details : null),
  };
});

afterEach(() => {
  delete globalThis.document;
});

const summary = () => details.querySelector("summary").textContent;
const entries = () => details.querySelector("ul").children;

test("a batch of which nothing was skipped shows no list", () => {
  showSkipped({ id: "none", skipped: 0, skipped_files: [] });
  assert.equal(details.hidden, true);
  assert.deepEqual(entries(), []);
});

test("every skipped file stands with its reason, its name apart and without what turns text around", () => {
  showSkipped({
    id: "two",
    skipped: 2,
    skipped_files: [
      { filename: "__MACOSX/._1.jpg", reason: "system-file" },
      { filename: ".hidden\u202egnp.exe", reason: "hidden-file" },
    ],
  });
  assert.equal(details.hidden, false);
  assert.equal(summary(), "2 files of the archive were skipped");
  const [first, second] = entries();
  assert.deepEqual(
    [first, second].map(({ children: [name] }) => [name.localName, name.textContent]),
    [
      ["bdi", "__MACOSX/._1.jpg"],
      ["bdi", ".hidden[U+202E]gnp.exe"],
    ],
  );
  assert.match(first.textContent, /1\.jpg · \S/);
  assert.notEqual(first.textContent.split(" · ")[1], second.textContent.split(" · ")[1]);
});

test("of many files the first are named and the rest are counted", () => {
  const files = Array.from({ length: 100 }, (_, index) => ({ filename: `._${index}`, reason: "system-file" }));
  showSkipped({ id: "many", skipped: 1234, skipped_files: files });
  assert.equal(summary(), "1,234 files of the archive were skipped");
  assert.equal(entries().length, 101);
  assert.match(entries()[100].textContent, /1,134/);
});

test("a batch that is shown again while it is scored leaves the list alone, another batch replaces it", () => {
  const job = { id: "one", skipped: 1, skipped_files: [{ filename: "Thumbs.db", reason: "system-file" }] };
  showSkipped(job);
  const [entry] = entries();
  showSkipped(job);
  assert.equal(entries()[0], entry);
  showSkipped({ id: "another", skipped: 1, skipped_files: [{ filename: ".other", reason: "hidden-file" }] });
  assert.deepEqual(
    entries().map(({ children: [name] }) => name.textContent),
    [".other"],
  );
});
