import assert from "node:assert/strict";
import { test } from "node:test";

import { Api } from "../../../frontend/static/js/kit/net/api.js";
import { ProblemError, asProblem } from "../../../frontend/static/js/kit/net/problem.js";

const PROBLEM = { title: "Busy", status: 503, detail: "Got 64 waiting.", code: "queue_full", request_id: "r1" };

/** An API whose every request gets the same answer, and the requests it was asked. */
function answering(body, init) {
  const requests = [];
  const api = new Api("/api/v1", async (...request) => {
    requests.push(request);
    return new Response(body, init);
  });
  return { api, requests };
}

async function failure(promise) {
  return promise.then(
    () => assert.fail("expected a failure"),
    (error) => error,
  );
}

test("an upload sends the file and the checkpoint as a form", async () => {
  const { api, requests } = answering('{"id": "a1"}', { status: 201 });
  const file = new Blob(["x"]);
  file.name = "cat.jpg";
  assert.deepEqual(await api.analyse(file, "moe"), { id: "a1" });
  const [url, { method, body }] = requests[0];
  assert.equal(`${method} ${url}`, "POST /api/v1/analyses");
  assert.equal(body.get("checkpoint"), "moe");
  assert.equal(body.get("file").name, "cat.jpg");
});

test("no checkpoint means the service's default: none is sent", async () => {
  const { api, requests } = answering("{}", { status: 201 });
  await api.analyse(Object.assign(new Blob(["x"]), { name: "x" }), null);
  assert.equal(requests[0][1].body.has("checkpoint"), false);
});

test("another checkpoint is asked for as JSON, with the id escaped", async () => {
  const { api, requests } = answering("{}", { status: 201 });
  await api.rescore("a/1", "no_gmm");
  const [url, { body, headers }] = requests[0];
  assert.equal(url, "/api/v1/analyses/a%2F1/predictions");
  assert.equal(headers["Content-Type"], "application/json");
  assert.deepEqual(JSON.parse(body), { checkpoint: "no_gmm" });
});

test("a problem keeps its title, detail, code and request id, and says when to come back", async () => {
  const { api } = answering(JSON.stringify(PROBLEM), { status: 503, headers: { "Retry-After": "5" } });
  const error = await failure(api.checkpoints());
  assert.ok(error instanceof ProblemError);
  assert.deepEqual(error.problem, PROBLEM);
  assert.ok(error.retryable);
  assert.match(error.advice, /5 sec/);
});

test("a broken picture is not worth a second try", async () => {
  const { api } = answering(JSON.stringify({ ...PROBLEM, status: 422 }), { status: 422 });
  assert.equal((await failure(api.checkpoints())).retryable, false);
});

test("a proxy's HTML becomes a problem with its status", async () => {
  const { api } = answering("<html>Bad gateway</html>", { status: 502 });
  const error = await failure(api.checkpoints());
  assert.equal(error.problem.code, "client_unreadable_answer");
  assert.match(error.problem.detail, /502/);
});

test("a failed connection becomes a problem that can be tried again", async () => {
  const api = new Api("/api/v1", async () => Promise.reject(new TypeError("fetch failed")));
  const error = await failure(api.checkpoints());
  assert.equal(error.problem.code, "client_unreachable");
  assert.ok(error.retryable && error.advice);
});

test("an abort stays an abort", async () => {
  const controller = new AbortController();
  controller.abort();
  const api = new Api("/api/v1", async (_, { signal }) => Promise.reject(signal.reason));
  assert.equal((await failure(api.checkpoints(controller.signal))).name, "AbortError");
});

test("the page's own errors are shown as problems, too", () => {
  assert.match(asProblem(new RangeError("odd")).problem.detail, /odd/);
});

test("bytes come as a response; a problem instead of them is thrown", async () => {
  const good = new Api("/api/v1", async () => new Response(new Uint8Array([1, 2])));
  assert.deepEqual(new Uint8Array(await (await good.bytes("/x")).arrayBuffer()), new Uint8Array([1, 2]));
  const problem = { title: "Not Found", detail: "got none", code: "unknown-column", status: 404, request_id: "r" };
  const bad = new Api("/api/v1", async () => Response.json(problem, { status: 404 }));
  await assert.rejects(bad.bytes("/x"), (error) => error.problem.code === "unknown-column");
});

test("a code that says more than its status has an advice of its own", async () => {
  const problem = { title: "Not Found", detail: "got x", code: "unknown-checkpoint", status: 404, request_id: "r" };
  const api = new Api("/api/v1", async () => Response.json(problem, { status: 404 }));
  await assert.rejects(api.maps("x"), (error) => /another checkpoint/.test(error.advice));
});
