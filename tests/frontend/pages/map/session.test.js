import assert from "node:assert/strict";
import { test } from "node:test";

import { MapData } from "../../../../frontend/static/js/mapdata/data.js";
import { NOTHING, Pictures, fieldWords, loadPictures } from "../../../../frontend/static/js/mapdata/pictures.js";
import { drawnMask } from "../../../../frontend/static/js/mapdata/sampling.js";
import { tileOf } from "../../../../frontend/static/js/mapdata/thumbnails.js";
import * as histogram from "../../../../frontend/static/js/pages/map/charts/histogram.js";
import * as mapChart from "../../../../frontend/static/js/pages/map/charts/map.js";
import { exportedCsv } from "../../../../frontend/static/js/pages/map/exporting.js";
import { colourFields, edgesOf, histogramFields } from "../../../../frontend/static/js/pages/map/fields.js";
import { MapSession } from "../../../../frontend/static/js/pages/map/session.js";
import { START } from "../../../../frontend/static/js/pages/map/state.js";
import { THEME } from "../../samples/analyses.js";
import { smallApi, smallMap } from "../../samples/maps.js";

async function opened(state = {}) {
  const small = smallMap();
  const api = smallApi(small);
  const data = new MapData(api, small.map, new AbortController().signal, () => {});
  const session = await MapSession.open(data);
  await session.apply({ ...START, ...state });
  return { api, data, session };
}

test("only what is drawn is asked for, and once", async () => {
  const { api, session } = await opened();
  await session.apply({ ...START, hidden: ["blur"] });
  assert.deepEqual(api.asked, ["/columns/x", "/columns/y", "/columns/group"]);
});

test("legend counts are the column's, a picture without a group apart", async () => {
  const { session } = await opened();
  assert.deepEqual(session.keys, ["clean", "blur", "noise", "none"]);
  assert.deepEqual([...session.legendCounts.totals], [1, 2, 2, 1]);
});

test("a hidden entry keeps its count: it says what would come back", async () => {
  const { session } = await opened({ hidden: ["blur"] });
  assert.deepEqual([...session.rows], [0, 3, 4, 5]);
  assert.deepEqual([...session.legendCounts.counts], [1, 2, 2, 1]);
});

test("lasso, legend and brush work together, and each count leaves its own filter out", async () => {
  const lasso = [
    [0.5, -1],
    [4.5, -1],
    [4.5, 3],
    [0.5, 3],
  ];
  const { session } = await opened({ lasso, hidden: ["noise"], brushes: { score: [60, 70] } });
  assert.deepEqual([...session.rows], [1]);
  assert.deepEqual([...session.legendCounts.counts], [0, 1, 1, 0]);
  const { passing } = session.histogramCounts("score");
  assert.equal(
    passing.reduce((sum, count) => sum + count),
    2,
  );
});

test("a map without the asked field is coloured by group", async () => {
  const { session } = await opened({ color: "expert" });
  assert.equal(session.color, "group");
});

test("levels are entries of their own, scores ten of them on 0–100", async () => {
  assert.deepEqual((await opened({ color: "level" })).session.keys, ["0", "1", "2", "3", "4", "5", "none"]);
  const { session } = await opened({ color: "score" });
  assert.equal(session.keys.length, 11);
  assert.deepEqual([...session.legendCounts.totals], [0, 0, 1, 1, 0, 0, 2, 0, 1, 0, 1]);
});

test("fields are those that the map has", () => {
  const { map } = smallMap();
  assert.deepEqual(colourFields(map), ["group", "level", "score", "reference"]);
  assert.deepEqual(histogramFields(map), ["score", "level"]);
});

test("signed errors have edges as far below 0 as above", () => {
  const edges = edgesOf("score_error", new Float32Array([-7, 31]), 10);
  assert.equal(edges[0], -edges.at(-1));
  assert.ok(edges.includes(0));
});

test("every point is drawn once: in colour where it passes, else in grey", async () => {
  const { session } = await opened({ hidden: ["blur"] });
  const { data } = mapChart.figure(session.picture(THEME), { x: [0, 5], y: [0, 5] }, THEME);
  assert.ok(data.every(({ type }) => type === "scattergl"));
  assert.deepEqual([...data[0].x], [1, 2]);
  assert.deepEqual(
    data
      .slice(1)
      .flatMap(({ x }) => [...x])
      .sort(),
    [0, 3, 4, 5],
  );
});

test("the map's axes are what the view says, without a way around the page's own gestures", async () => {
  const { session } = await opened();
  const { layout } = mapChart.figure(session.picture(THEME), { x: [0, 5], y: [-1, 4] }, THEME);
  assert.deepEqual(
    [layout.xaxis.range, layout.yaxis.range],
    [
      [0, 5],
      [-1, 4],
    ],
  );
  assert.ok(layout.xaxis.fixedrange && layout.dragmode === false && layout.uirevision);
});

test("a saved map names its entries, and not those that are empty", async () => {
  const { session } = await opened({ hidden: ["blur"] });
  const { data, layout } = mapChart.savedFigure(session.picture(THEME), { x: [0, 5], y: [0, 5] }, THEME, "moe");
  assert.deepEqual(
    data
      .filter(({ showlegend }) => showlegend !== false)
      .map(({ name }) => name)
      .sort(),
    ["clean", "no value", "noise"],
  );
  assert.ok(layout.showlegend && layout.title.text === "moe");
});

