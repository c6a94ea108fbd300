/** Maps as tests see them: points on a spiral with columns of every kind. */

/** @param {number} count */
export function spiralMap(count) {
  const angle = (row) => (row * 12) / count;
  return {
    x: Float32Array.from({ length: count }, (_, row) => angle(row) * Math.cos(angle(row))),
    y: Float32Array.from({ length: count }, (_, row) => angle(row) * Math.sin(angle(row))),
  };
}

const NAMES = ["clean", "blur", "noise"];
const column = (kind, dtype, rest = {}) => ({
  kind,
  dtype,
  shape: [6],
  scale: 1,
  offset: 0,
  missing: null,
  labels: null,
  ...rest,
});

/** Six pictures in three groups, as the service describes them. */
export function smallMap() {
  const stored = {
    x: new Float32Array([0, 1, 2, 3, 4, 5]),
    y: new Float32Array([0, 0, 1, 1, 2, 2]),
    group: new Uint8Array([0, 1, 1, 2, 2, 255]),
    reference: new Uint8Array([0, 0, 0, 1, 1, 1]),
    level: new Uint8Array([0, 1, 5, 1, 5, 0]),
    score: new Float32Array([80, 62, 21, 64, 30, Number.NaN]),
    posteriors: new Uint8Array([255, 0, 0, 0, 255, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 51, 102, 102]),
  };
  const records = {
    x: column("number", "<f4"),
    y: column("number", "<f4"),
    group: column("category", "|u1", { missing: 255, labels: "group" }),
    reference: column("category", "|u1", { labels: "reference" }),
    level: column("number", "|u1"),
    score: column("number", "<f4"),
    posteriors: column("vector", "|u1", { shape: [6, 3], scale: 1 / 255, labels: "group" }),
  };
  for (const name of Object.keys(records)) records[name].url = `/columns/${name}`;
  const map = {
    address: "m1",
    count: 6,
    categories: { group: NAMES },
    columns: records,
    image_set: {
      name: "samples",
      label_kind: "mos",
      rows_url: "/rows",
      thumbnails: { tile_px: 80, columns: 2, tiles_per_sheet: 4, sheets: ["/s0", "/s1"] },
    },
  };
  return { map, stored };
}

/** An API that hands out the columns of `smallMap` and counts what it is asked for. */
export function smallApi({ stored }) {
  const asked = [];
  return {
    asked,
    bytes: async (url) => {
      asked.push(url);
      return new Response(stored[url.split("/").at(-1)].buffer);
    },
    imageSetRows: async (url) => {
      asked.push(url);
      return {
        ids: ["a/0", "a/1", "a/2", "=b/0", "b/1", "b/2"],
        references: [
          { name: "astronaut", has_picture: true },
          { name: "brook", has_picture: false },
        ],
      };
    },
  };
}
