import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Api } from "../../../../frontend/static/js/kit/net/api.js";
import { Due } from "../../../../frontend/static/js/kit/net/due.js";
import { GONE, ProblemError, unlessGone } from "../../../../frontend/static/js/kit/net/problem.js";
import { CHARTS } from "../../../../frontend/static/js/pages/batches/charts/all.js";
import { chosenFiles, droppedFiles } from "../../../../frontend/static/js/sending/dropped.js";
import { Milestones } from "../../../../frontend/static/js/kit/milestones.js";
import { Results } from "../../../../frontend/static/js/pages/batches/results.js";
import { WorkStream } from "../../../../frontend/static/js/kit/net/work_stream.js";
import { START, pageOf, readState, sortedBy, writeState } from "../../../../frontend/static/js/pages/batches/view_state.js";
import { lineOf } from "../../../../frontend/static/js/pages/batches/views/progress.js";
import { batchTitle, refusal } from "../../../../frontend/static/js/pages/batches/words.js";
import { Pace } from "../../../../frontend/static/js/sending/pace.js";
import { Selection } from "../../../../frontend/static/js/sending/selection.js";
import { checkpointField, sendMany } from "../../../../frontend/static/js/sending/upload.js";
import { THEME } from "../../samples/analyses.js";
import { itemOf, jobOf, refusalOf } from "../../samples/batches.js";

const LIMITS = { batchBytes: 1000, batchFiles: 3, fileBytes: 500, extensions: [".png", ".jpg"] };

function candidate(path, { size = 100, isFromFolder = path.includes("/"), lastModified = 1 } = {}) {
  return { path, isFromFolder, file: { name: path.split("/").at(-1), size, lastModified, type: "" } };
}
const selected = (...candidates) => new Selection(LIMITS).with(candidates);
const paths = ({ chosen }) => chosen.map(({ path }) => path);

describe("what is chosen", () => {
  test("files add up, each once", () => {
    const selection = selected(candidate("a.png"), candidate("a.png"), candidate("d/a.png")).with([candidate("b.png")]);
    assert.deepEqual(paths(selection), ["a.png", "d/a.png", "b.png"]);
    assert.equal(selection.bytes, 300);
    assert.equal(selection.obstacle, null);
  });

  test("of a folder, what is no picture by its name stays out, and litter is not spoken of", () => {
    const selection = selected(
      ...["d/a.PNG", "d/notes.txt", "d/.DS_Store", "d/Thumbs.db", "d/__MACOSX/a.png"].map((path) => candidate(path)),
    );
    assert.deepEqual(paths(selection), ["d/a.PNG"]);
    assert.deepEqual(selection.leftOut, [{ path: "d/notes.txt", reason: "format" }]);
  });

  test("a file that was chosen itself is sent whatever its name, unless it is too large", () => {
    const selection = selected(candidate("notes.txt"), candidate("huge.png", { size: 501 }));
    assert.deepEqual(paths(selection), ["notes.txt"]);
    assert.deepEqual(selection.leftOut, [{ path: "huge.png", reason: "size" }]);
  });

  test("an archive goes alone, and may be larger than a picture", () => {
    assert.ok(selected(candidate("a.ZIP", { size: 900 })).isArchive);
    assert.equal(selected(candidate("a.zip"), candidate("b.png")).obstacle, "mixed");
    assert.equal(selected(candidate("a.zip"), candidate("b.zip")).obstacle, "archives");
  });

  test("more files or bytes than a batch takes stand in the way", () => {
    assert.equal(selected(...[1, 2, 3, 4].map((n) => candidate(`${n}.png`))).obstacle, "files");
    assert.equal(selected(...[1, 2, 3].map((n) => candidate(`${n}.png`, { size: 400 }))).obstacle, "bytes");
  });

  test("a dropped folder is walked to its end, and a chosen one says where its files lay", async () => {
    const leaf = (path) => ({
      isFile: true,
      name: path.split("/").at(-1),
      fullPath: path,
      file: (resolve, reject) => (path.includes("gone") ? reject() : resolve({ name: path })),
    });
    const folder = (name, children) => {
      const parts = [children.slice(0, 1), children.slice(1), []];
      return { isFile: false, name, createReader: () => ({ readEntries: (resolve) => resolve(parts.shift()) }) };
    };
    const tree = folder("d", [leaf("/d/b.png"), folder("e", [leaf("/d/e/c.png")]), leaf("/d/gone.png")]);
    const item = (entry) => ({ kind: "file", webkitGetAsEntry: () => entry });
    const found = await droppedFiles({ items: [item(leaf("/a.png")), { kind: "string" }, item(tree)] });
    assert.deepEqual(
      found.map(({ path, isFromFolder }) => [path, isFromFolder]),
      [
        ["a.png", false],
        ["d/b.png", true],
        ["d/e/c.png", true],
      ],
    );
    const [chosen] = chosenFiles([{ name: "x.png", webkitRelativePath: "f/x.png" }]);
    assert.deepEqual([chosen.path, chosen.isFromFolder], ["f/x.png", true]);
  });
});