test("a histogram's bars count what it is given, on an axis with its unit", () => {
  const counts = { all: new Uint32Array([3, 2]), passing: new Uint32Array([1, 0]) };
  const { data, layout } = histogram.figure(
    { edges: [0, 10, 20], ...counts, brush: [0, 10], title: "MOS (points)" },
    THEME,
  );
  assert.deepEqual(
    data.map(({ y }) => y),
    [
      [3, 2],
      [1, 0],
    ],
  );
  assert.equal(layout.xaxis.title.text, "MOS (points)");
  assert.deepEqual([layout.shapes[0].x0, layout.shapes[0].x1], [0, 10]);
});

test("the CSV has the selection's ids and every scalar column, in order", async () => {
  const { data, session } = await opened({ hidden: ["blur", "clean"] });
  const lines = (await exportedCsv(session.rows, data)).trim().split("\r\n");
  assert.equal(lines[0], "row,id,x,y,group,reference,level,score");
  assert.deepEqual(lines.slice(1), [
    "3,=b/0,3,1,noise,brook,1,64",
    "4,b/1,4,2,noise,brook,5,30",
    "5,b/2,5,2,,brook,0,",
  ]);
});

test("pictures are named by content and damage, and have numbers until that is known", async () => {
  const { data } = await opened();
  assert.equal(new Pictures(data.map, NOTHING).nameOf(3), "picture 3");
  assert.equal(new Pictures(data.map, await loadPictures(data)).nameOf(3), "brook");
});

test("a picture's bars are its clusters where it has no experts, the largest first", async () => {
  const { data } = await opened();
  const { bars } = new Pictures(data.map, await loadPictures(data)).factsOf(5, THEME);
  assert.deepEqual(
    bars.bars.map(({ name }) => name),
    ["blur", "noise", "clean"],
  );
  assert.ok(Math.abs(bars.bars[0].share - 0.4) < 1e-6);
});

test("the readable twin has a row per picture and a dash for no value", async () => {
  const { data } = await opened();
  const { columns, rows } = new Pictures(data.map, await loadPictures(data)).tableOf(new Uint32Array([0, 5]));
  assert.equal(columns.length, 2);
  assert.deepEqual(rows, [
    ["astronaut", 80],
    ["brook", null],
  ]);
});

test("thumbnails are found row by row, sheet by sheet", () => {
  const { thumbnails } = smallMap().map.image_set;
  assert.deepEqual(tileOf(thumbnails, 3), { sheet: "/s0", left: 80, top: 80 });
  assert.deepEqual(tileOf(thumbnails, 5), { sheet: "/s1", left: 80, top: 0 });
});

test("small maps are drawn whole; of large ones a fair sample, the same each time", () => {
  assert.deepEqual(drawnMask(5), new Uint8Array(5).fill(1));
  const mask = drawnMask(100_000, 10_000);
  const half = mask.subarray(0, 50_000).reduce((sum, byte) => sum + byte, 0);
  assert.equal(
    mask.reduce((sum, byte) => sum + byte, 0),
    10_000,
  );
  assert.ok(Math.abs(half - 5_000) < 250, `${half} of 10,000 in the first half`);
  assert.deepEqual(mask, drawnMask(100_000, 10_000));
});

/** The small map with a column of names and one of numbers of the pictures' owner, and without a distortion. */
function ownMap() {
  const small = smallMap();
  const record = { shape: [6], scale: 1, offset: 0, labels: null };
  const { group: _, level: __, ...columns } = small.map.columns;
  small.map.columns = {
    ...columns,
    field_0: { ...record, kind: "category", dtype: "|u1", missing: 255, labels: "field_0", title: "camera", url: "/columns/field_0" },
    field_1: { ...record, kind: "number", dtype: "<f4", missing: null, title: "shutter", url: "/columns/field_1" },
  };
  small.map.categories = { group: small.map.categories.group, field_0: ["Nikon Z6", "phone_cam"] };
  small.stored.field_0 = new Uint8Array([0, 1, 0, 1, 0, 255]);
  small.stored.field_1 = new Float32Array([1, 2, 3, 4, 5, 6]);
  return small;
}

async function openedOwn(state = {}) {
  const small = ownMap();
  const data = new MapData(smallApi(small), small.map, new AbortController().signal, () => {});
  const session = await MapSession.open(data);
  await session.apply({ ...START, ...state });
  return { data, session };
}

test("a map opens on the first field that it has", async () => {
  const { session } = await openedOwn();
  assert.equal(session.color, "score");
  assert.deepEqual(colourFields(session.map), ["score", "reference", "field_0", "field_1"]);
});

test("columns of the pictures' owner colour and filter under their own titles, and their names stay as they are", async () => {
  const { data, session } = await openedOwn({ color: "field_0", brushes: { field_1: [2, 5] } });
  assert.deepEqual(
    session.picture(THEME).entries.map(({ name }) => name),
    ["Nikon Z6", "phone_cam", "no value"],
  );
  assert.ok(histogramFields(session.map).includes("field_1"));
  assert.ok(session.shownCount < 6);
  assert.equal(fieldWords("field_0", session.map).name, "camera");
  assert.match(await exportedCsv(new Uint32Array([1]), data, { isProtected: false }), /camera.*shutter/);
});

test("somebody's own pictures are called by their files", async () => {
  const { data } = await openedOwn();
  const ids = (await data.rows()).ids;
  assert.equal(new Pictures(data.map, await loadPictures(data, { isOwn: true })).nameOf(3), ids[3]);
});
