/** The path of a picture across a checkpoint's map, from clean to level 5, before the grey dots of the map. */

import { groupColor } from "../../../drawing/colours.js";
import { axisTitle, baseLayout } from "../../../drawing/layout.js";
import { extentOf } from "../../../mapdata/histograms.js";
import { answered } from "../view.js";
import { axes, charts, columns, levelName, no, series, yes } from "../words.js";

export const id = "lab-path";
export const words = charts.path;

const MARK_PX = 20;
const MARGIN = 0.06;
/** Of the shown span: what is nearer shares a mark. */
const TOGETHER = 0.045;
/** A path that hardly moves is not blown up to noise: at least this share of the map is shown. */
const LEAST_SPAN = 0.04;
/** @type {readonly [number, number]} of a map without pictures */
const NOWHERE = [0, 0];

/** @typedef {{x: number, y: number, isFar: boolean, levels: number[]}} Stop one mark of the path */
/** @typedef {import("../../../drawing/chart_card.js").Having<import("../view.js").LabView, "points">} PathView */

/** @param {import("../view.js").LabView} view */
export const applies = (view) => view.points !== null && placed(view).length > 0;

/** @param {import("../view.js").LabView} view */
function placed(view) {
  return answered(view).flatMap(({ level, place }) => (place === null ? [] : [{ level, place }]));
}

/**
 * @param {PathView} view which applies
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(view, theme) {
  const shown = extent(view);
  const together = view.isNarrow ? 2 * TOGETHER : TOGETHER;
  const stops = stopsOf(view, together * Math.max(shown.x[1] - shown.x[0], shown.y[1] - shown.y[0]));
  const axis = { showticklabels: false, showgrid: false, zeroline: false, fixedrange: true };
  const layout = baseLayout(theme, {
    height: 440,
    margin: { l: 32, r: 8, t: 8, b: 32 },
    xaxis: { ...axis, title: axisTitle(axes.x, theme), range: shown.x, automargin: false },
    // One unit is as long upwards as it is to the right.
    yaxis: { ...axis, title: axisTitle(axes.y, theme), range: shown.y, scaleanchor: "x" },
    annotations: [...arrows(stops, theme), ...marks(stops, view, theme)],
  });
  return { data: [dots(view.points, theme)], layout };
}

/**
 * What part of the map is shown: all of it, or what the path needs.
 * @param {PathView} view
 * @returns {{x: [number, number], y: [number, number]}}
 */
function extent(view) {
  const places = placed(view).map(({ place }) => place);
  const path = { x: places.map(({ x }) => x), y: places.map(({ y }) => y) };
  const map = { x: extentOf(view.points.x) ?? NOWHERE, y: extentOf(view.points.y) ?? NOWHERE };
  if (!view.isNear) return { x: widened([...map.x, ...path.x], 0), y: widened([...map.y, ...path.y], 0) };
  const least = LEAST_SPAN * Math.max(map.x[1] - map.x[0], map.y[1] - map.y[0]);
  return { x: widened(path.x, least), y: widened(path.y, least) };
}

/**
 * @param {number[]} values
 * @param {number} least span
 * @returns {[number, number]}
 */
function widened(values, least) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const half = Math.max(high - low, least) * (0.5 + MARGIN);
  const middle = (low + high) / 2;
  return [middle - half, middle + half];
}

/**
 * Levels one after the other that lie together share a stop.
 * @param {import("../view.js").LabView} view
 * @param {number} together distance in the map's units
 * @returns {Stop[]}
 */
export function stopsOf(view, together) {
  /** @type {Stop[]} */
  const stops = [];
  for (const { level, place } of placed(view)) {
    const last = stops.at(-1);
    const follows = last?.levels.at(-1) === level - 1;
    if (last && follows && Math.hypot(place.x - last.x, place.y - last.y) < together) last.levels.push(level);
    else stops.push({ x: place.x, y: place.y, isFar: place.is_far, levels: [level] });
  }
  return stops;
}

/**
 * @param {{x: Float32Array, y: Float32Array}} points
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function dots({ x, y }, theme) {
  const marker = { color: theme.soft, size: 4, opacity: 0.55, line: { width: 0 } };
  return { type: "scattergl", mode: "markers", name: series.map, x, y, hoverinfo: "skip", marker };
}

/**
 * Marks are annotations, because those alone lie above what WebGL draws.
 * @param {Stop[]} stops
 * @param {import("../view.js").LabView} view
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function marks(stops, { chosen, group }, theme) {
  const hue = groupColor(group, theme);
  return stops.map(({ x, y, isFar, levels }) => {
    const isChosen = levels.includes(chosen);
    const span = levels.length > 1 ? `${levels[0]}–${levels.at(-1)}` : String(levels[0]);
    return {
      x,
      y,
      text: isFar ? `${span} ?` : span,
      hovertext: levels.map(levelName).join(", "),
      showarrow: false,
      bgcolor: isChosen ? theme.ink : theme.surface,
      bordercolor: levels.at(-1) === 0 ? theme.neutral : hue,
      borderwidth: 3,
      borderpad: 2,
      font: { color: isChosen ? theme.surface : theme.ink, size: 12 },
    };
  });
}

/**
 * From stop to stop.
 * @param {Stop[]} stops
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function arrows(stops, theme) {
  return stops.slice(1).map(({ x, y, levels }, index) => ({
    x,
    y,
    ax: stops[index].x,
    ay: stops[index].y,
    xref: "x",
    yref: "y",
    axref: "x",
    ayref: "y",
    text: "",
    showarrow: true,
    arrowhead: 2,
    arrowwidth: 2,
    arrowcolor: theme.ink,
    standoff: levels.length > 1 ? MARK_PX : MARK_PX * 0.75,
    startstandoff: MARK_PX / 2,
  }));
}

/**
 * @param {import("../view.js").LabView} view which applies
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(view) {
  return {
    columns: [
      { label: columns.level, format: "text" },
      { label: columns.x, format: "number" },
      { label: columns.y, format: "number" },
      { label: columns.far, format: "text" },
    ],
    rows: placed(view).map(({ level, place }) => [levelName(level), place.x, place.y, place.is_far ? yes : no]),
  };
}
