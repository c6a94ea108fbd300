/** SRCC with a head's own routing, and with others in its place. */

import { axisTitle, baseLayout, rowAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { router as words } from "../words.js";

export const id = "interventions";
export const applies = () => true;

const ROW_PX = 40;
/** In the order of the legend; filled marks keep the picture's own routing or know the answer. */
const MARKS = Object.freeze([
  { name: "own", symbol: "circle", isInk: true },
  { name: "shuffled", symbol: "x", isInk: true },
  { name: "uniform", symbol: "square-open", isInk: false },
  { name: "wrong", symbol: "triangle-down-open", isInk: false },
  { name: "oracle", symbol: "star", isInk: false },
]);

/** @typedef {{rows: {checkpoint: string, cost: import("contract").RouterCost}[], part: "photographs" | "synthetic"}} RouterData */

/**
 * @param {RouterData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ rows, part }, theme) {
  const links = rows.map(({ cost }, row) => ({
    type: "scatter",
    mode: "lines",
    x: [cost.srcc.own?.median ?? null, cost.srcc.shuffled?.median ?? null],
    y: [row, row],
    line: { color: theme.soft, width: 4 },
    showlegend: false,
    hoverinfo: "skip",
  }));
  const marks = MARKS.map(({ name, symbol, isInk }) => ({
    type: "scatter",
    mode: "markers",
    name: words.interventions[name],
    x: rows.map(({ cost }) => cost.srcc[name]?.median ?? null),
    y: rows.map((_, row) => row),
    text: rows.map(({ checkpoint, cost }) => hover(checkpoint, cost.srcc[name])),
    marker: { symbol, size: 10, color: isInk ? theme.ink : theme.muted, line: { color: theme.muted, width: 1.5 } },
    hovertemplate: "%{text}<extra></extra>",
  }));
  return {
    data: [...links, ...marks],
    layout: baseLayout(theme, {
      height: rows.length * ROW_PX + 120,
      xaxis: { title: axisTitle(words.axis[part], theme) },
      yaxis: rowAxis(
        rows.map(({ checkpoint }) => checkpoint),
        "",
        theme,
      ),
      hovermode: "closest",
      showlegend: true,
    }),
  };
}

/** @param {string} checkpoint @param {import("contract").Spread | undefined} found */
function hover(checkpoint, found) {
  if (!found) return checkpoint;
  const [median, low, high] = [found.median, found.low, found.high].map((value) => format.cell(value, "correlation"));
  return words.hover(checkpoint, median, low, high);
}

/**
 * @param {RouterData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ rows }) {
  return {
    columns: [
      { label: words.columns.checkpoint, format: "text" },
      ...MARKS.map(({ name }) => ({ label: words.interventions[name], format: /** @type {const} */ ("correlation") })),
      { label: words.columns.cost, format: "signedCorrelation" },
      { label: words.columns.low, format: "signedCorrelation" },
      { label: words.columns.high, format: "signedCorrelation" },
    ],
    rows: rows.map(({ checkpoint, cost }) => [
      checkpoint,
      ...MARKS.map(({ name }) => cost.srcc[name]?.median ?? null),
      cost.shuffled_cost.median_difference,
      cost.shuffled_cost.interval.low,
      cost.shuffled_cost.interval.high,
    ]),
  };
}
