/** The leaderboard as dots with two intervals each: between splits, and inside a split. */

import { axisTitle, baseLayout, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { board as words } from "../words.js";
import { checkpointColor } from "./pair.js";

export const id = "leaderboard";
export const applies = () => true;

/**
 * @typedef {object} BoardData
 * @property {import("../board.js").RankedRow[]} rows
 * @property {"photographs" | "synthetic"} part
 * @property {{a: string, b: string}} pair
 */

/**
 * @param {BoardData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ rows, part, pair }, theme) {
  const found = rows.map(({ measured }) => measured.figures[part]);
  const colors = rows.map(({ row }) => checkpointColor(row.id, pair, theme));
  const inside = found.map(({ srcc_interval: interval }) => [interval.low, interval.high]);
  const between = found.map(({ srcc }) => [srcc?.low ?? null, srcc?.high ?? null]);
  const medians = found.map(({ srcc }) => srcc?.median ?? null);
  return {
    data: [
      ...segments(words.interval, inside, colors, 1.5, theme.muted),
      ...segments(words.range, between, colors, 5, theme.muted),
      dots(rows, medians, colors, theme),
      { ...key(words.median), mode: "markers", marker: { size: 11, color: theme.muted } },
    ],
    layout: baseLayout(theme, {
      height: rowsHeight(rows.length, 96),
      xaxis: { title: axisTitle(words.axis[part], theme), zeroline: false, range: padded([...inside, ...between].flat()) },
      yaxis: rowAxis(
        rows.map(({ row, rank }) => words.rankedName(format.count(rank), row.id)),
        "",
        theme,
      ),
      showlegend: true,
      hovermode: "closest",
    }),
  };
}

/** A range with a little room on both sides. @param {(number | null)[]} values */
function padded(values) {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = 0.03 * (high - low || 1);
  return [low - room, high + room];
}

/**
 * One line per row, and one entry of the legend for all.
 * @param {string} name
 * @param {(number | null)[][]} ends
 * @param {string[]} colors
 * @param {number} width px
 * @param {string} legendColor
 */
function segments(name, ends, colors, width, legendColor) {
  const lines = ends.map((x, row) => ({
    type: "scatter",
    mode: "lines",
    x,
    y: [row, row],
    line: { color: colors[row], width },
    opacity: width > 2 ? 0.55 : 1,
    showlegend: false,
    hoverinfo: "skip",
  }));
  const line = { color: legendColor, width };
  return [...lines, { ...key(name), mode: "lines", line, opacity: width > 2 ? 0.55 : 1 }];
}

/** An entry of the legend by itself. @param {string} name */
function key(name) {
  return { type: "scatter", name, x: [null], y: [null] };
}

/**
 * @param {import("../board.js").RankedRow[]} rows
 * @param {(number | null)[]} medians
 * @param {string[]} colors
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function dots(rows, medians, colors, theme) {
  const isSeed = rows.map(({ row }) => row.formulation === "seed");
  return {
    type: "scatter",
    mode: "markers",
    showlegend: false,
    x: medians,
    y: rows.map((_, place) => place),
    text: medians.map((median) => (median === null ? "–" : format.correlation(median))),
    customdata: rows.map(({ row }) => row.id),
    marker: {
      size: 11,
      color: colors.map((color, place) => (isSeed[place] ? theme.surface : color)),
      line: { color: colors, width: 2 },
    },
    hovertemplate: "%{customdata}: %{text}<extra></extra>",
  };
}

/**
 * @param {BoardData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ rows, part }) {
  return {
    columns: [
      { label: words.columns.checkpoint, format: "text" },
      { label: words.columns.rank, format: "count" },
      { label: words.columns.srcc, format: "correlation" },
      { label: words.columns.min, format: "correlation" },
      { label: words.columns.max, format: "correlation" },
      { label: words.columns.low, format: "correlation" },
      { label: words.columns.high, format: "correlation" },
    ],
    rows: rows.map(({ row, measured, rank }) => {
      const { srcc, srcc_interval: interval } = measured.figures[part];
      return [row.id, rank, srcc?.median ?? null, srcc?.low ?? null, srcc?.high ?? null, interval.low, interval.high];
    }),
  };
}
