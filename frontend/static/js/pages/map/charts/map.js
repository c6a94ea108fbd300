/** The map: one WebGL trace per entry of the legend, over what the selection leaves out, in grey. */

import { mix } from "../../../drawing/colours.js";
import { gather } from "../../../mapdata/columns.js";
import { countsByCode, rowsOf } from "../selection.js";

const SIZES_PX = [
  [3_000, 6],
  [12_000, 5],
  [40_000, 4],
];
const SMALLEST_PX = 3;
const GREY = 0.55;

/**
 * @typedef {object} MapPicture what is drawn of N pictures
 * @property {Float32Array} x (N)
 * @property {Float32Array} y (N)
 * @property {Uint16Array} codes (N) entry of each
 * @property {import("../legend.js").NamedEntry[]} entries
 * @property {Uint8Array} passing (N) 1 in colour, 0 in grey
 * @property {Uint8Array} drawn (N) 1 drawn at all
 */

/**
 * @param {MapPicture} picture
 * @param {{x: [number, number], y: [number, number]}} ranges of the axes
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(picture, ranges, theme) {
  return { data: traces(picture, theme), layout: layout(ranges, theme) };
}

/**
 * The same with a legend and a title, to be saved.
 * @param {MapPicture} picture
 * @param {{x: [number, number], y: [number, number]}} ranges
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @param {string} title
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function savedFigure(picture, ranges, theme, title) {
  const [grey, ...entries] = traces(picture, theme);
  const font = { family: theme.font, color: theme.ink };
  return {
    data: [{ ...grey, showlegend: false }, ...entries.filter(({ x }) => x.length > 0)],
    layout: {
      ...layout(ranges, theme),
      title: { text: title, font: { ...font, size: 14 } },
      showlegend: true,
      font,
      margin: { l: 16, r: 16, t: 48, b: 16 },
    },
  };
}

/**
 * The grey ones first, then the entries, the commonest first, so that the rare lie on top.
 * @param {MapPicture} picture
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function traces(picture, theme) {
  const { entries, drawn } = picture;
  const size = SIZES_PX.find(([count]) => drawn.length <= count)?.[1] ?? SMALLEST_PX;
  const rows = entryRows(picture);
  const context = { name: "", color: mix(theme.soft, theme.surface, GREY), symbol: "circle" };
  const order = entries.map((_, code) => code).sort((a, b) => rows[b].length - rows[a].length);
  const grey = rowsOf(drawn.map((byte, row) => byte & (picture.passing[row] ^ 1)));
  return [
    trace(picture, context, grey, size, 0),
    ...order.map((code) => trace(picture, entries[code], rows[code], size, code + 1)),
  ];
}

/**
 * Rows in colour, by entry.
 * @param {MapPicture} picture
 * @returns {Uint32Array[]}
 */
function entryRows({ codes, entries, passing, drawn }) {
  const shown = drawn.map((byte, row) => byte & passing[row]);
  const rows = Array.from(countsByCode(codes, shown, entries.length), (count) => new Uint32Array(count));
  const next = new Uint32Array(entries.length);
  for (let row = 0; row < codes.length; row += 1) if (shown[row]) rows[codes[row]][next[codes[row]]++] = row;
  return rows;
}

/**
 * @param {MapPicture} picture
 * @param {Pick<import("../legend.js").NamedEntry, "name" | "color" | "symbol">} entry
 * @param {Uint32Array} rows
 * @param {number} size px
 * @param {number} rank in the legend, which is in the entries' order, not in that of drawing
 */
function trace({ x, y }, { name, color, symbol }, rows, size, rank) {
  return {
    type: "scattergl",
    mode: "markers",
    name,
    legendrank: rank,
    x: gather(x, rows),
    y: gather(y, rows),
    // The page finds the point under the pointer by itself; Plotly need not build an index for it.
    hoverinfo: "skip",
    marker: { color, symbol, size, opacity: 0.9, line: { width: 0 } },
  };
}

/**
 * No margins and no axes: the plot fills its element, so that places and px convert by the view alone.
 * @param {{x: [number, number], y: [number, number]}} ranges
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function layout(ranges, theme) {
  const axis = { visible: false, fixedrange: true, autorange: false };
  return {
    autosize: true,
    dragmode: false,
    hovermode: false,
    showlegend: false,
    uirevision: "kept",
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: theme.surface,
    plot_bgcolor: theme.surface,
    xaxis: { ...axis, range: ranges.x },
    yaxis: { ...axis, range: ranges.y },
  };
}