test("batches are listed, cancelled and deleted by their escaped ids", async () => {
  const asked = [];
  const api = new Api("/api/v1", async (url, init) => {
    asked.push(`${init.method ?? "GET"} ${url}`);
    return init.method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(jobOf());
  });
  await api.jobs({ cursor: "1-a", limit: 20 });
  await api.job("a/1");
  await api.cancelJob("a/1");
  await api.deleteJob("a/1");
  assert.deepEqual(asked, [
    "GET /api/v1/jobs?limit=20&cursor=1-a",
    "GET /api/v1/jobs/a%2F1",
    "POST /api/v1/jobs/a%2F1/cancel",
    "DELETE /api/v1/jobs/a%2F1",
  ]);
});

class FakeRequest extends EventTarget {
  upload = new EventTarget();
  headers = {};
  open(...opened) {
    this.opened = opened;
  }
  setRequestHeader() {}
  send(body) {
    this.body = body;
  }
  abort() {
    this.dispatchEvent(new Event("abort"));
  }
  getResponseHeader(name) {
    return this.headers[name] ?? null;
  }
  answer(status, text, headers = {}) {
    Object.assign(this, { status, responseText: text, headers });
    this.dispatchEvent(new Event("load"));
  }
}

describe("sending", () => {
  function sending(selection, { checkpoint = "moe" } = {}) {
    const [request, control, seen] = [new FakeRequest(), new AbortController(), []];
    const promise = sendMany("/jobs", selection, {
      beside: checkpointField(checkpoint),
      onProgress: (...progress) => seen.push(progress),
      signal: control.signal,
      makeRequest: () => request,
    });
    return { request, control, seen, promise };
  }
  const real = (name) => ({ path: name, isFromFolder: false, file: new File(["x"], name.split("/").at(-1)) });

  test("pictures go with their folders, an archive as one, and bytes are counted as they leave", async () => {
    const { request, seen, promise } = sending(selected(real("a.png"), real("d/b.png")));
    assert.deepEqual(request.opened, ["POST", "/jobs"]);
    assert.deepEqual(
      request.body.getAll("files").map(({ name }) => name),
      ["a.png", "d/b.png"],
    );
    assert.equal(request.body.get("checkpoint"), "moe");
    request.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded: 1, total: 2 }));
    assert.deepEqual(seen, [[1, 2]]);
    request.answer(202, '{"id": "b1"}');
    assert.deepEqual(await promise, { id: "b1" });
    const archive = sending(selected(real("a.zip")), { checkpoint: null });
    assert.deepEqual([...archive.request.body.keys()], ["archive"]);
  });

  test("a refusal, a lost connection and a change of mind are told apart", async () => {
    const refused = sending(selected(real("a.png")));
    const problem = { title: "Service Unavailable", detail: "got too much", code: "busy", request_id: "r" };
    refused.request.answer(503, JSON.stringify(problem), { "Retry-After": "7" });
    await assert.rejects(refused.promise, { problem, status: 503, retryAfter_s: 7 });
    const lost = sending(selected(real("a.png")));
    lost.request.dispatchEvent(new Event("error"));
    await assert.rejects(lost.promise, ({ problem: { code } }) => code === "client_unreachable");
    const stopped = sending(selected(real("a.png")));
    stopped.control.abort();
    await assert.rejects(stopped.promise, { name: "AbortError" });
  });

  test("the time left follows the last seconds, and is not guessed from a moment", () => {
    const pace = new Pace();
    pace.note(0, 0);
    pace.note(500, 400);
    assert.equal(pace.secondsLeft(1000), null);
    pace.note(1000, 500);
    assert.equal(pace.secondsLeft(1000), 1);
    for (let at_ms = 2000; at_ms <= 20_000; at_ms += 1000) pace.note(at_ms, 500 + at_ms / 100);
    assert.ok(pace.secondsLeft(1000) > 20);
  });
});

