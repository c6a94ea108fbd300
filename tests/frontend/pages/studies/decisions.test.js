import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ProblemError } from "../../../../frontend/static/js/kit/net/problem.js";
import { badgeNames } from "../../../../frontend/static/js/pages/studies/decisions/badges.js";
import { DecisionBook, NOTHING, STALE, tagsOf } from "../../../../frontend/static/js/pages/studies/decisions/book.js";

const keep = (now) => ({ ...now, choice: "keep" });

/** A service that keeps decisions by their revisions, and what a book told its page. */
function opened(kept = new Map()) {
  const told = { changed: [], stale: 0, failed: [] };
  const service = {
    studyDecisions: async () => ({ items: [...kept].map(([position, decision]) => ({ position, decision })) }),
    decideAboutPictures: async (_id, changes) => {
      service.sent.push(changes);
      for (const { position, revision } of changes) {
        if ((kept.get(position)?.revision ?? 0) !== revision) throw new ProblemError({ code: STALE, title: "", detail: "" }, { status: 409 });
      }
      const items = changes.map(({ position, ...said }) => ({ position, decision: { ...said, revision: said.revision + 1 } }));
      for (const { position, decision } of items) kept.set(position, decision);
      return { items };
    },
    sent: [],
  };
  const book = new DecisionBook(service, "s", {
    onChange: (positions) => told.changed.push(positions),
    onStale: () => (told.stale += 1),
    onFail: (error) => told.failed.push(error),
  });
  return { book, service, kept, told };
}

describe("decisions", () => {
  test("show at once, and are kept with the revision that the service has by then", async () => {
    const { book, kept } = opened();
    book.change([3], keep);
    book.change([3], (now) => ({ ...now, tags: ["sky"] }));
    assert.deepEqual(book.of(3), { choice: "keep", tags: ["sky"], corrected_score: null });
    await book.settled();
    assert.deepEqual(kept.get(3), { choice: "keep", tags: ["sky"], corrected_score: null, revision: 2 });
    assert.deepEqual([book.counts, book.tags], [{ keep: 1, reject: 0 }, ["sky"]]);
  });

  test("are taken back one change after the other, several pictures at once", async () => {
    const { book, kept } = opened();
    book.change([1, 2], keep);
    book.change([2], (now) => ({ ...now, choice: "reject" }));
    book.undo();
    assert.equal(book.of(2).choice, "keep");
    book.undo();
    assert.equal(book.canUndo, false);
    book.undo();
    await book.settled();
    assert.deepEqual([...kept.values()].map(({ choice }) => choice), [null, null]);
  });

  test("that change nothing are neither sent nor taken back", async () => {
    const { book, service } = opened();
    book.change([1], (now) => ({ ...now }));
    await book.settled();
    assert.deepEqual([service.sent, book.canUndo], [[], false]);
  });

  test("of another tab stand where it was faster", async () => {
    const { book, kept, told } = opened();
    await book.read();
    kept.set(5, { ...NOTHING, choice: "reject", revision: 1 });
    book.change([5], keep);
    await book.settled();
    assert.deepEqual([book.of(5).choice, told.stale, told.failed], ["reject", 1, []]);
    book.change([5], keep);
    await book.settled();
    assert.equal(kept.get(5).choice, "keep");
  });

  test("that could not be kept are taken back and told", async () => {
    const { book, service, told } = opened();
    service.decideAboutPictures = async () => {
      throw new Error("away");
    };
    book.change([5], keep);
    await book.settled();
    assert.deepEqual([book.of(5), told.failed.length], [{ ...NOTHING }, 1]);
  });

  test("about very many go in parts", async () => {
    const { book, service } = opened();
    book.change(Array.from({ length: 450 }, (_, position) => position), keep);
    await book.settled();
    assert.deepEqual(service.sent.map((part) => part.length), [200, 200, 50]);
  });
});

test("tags are what stands between commas, each once", () => {
  assert.deepEqual(tagsOf(" sky, to print;sky ,, "), ["sky", "to print"]);
  assert.deepEqual(tagsOf(""), []);
});

test("badges say what should make a reader look twice", () => {
  const row = { state: "scored", low: 40, high: 60, other_score: 50, familiarity: 30, duplicate_group: null };
  assert.deepEqual(badgeNames(row, NOTHING), []);
  assert.deepEqual(badgeNames({ ...row, other_score: 60.5, familiarity: 0.4, duplicate_group: 2 }, { ...NOTHING, choice: "keep" }), [
    "keep",
    "unfamiliar",
    "duplicate",
    "disagreement",
  ]);
  assert.deepEqual(badgeNames({ ...row, other_score: null, state: "refused" }, NOTHING), ["unreadable"]);
});
