/** A picture's place on a small map: points by distortion group, the picture as a star, lines to what placed it. */

import { groupColor, mix } from "../../../drawing/colours.js";
import { baseLayout, plain } from "../../../drawing/layout.js";
import { displayName } from "../../../kit/language/words.js";
import { chart as words, place as labels } from "./words.js";

const HEIGHT_PX = 420;
const DOT_PX = 5;
const FADED = 0.25;
const MARGIN = 0.06;

export const id = "place";
export { words };

/**
 * @typedef {object} Subject
 * @property {Float32Array} x (N)
 * @property {Float32Array} y (N)
 * @property {{codes: Uint16Array, names: readonly string[]} | null} groups of the N points, where the map knows them
 * @property {Uint8Array} drawn (N) 1 where a point is drawn
 * @property {import("contract").PlaceResponse} placement
 * @property {(row: number) => string} nameOf
 * @property {(row: number) => number | null} scoreOf
 */

export const applies = () => true;

/**
 * @param {Subject} subject
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(subject, theme) {
  const axis = { visible: false, fixedrange: true, showgrid: false };
  return {
    data: [...groupTraces(subject, theme), lineTrace(subject, theme), ...markTraces(subject, theme)],
    layout: baseLayout(theme, {
      height: HEIGHT_PX,
      xaxis: { ...axis, range: rangeOf(subject.x, subject.placement.x) },
      yaxis: { ...axis, range: rangeOf(subject.y, subject.placement.y) },
      margin: { l: 4, r: 4, t: 4, b: 4 },
      showlegend: true,
      hovermode: "closest",
      legend: { orientation: "h", x: 0, y: 0, yanchor: "top", itemclick: false, itemdoubleclick: false },
    }),
  };
}

/**
 * @param {Subject} subject
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function groupTraces({ x, y, groups, drawn }, theme) {
  const names = groups?.names ?? [];
  const codes = groups?.codes ?? new Uint16Array(x.length);
  const rows = Array.from({ length: names.length + 1 }, () => /** @type {number[]} */ ([]));
  for (let row = 0; row < x.length; row += 1) if (drawn[row]) rows[codes[row]].push(row);
  return rows.flatMap((own, code) => (own.length ? [dots(own, names[code], { x, y }, theme)] : []));
}

/**
 * @param {number[]} rows
 * @param {string | undefined} group
 * @param {{x: Float32Array, y: Float32Array}} points
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function dots(rows, group, { x, y }, theme) {
  const color = group === undefined ? theme.soft : groupColor(group, theme);
  return {
    type: "scatter",
    mode: "markers",
    name: plain(group === undefined ? labels.ungrouped : displayName(group)),
    x: rows.map((row) => x[row]),
    y: rows.map((row) => y[row]),
    hoverinfo: "skip",
    marker: { size: DOT_PX, color: mix(color, theme.surface, FADED), line: { width: 0 } },
  };
}

/** @param {Subject} subject @param {import("../../../drawing/theme.js").Theme} theme */
function lineTrace({ x, y, placement }, theme) {
  const rows = placement.neighbours.map(({ row }) => row);
  return {
    type: "scatter",
    mode: "lines",
    x: rows.flatMap((row) => [placement.x, x[row], null]),
    y: rows.flatMap((row) => [placement.y, y[row], null]),
    hoverinfo: "skip",
    showlegend: false,
    line: { color: theme.ink, width: 1 },
  };
}

/** @param {Subject} subject @param {import("../../../drawing/theme.js").Theme} theme */
function markTraces({ x, y, placement, nameOf }, theme) {
  const rows = placement.neighbours.map(({ row }) => row);
  const neighbours = {
    name: labels.neighbour,
    x: rows.map((row) => x[row]),
    y: rows.map((row) => y[row]),
    customdata: rows.map((row) => plain(nameOf(row))),
    marker: { size: 11, symbol: "circle-open", color: theme.ink, line: { color: theme.ink, width: 2 } },
  };
  const upload = {
    name: labels.upload,
    x: [placement.x],
    y: [placement.y],
    customdata: [labels.upload],
    marker: { size: 20, symbol: "star", color: theme.ink, line: { color: theme.surface, width: 2 } },
  };
  return [neighbours, upload].map((trace) => ({
    type: "scatter",
    mode: "markers",
    cliponaxis: false,
    hovertemplate: "%{customdata}<extra></extra>",
    ...trace,
  }));
}

/**
 * Every point and the picture, with a margin.
 * @param {Float32Array} values
 * @param {number} own
 */
function rangeOf(values, own) {
  let [low, high] = [own, own];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const margin = (high - low || 1) * MARGIN;
  return [low - margin, high + margin];
}

/**
 * What placed it.
 * @param {Subject} subject
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ placement, nameOf, scoreOf }) {
  return {
    columns: [
      { label: labels.picture, format: "text" },
      { label: labels.distance, format: "number" },
      { label: labels.weight, format: "percent" },
      { label: labels.score, format: "score" },
    ],
    rows: placement.neighbours.map(({ row, distance, weight }) => [nameOf(row), distance, weight, scoreOf(row)]),
  };
}
