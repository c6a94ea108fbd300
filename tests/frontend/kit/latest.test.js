import assert from "node:assert/strict";
import { test } from "node:test";

import { Latest } from "../../../frontend/static/js/kit/net/latest.js";

/** A task that ends when told to, or fails when aborted, as fetch does. */
function controlled() {
  let finish;
  let signal;
  const task = (given) => {
    signal = given;
    return new Promise((resolve, reject) => {
      finish = resolve;
      given.addEventListener("abort", () => reject(given.reason));
    });
  };
  return { task, finish: (value) => finish(value), aborted: () => signal.aborted };
}

test("a task's result is handed on", async () => {
  assert.equal(await new Latest().run(async () => 7), 7);
});

test("a task's own failure is handed on", async () => {
  await assert.rejects(
    new Latest().run(async () => Promise.reject(new Error("broken"))),
    /broken/,
  );
});

test("a new task aborts the one before, which then brings nothing", async () => {
  const latest = new Latest();
  const [first, second] = [controlled(), controlled()];
  const firstResult = latest.run(first.task);
  const secondResult = latest.run(second.task);
  assert.ok(first.aborted());
  second.finish("second");
  assert.equal(await firstResult, null);
  assert.equal(await secondResult, "second");
});

test("a task that ignores its signal still brings nothing once cancelled", async () => {
  const latest = new Latest();
  const result = latest.run(async () => "late");
  latest.cancel();
  assert.equal(await result, null);
});