describe("the event stream", () => {
  class FakeSource extends EventTarget {
    readyState = 1;
    constructor(url) {
      super();
      this.url = url;
    }
    close() {
      this.readyState = 2;
    }
    say(type, value) {
      this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(value) }));
    }
  }
  function following(mayReturn = async () => true) {
    const [sources, heard] = [[], []];
    const connect = (url) => {
      const source = new FakeSource(url);
      sources.push(source);
      return source;
    };
    const means = { connect, wait: async () => {} };
    const handlers = {
      onProgress: ({ finished }) => heard.push(`job ${finished}`),
      onItem: ({ sequence }) => heard.push(`item ${sequence}`),
      onEnd: ({ state }) => heard.push(state),
      onLost: (isLost) => heard.push(isLost ? "lost" : "there"),
      mayReturn,
    };
    const stream = new WorkStream("/events", handlers, means);
    stream.open();
    return { sources, heard, stream };
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test("each item is told once, also when a connection brings it again", () => {
    const { sources, heard } = following();
    sources[0].say("progress", jobOf());
    for (const sequence of [1, 2, 1, 2, 3]) sources[0].say("item", itemOf(sequence));
    sources[0].say("end", jobOf({ state: "done" }));
    sources[0].dispatchEvent(new Event("error"));
    assert.deepEqual(heard, ["job 4", "item 1", "item 2", "item 3", "done"]);
    assert.equal(sources[0].readyState, 2);
    assert.equal(sources.length, 1);
  });

  test("a broken connection is left to the browser, a refused one is made anew after the last item", async () => {
    const { sources, heard } = following();
    sources[0].say("item", itemOf(7));
    sources[0].readyState = 0;
    sources[0].dispatchEvent(new Event("error"));
    await turn();
    assert.equal(sources.length, 1);
    sources[0].readyState = 2;
    sources[0].dispatchEvent(new Event("error"));
    await turn();
    assert.equal(sources[1].url, "/events?after=7");
    sources[1].dispatchEvent(new Event("open"));
    assert.deepEqual(heard, ["item 7", "lost", "lost", "there"]);
  });

  test("a batch that is gone is not asked for again", async () => {
    const { sources } = following(async () => false);
    sources[0].readyState = 2;
    sources[0].dispatchEvent(new Event("error"));
    await turn();
    assert.equal(sources.length, 1);
  });
});

describe("results", () => {
  const results = new Results();
  results.add(itemOf(1, { score: 61, filename: "b10.png" }));
  results.add(refusalOf(2, { filename: "b9.png" }));
  results.add(itemOf(3, { score: 100, filename: "A.png", cluster: "noise" }));
  results.add(itemOf(4, { score: 4.9, filename: "ä.png", cluster: "noise" }));
  const names = (changes) => results.select({ ...START, ...changes }).map(({ filename }) => filename);

  test("rows are in the order that was asked for, refused ones last among scores", () => {
    assert.deepEqual(names({}), ["b10.png", "b9.png", "A.png", "ä.png"]);
    assert.deepEqual(names({ sort: "name" }), ["A.png", "ä.png", "b9.png", "b10.png"]);
    assert.deepEqual(names({ sort: "score" }), ["ä.png", "b10.png", "A.png", "b9.png"]);
    assert.deepEqual(names({ sort: "score", isDescending: true }), ["A.png", "b10.png", "ä.png", "b9.png"]);
  });

  test("rows are filtered by what became of them and by a part of their name", () => {
    assert.deepEqual(names({ show: "refused" }), ["b9.png"]);
    assert.deepEqual(names({ show: "scored", query: "B" }), ["b10.png"]);
  });

  test("numbers in names count as numbers", () => {
    const many = new Results();
    for (let n = 2000; n > 0; n -= 1) many.add(itemOf(n, { score: (n * 37) % 100 }));
    const sorted = many.select({ ...START, sort: "name" }).map(({ filename }) => filename);
    assert.deepEqual([sorted[0], sorted[9], sorted.at(-1)], ["1.png", "10.png", "2000.png"]);
  });

  test("counts are of what is there, 100 among the best scores", () => {
    const histogram = results.histogram();
    assert.deepEqual([histogram[0], histogram[12], histogram[19]], [1, 1, 1]);
    assert.deepEqual(results.clusters(), [
      { name: "noise", count: 2 },
      { name: "blur", count: 1 },
    ]);
    assert.deepEqual(results.refusals(), [{ name: "broken-image", count: 1 }]);
  });

  test("each chart is drawn from the counts, its table has the same figures, and none needs a style", () => {
    for (const chart of CHARTS) {
      assert.ok(chart.applies(results));
      assert.equal(chart.applies(new Results()), false);
      const { data } = chart.figure(results, THEME);
      assert.ok(data.every(({ type }) => type === "bar"));
      const drawn = data[0].orientation === "h" ? data[0].x : data[0].y;
      assert.deepEqual(
        chart.table(results).rows.map((row) => row.at(-1)),
        drawn,
      );
    }
  });
});

