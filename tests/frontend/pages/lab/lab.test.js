import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { labAddress } from "../../../../frontend/static/js/kit/addresses.js";
import { askLevels, nearest } from "../../../../frontend/static/js/pages/lab/levels.js";
import { groupOf, labelOf } from "../../../../frontend/static/js/kit/distortions.js";
import { LEVELS, START, readState, writeState } from "../../../../frontend/static/js/pages/lab/state.js";
import { MAX_SCALE, corner, fit, native, pan, start, zoomAt } from "../../../../frontend/static/js/drawing/zoom.js";
import { plainAnalysis } from "../../samples/analyses.js";

const APPLICABLE = {
  blur: { gaussian_blur: null },
  compression: { jpeg2000: null, jpeg: null },
  noise: { white_noise: null },
  brightness: { darken: null },
  spatial: { pixelate: null, mirror: "Mirrored" },
};

describe("the address", () => {
  test("is read as it was written", () => {
    const state = { analysis: "a1", checkpoint: "moe", type: "white_noise", level: 5 };
    assert.deepEqual(readState(writeState(state), APPLICABLE), state);
    assert.equal(writeState(START), "");
  });

  test("with parts that do not exist is that of the start", () => {
    for (const query of ["?type=fog", "?type=clean", "?level=6", "?level=0", "?level=2.5", "?level=x", "?type=constructor"])
      assert.deepEqual(readState(query, APPLICABLE), START);
  });

  test("of an analysis on the Score page opens it under its checkpoint", () => {
    const { analysis, checkpoint } = readState(labAddress(plainAnalysis()).replace("/lab", ""), APPLICABLE);
    assert.deepEqual([analysis, checkpoint], ["a1", "no_gmm"]);
  });
});

test("what can be applied lies in groups, clean is none of it, and what the lab alone has brings its label", () => {
  assert.equal(groupOf("jpeg2000", APPLICABLE), "compression");
  assert.equal(groupOf("clean", APPLICABLE), null);
  assert.deepEqual([labelOf("jpeg2000", APPLICABLE), labelOf("mirror", APPLICABLE)], [null, "Mirrored"]);
});

describe("levels are asked for", () => {
  /** Asks like a service whose answers come when told to. */
  function controlled() {
    const [begun, finish] = [[], new Map()];
    const ask = (level) => {
      begun.push(level);
      return new Promise((resolve) => finish.set(level, resolve));
    };
    const answer = async (level) => {
      finish.get(level)();
      await new Promise(setImmediate);
    };
    return { begun, ask, answer };
  }

  test("the chosen one first and alone, then two at a time, the nearest first", async () => {
    const { begun, ask, answer } = controlled();
    const { signal } = new AbortController();
    const done = askLevels({ wanted: [0, ...LEVELS], chosen: () => 3, ask, signal });
    assert.deepEqual(begun, [3]);
    await answer(3);
    assert.deepEqual(begun, [3, 2, 4]);
    await answer(4);
    assert.deepEqual(begun, [3, 2, 4, 1]);
    for (const level of [2, 1, 5, 0]) await answer(level);
    await done;
    assert.deepEqual(begun, [3, 2, 4, 1, 5, 0]);
  });

  test("the one that is chosen meanwhile comes next", async () => {
    const { begun, ask, answer } = controlled();
    let chosen = 1;
    askLevels({ wanted: LEVELS, chosen: () => chosen, ask, signal: new AbortController().signal });
    await answer(1);
    chosen = 5;
    await answer(2);
    assert.deepEqual(begun, [1, 2, 3, 5]);
  });

  test("until the reader goes on to something else", async () => {
    const { begun, ask, answer } = controlled();
    const controller = new AbortController();
    const done = askLevels({ wanted: LEVELS, chosen: () => 1, ask, signal: controller.signal });
    controller.abort();
    await answer(1);
    await done;
    assert.deepEqual(begun, [1]);
  });

  test("not at all where all are known", async () => {
    await askLevels({ wanted: [], chosen: () => 1, ask: () => assert.fail(), signal: new AbortController().signal });
  });

  test("the milder of two that are as near", () => {
    assert.equal(nearest([5, 1], 3), 1);
  });
});

describe("the window over the pictures", () => {
  const picture = { width: 400, height: 300 };
  const pane = { width: 800, height: 450 };

  test("fits all of a picture, and shows one that has room at its native size first", () => {
    assert.equal(fit(picture, pane).scale, 1.5);
    assert.equal(start(picture, pane).scale, 1);
    assert.equal(start({ width: 8000, height: 300 }, pane).scale, 0.1);
    assert.deepEqual(native(picture), { x: 200, y: 150, scale: 1 });
  });

  test("zooms about a place, whose pixel stays there", () => {
    const [view, at] = [{ x: 200, y: 150, scale: 2 }, [500, 300]];
    const pixelAt = (seen) => corner(seen, pane).map((edge, axis) => (at[axis] - edge) / seen.scale);
    const zoomed = zoomAt(view, picture, pane, at, 2);
    assert.equal(zoomed.scale, 4);
    assert.deepEqual(pixelAt(zoomed), pixelAt(view));
  });

  test("zooms neither to nothing nor without end", () => {
    let view = native(picture);
    for (let step = 0; step < 50; step += 1) view = zoomAt(view, picture, pane, [0, 0], 2);
    assert.equal(view.scale, MAX_SCALE);
    for (let step = 0; step < 50; step += 1) view = zoomAt(view, picture, pane, [0, 0], 0.5);
    assert.equal(view.scale, 0.5);
  });

  test("never leaves the picture", () => {
    assert.deepEqual(pan(native(picture), picture, [9999, -9999]), { x: 0, y: 300, scale: 1 });
  });

  test("puts native pixels on whole ones of the page", () => {
    assert.deepEqual(corner(native(picture), { width: 801, height: 451 }), [201, 76]);
  });
});
