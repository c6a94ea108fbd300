/** The leaderboard as dots with two intervals each: between splits, and inside a split. */

import * as format from "../../format.js";
import { board as words } from "../../words/compare.js";
import { axisTitle, baseLayout, rowAxis, rowsHeight } from "../layout.js";
import { sideColor } from "./pair.js";

export const id = "leaderboard";
export const applies = () => true;

/**
 * @typedef {object} BoardData
 * @property {import("../../compare/board.js").RankedRow[]} rows
 * @property {"photographs" | "synthetic"} part
 * @property {{a: string, b: string}} pair
 */

/**
 * @param {BoardData} data
 * @param {import("../../contract.js").Theme} theme
 * @returns {import("../../contract.js").Figure}
 */
export function figure({ rows, part, pair }, theme) {
  const found = rows.map(({ measured }) => measured.figures[part]);
  const colors = rows.map(({ row }) => sideColor(row.id, pair, theme));
  const inside = found.map(({ srcc_interval: interval }) => [interval.low, interval.high]);
  const between = found.map(({ srcc }) => [srcc.min, srcc.max]);
  const medians = found.map(({ srcc }) => srcc.median);
  return {
    data: [
      ...segments(words.interval, inside, colors, 1.5, theme.muted),
      ...segments(words.range, between, colors, 5, theme.muted),
      dots(rows, medians, colors, theme),
    ],
    layout: baseLayout(theme, {
      height: rowsHeight(rows.length, 96),
      xaxis: { title: axisTitle(words.axis[part], theme), zeroline: false },
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
  const key = { type: "scatter", mode: "lines", name, x: [null], y: [null], line: { color: legendColor, width } };
  return [...lines, { ...key, opacity: width > 2 ? 0.55 : 1 }];
}

/**
 * @param {import("../../compare/board.js").RankedRow[]} rows
 * @param {(number | null)[]} medians
 * @param {string[]} colors
 * @param {import("../../contract.js").Theme} theme
 */
function dots(rows, medians, colors, theme) {
  const isSeed = rows.map(({ row }) => row.formulation === "seed");
  return {
    type: "scatter",
    mode: "markers",
    name: words.median,
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
 * @returns {import("../../contract.js").Table}
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
      return [row.id, rank, srcc.median, srcc.min, srcc.max, interval.low, interval.high];
    }),
  };
}
