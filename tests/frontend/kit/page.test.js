import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { AddressedPage, Page } from "../../../frontend/static/js/kit/page.js";

/** As much of an element as the base of a page touches. */
class FakeNode extends EventTarget {
  dataset = { apiUrl: "/api/v1" };
  hidden = true;
  textContent = "";

  constructor(id) {
    super();
    this.localName = id === "retry" ? "button" : "div";
  }

  querySelector() {
    return new FakeNode();
  }

  append() {}
  replaceChildren() {}
  setAttribute() {}
}

let nodes;
let listeners;

beforeEach(() => {
  nodes = new Map();
  listeners = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), {
    getElementById: (id) => nodes.get(id) ?? nodes.set(id, new FakeNode(id)).get(id),
    createElement: () => new FakeNode(),
  });
  globalThis.addEventListener = (...parts) => listeners.addEventListener(...parts);
  globalThis.location = { pathname: "/map", search: "?color=score" };
  globalThis.history = {
    pushState: (_state, _title, address) => nodes.set("pushed", address),
    replaceState: (_state, _title, address) => nodes.set("replaced", address),
  };
});

afterEach(() => {
  for (const name of ["document", "addEventListener", "location", "history"]) delete globalThis[name];
});

class Told extends Page {
  told = [];
  isReady = false;
  failures = 0;

  constructor() {
    super("told-page");
  }

  get isShown() {
    return this.isReady;
  }

  listen() {
    this.told.push("listen");
  }

  async open() {
    this.told.push("open");
    if (this.failures-- > 0) throw new TypeError("no network");
    this.isReady = true;
  }

  async follow() {
    this.told.push("follow");
  }

  async repaint() {
    this.told.push("repaint");
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a page listens once and opens again where that failed, until it is shown", async () => {
  const page = new Told();
  page.failures = 1;
  await page.start();
  assert.equal(page.root.dataset.state, "failed");
  assert.equal(nodes.get("problem").hidden, false);
  nodes.get("retry").dispatchEvent(new Event("click"));
  await settled();
  assert.deepEqual(page.told, ["listen", "open", "open"]);
  assert.equal(nodes.get("problem").hidden, true);
});

test("what is shown stays when something fails, and the failure is told", async () => {
  const page = new Told();
  await page.start();
  page.show("map");
  await page.guard(async () => {
    throw new Error("broken");
  });
  assert.equal(page.root.dataset.state, "map");
  assert.equal(nodes.get("problem").hidden, false);
});

test("back and forward are followed, and only what is shown is painted anew", async () => {
  const page = new Told();
  page.failures = 1;
  await page.start();
  document.dispatchEvent(new Event("themechange"));
  page.isReady = true;
  document.dispatchEvent(new Event("themechange"));
  listeners.dispatchEvent(new Event("popstate"));
  await settled();
  assert.deepEqual(page.told, ["listen", "open", "repaint", "follow"]);
});

test("other colours do not take a problem off the page", async () => {
  const page = new Told();
  await page.start();
  page.fail(new TypeError("no network"));
  document.dispatchEvent(new Event("themechange"));
  await settled();
  assert.equal(nodes.get("problem").hidden, false);
});

test("the address holds the state: a step of its own, a change without one, and the way back", () => {
  const address = {
    read: (search) => ({ color: new URLSearchParams(search).get("color"), page: 1 }),
    write: ({ color, page }) => `?color=${color}${page > 1 ? `&page=${page}` : ""}`,
  };
  const page = new AddressedPage("map-page", address);
  assert.deepEqual(page.state, { color: "score", page: 1 });
  page.step({ color: "type" });
  assert.equal(nodes.get("pushed"), "/map?color=type");
  page.keep({ page: 2 });
  assert.equal(nodes.get("replaced"), "/map?color=type&page=2");
  page.reread();
  assert.deepEqual(page.state, { color: "score", page: 1 });
});

test("a change and the way back bring the page from the state on show to the one asked for, its gaps filled", async () => {
  /** @type {[string, string][]} */
  const brought = [];
  class Followed extends AddressedPage {
    fillGaps() {
      this.state = { ...this.state, checkpoint: this.state.checkpoint ?? "moe" };
    }

    async catchUp(before) {
      brought.push([before.color, this.state.color]);
    }
  }
  const address = {
    read: (search) => ({ color: new URLSearchParams(search).get("color") }),
    write: ({ color }) => `?color=${color}`,
  };
  const page = new Followed("map-page", address);
  await page.change({ color: "type" });
  assert.equal(nodes.get("pushed"), "/map?color=type");
  await page.follow();
  assert.deepEqual(brought, [
    ["score", "type"],
    ["type", "score"],
  ]);
  assert.equal(page.state.checkpoint, "moe");
});
