import assert from "node:assert/strict";
import { test } from "node:test";

import { Api } from "../../../../frontend/static/js/kit/net/api.js";
import { Listing } from "../../../../frontend/static/js/pages/analyses/listing.js";
import { plainAnalysis } from "../../samples/analyses.js";

const part = (ids, { total = 9, next = null } = {}) => ({
  items: ids.map((id) => plainAnalysis({ id })),
  total,
  next_cursor: next,
});
const ids = (items) => items.map(({ id }) => id);

test("parts follow each other, and none is listed twice", () => {
  const listing = new Listing().with(part(["e", "d", "c"], { next: "x" })).with(part(["c", "b", "a"]));
  assert.deepEqual(ids(listing.items), ["e", "d", "c", "b", "a"]);
  assert.equal(listing.hasMore, false);
  assert.equal(listing.total, 9);
});

test("what was deleted leaves the list, its length and the selection", () => {
  const before = new Listing().with(part(["c", "b", "a"], { next: "x" })).allMarked(true);
  const after = before.without(new Set(["b", "elsewhere"]));
  assert.deepEqual(ids(after.items), ["c", "a"]);
  assert.deepEqual(ids(after.selection), ["c", "a"]);
  assert.equal(after.total, 8);
  assert.ok(after.hasMore);
  assert.deepEqual(ids(before.items), ["c", "b", "a"]);
});

test("entries are selected one by one, all together, and let go", () => {
  const listing = new Listing().with(part(["c", "b", "a"]));
  assert.deepEqual(ids(listing.marked("a", true).marked("c", true).selection), ["c", "a"]);
  assert.deepEqual(ids(listing.marked("a", true).marked("a", false).selection), []);
  assert.deepEqual(ids(listing.allMarked(true).allMarked(false).selection), []);
});

test("a further part keeps the selection", () => {
  const listing = new Listing().with(part(["b"], { next: "x" })).marked("b", true).with(part(["a"]));
  assert.deepEqual(ids(listing.selection), ["b"]);
});

test("the focus goes to the next entry that stays, else to the one before", () => {
  const listing = new Listing().with(part(["d", "c", "b", "a"]));
  assert.equal(listing.heirOf("c", new Set(["c", "b"])).id, "a");
  assert.equal(listing.heirOf("a", new Set(["a"])).id, "b");
  assert.equal(listing.heirOf("d", new Set(["a", "b", "c", "d"])), null);
});

test("the list is asked for with its search text escaped, and deleting sends no body", async () => {
  const asked = [];
  const api = new Api("/api/v1", async (url, init) => {
    asked.push([init.method ?? "GET", url]);
    return init.method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(part([]));
  });
  await api.analyses({ query: "50%_ä&", cursor: null, limit: 20 });
  await api.analyses({ query: "", cursor: "1-a", limit: 20 });
  await api.deleteAnalysis("a/1");
  await api.localQuality("a1", "moe");
  assert.deepEqual(asked, [
    ["GET", "/api/v1/analyses?limit=20&q=50%25_%C3%A4%26"],
    ["GET", "/api/v1/analyses?limit=20&q=&cursor=1-a"],
    ["DELETE", "/api/v1/analyses/a%2F1"],
    ["GET", "/api/v1/analyses/a1/local?checkpoint=moe"],
  ]);
});

test("a refused deletion is a problem", async () => {
  const problem = { title: "Not Found", detail: "got a", code: "unknown-analysis", status: 404, request_id: "r" };
  const api = new Api("/api/v1", async () => Response.json(problem, { status: 404 }));
  await assert.rejects(api.deleteAnalysis("a"), (error) => error.problem.code === "unknown-analysis");
});