test("what many things ask for is done once, and again only after a while", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const done = [];
  let now_ms = 0;
  const due = new Due(30, () => done.push(now_ms), () => now_ms);
  const pass = (ms) => {
    for (const end_ms = now_ms + ms; now_ms < end_ms; ) {
      now_ms += 1;
      mock.timers.tick(1);
    }
  };
  for (let n = 0; n < 5; n += 1) due.soon();
  assert.equal(done.length, 0, "never at once");
  pass(10);
  due.soon();
  assert.equal(done.length, 1);
  pass(60);
  assert.equal(done.length, 2);
  assert.ok(done[1] - done[0] >= 30);
  due.soon();
  pass(1);
  assert.equal(done.length, 3, "at once after a longer while");
});

test("a batch that is gone already was deleted as wanted, any other failure is told", async () => {
  const failing = (code) => ({
    deleteJob: async () => {
      throw new ProblemError({ title: "t", detail: "d", code, request_id: null });
    },
  });
  await unlessGone(failing("unknown-job").deleteJob("b"), GONE.batch);
  await assert.rejects(unlessGone(failing("busy").deleteJob("b"), GONE.batch), ProblemError);
});

describe("looking at a batch", () => {
  test("the address keeps what is shown, and nothing where it is as at the start", () => {
    const state = { show: "refused", sort: "score", isDescending: true, query: "ä &", page: 3 };
    assert.deepEqual(readState(writeState(state)), state);
    assert.equal(writeState(START), "");
    assert.deepEqual(readState("?show=nothing&sort=size&page=-1"), START);
  });

  test("a second click on a head turns the order round", () => {
    const once = sortedBy({ ...START, page: 4 }, "score");
    assert.deepEqual([once.sort, once.isDescending, once.page], ["score", false, 1]);
    assert.ok(sortedBy(once, "score").isDescending);
    assert.equal(sortedBy(sortedBy(once, "score"), "name").isDescending, false);
  });

  test("a page that is not there is the last one", () => {
    assert.deepEqual(pageOf(101, { page: 9, size: 50 }), { page: 3, pages: 3, from: 100, to: 101 });
    assert.deepEqual(pageOf(0, { page: 1, size: 50 }), { page: 1, pages: 1, from: 0, to: 0 });
  });

  test("ears hear of each tenth, but not more often than every few seconds", () => {
    const milestones = new Milestones();
    assert.equal(milestones.reached({ done: 0, total: 100 }, 0), false);
    assert.ok(milestones.reached({ done: 10, total: 100 }, 1000));
    assert.equal(milestones.reached({ done: 30, total: 100 }, 2000), false);
    assert.equal(milestones.reached({ done: 12, total: 100 }, 20_000), false);
    assert.ok(milestones.reached({ done: 31, total: 100 }, 20_000));
  });

  test("a batch is called by its archive or its first file, and says how far it is", () => {
    assert.equal(batchTitle(jobOf(), "9"), "holiday.zip");
    assert.equal(batchTitle(jobOf({ filename: "a.png" }), "9"), "a.png and 9 others");
    assert.equal(batchTitle(jobOf({ filename: "a.png", total: 1 }), "0"), "a.png");
    assert.equal(lineOf(jobOf()), "4 of 10 done · 1 refused · about 12 sec left");
    assert.equal(lineOf(jobOf({ state: "done", finished: 10, seconds_left: null, refused: 0 })), "10 of 10 done");
    assert.equal(refusal("too-small"), "Too small");
    assert.equal(refusal("constructor"), "constructor");
  });
});
