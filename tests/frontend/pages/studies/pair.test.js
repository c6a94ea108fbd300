import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ALL, linkedOf, viewOf, zoomed } from "../../../../frontend/static/js/pages/studies/pair/linked.js";
import { kept, listed, paged, stepped } from "../../../../frontend/static/js/pages/studies/pair/walk.js";

const PANE = { width: 400, height: 300 };
const WIDE = { width: 320, height: 160 };
const TALL = { width: 120, height: 320 };

describe("the link between two pictures", () => {
  test("at first shows all of each, as large as its pane allows", () => {
    assert.deepEqual(viewOf(ALL, WIDE, PANE), { x: 160, y: 80, scale: 1.25 });
    assert.deepEqual(viewOf(ALL, TALL, PANE), { x: 60, y: 160, scale: 300 / 320 });
  });

  test("keeps the pixel under the hand there, and shows the same share of the other", () => {
    const at = [350, 40];
    const before = viewOf(ALL, WIDE, PANE);
    const link = zoomed(ALL, WIDE, PANE, at, 2);
    const after = viewOf(link, WIDE, PANE);
    const under = ({ x, y, scale }) => [x + (at[0] - PANE.width / 2) / scale, y + (at[1] - PANE.height / 2) / scale];
    under(before).forEach((value, axis) => assert.ok(Math.abs(value - under(after)[axis]) < 1e-9));
    const other = viewOf(link, TALL, PANE);
    assert.ok(Math.abs(other.x / TALL.width - after.x / WIDE.width) < 1e-9);
    assert.ok(Math.abs(other.scale / viewOf(ALL, TALL, PANE).scale - 2) < 1e-9);
  });

  test("never shows less than all, and then in the middle", () => {
    const near = zoomed(ALL, WIDE, PANE, [10, 10], 4);
    assert.equal(zoomed(near, WIDE, PANE, [390, 290], 0.01), ALL);
    assert.equal(linkedOf({ x: 3, y: 4, scale: 0.5 }, WIDE, PANE), ALL);
  });
});

describe("the walk along an order", () => {
  const order = listed([7, 8, 9, 10]);

  test("moves the second and leaves the first", async () => {
    assert.deepEqual(await stepped(order, { a: 0, b: 1 }, 1), { a: 0, b: 2 });
    assert.deepEqual(await stepped(order, { a: 1, b: 2 }, -1), { a: 1, b: 0 });
    assert.equal(await stepped(order, { a: 0, b: 3 }, 1), null);
    assert.equal(await stepped(order, { a: 0, b: 1 }, -1), null);
  });

  test("what is kept stands first, beside the next that was not looked at", async () => {
    assert.deepEqual(await kept(order, { a: 0, b: 1 }, "a"), { a: 0, b: 2 });
    assert.deepEqual(await kept(order, { a: 0, b: 1 }, "b"), { a: 1, b: 2 });
    assert.deepEqual(await kept(order, { a: 2, b: 0 }, "b"), { a: 0, b: 3 });
    assert.equal(await kept(order, { a: 0, b: 3 }, "b"), null);
  });

  test("passes over what cannot be read, and asks for each part once", async () => {
    const asked = [];
    const rows = Array.from({ length: 7 }, (_, place) => ({ position: 10 + place, state: place === 3 ? "refused" : "scored" }));
    const parts = paged(7, 3, async (after) => {
      asked.push(after);
      return rows.slice(after, after + 3);
    });
    assert.deepEqual(await stepped(parts, { a: 0, b: 2 }, 1), { a: 0, b: 4 });
    assert.equal(await parts.positionAt(4), 14);
    assert.equal(await parts.positionAt(3), null);
    assert.deepEqual(asked, [3]);
  });

  test("a part that failed is asked for again", async () => {
    let count = 0;
    const parts = paged(1, 3, async () => {
      count += 1;
      if (count === 1) throw new Error("away");
      return [{ position: 5, state: "scored" }];
    });
    await assert.rejects(parts.positionAt(0), /away/);
    assert.equal(await parts.positionAt(0), 5);
  });
});
