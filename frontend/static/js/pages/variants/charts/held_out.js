/** Rank correlation of every checkpoint on held-out pictures: medians with their range over the splits. */

import { axisTitle, baseLayout, hover, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { heldOut as words } from "../words.js";

/** Sets that every checkpoint is measured on; both are test folds. */
const SETS = /** @type {const} */ (["photographs", "synthetic"]);
const OFFSET = 0.17;
const STEP = 0.05;

export const id = "held_out";
export { words };

/** @typedef {{cards: import("contract").CardSummary[], selected: string | null}} Subject */

/** @param {Subject} subject */
export const applies = ({ cards }) => cards.some((card) => SETS.some((set) => spreadOf(card, set) !== null));

/**
 * @param {import("contract").CardSummary} card
 * @param {string} set
 * @returns {import("contract").HeldOutResponse["srcc"] | null}
 */
export function spreadOf({ figures }, set) {
  return figures.find(({ name, fold }) => name === set && fold === "test_fold")?.srcc ?? null;
}

/**
 * @param {Subject} subject
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ cards, selected }, theme) {
  const row = cards.findIndex((card) => card.id === selected);
  return {
    data: SETS.map((set, index) => trace(cards, set, index === 0 ? -OFFSET : OFFSET, theme)),
    layout: baseLayout(theme, {
      height: rowsHeight(cards.length, 92),
      xaxis: { title: axisTitle(words.axis, theme), range: range(cards), zeroline: false, nticks: 6 },
      yaxis: { ...rowAxis(cards.map((card) => card.id), words.rows, theme), showgrid: true, gridcolor: theme.line },
      margin: { l: 8, r: 20, t: 28, b: 44 },
      showlegend: true,
      shapes: row < 0 ? [] : [rowBand(row, theme)],
    }),
  };
}

/**
 * @param {import("contract").CardSummary[]} cards
 * @param {typeof SETS[number]} set
 * @param {number} offset of its marks in a row
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function trace(cards, set, offset, theme) {
  const spreads = cards.map((card) => spreadOf(card, set));
  const color = set === "photographs" ? theme.ink : theme.muted;
  return {
    type: "scatter",
    mode: "markers",
    name: words[set],
    x: spreads.map((spread) => spread?.median ?? null),
    y: cards.map((_, row) => row + offset),
    error_x: {
      type: "data",
      symmetric: false,
      array: spreads.map((spread) => (spread ? spread.high - spread.median : 0)),
      arrayminus: spreads.map((spread) => (spread ? spread.median - spread.low : 0)),
      color,
      thickness: 2,
      width: 0,
    },
    marker: {
      size: 9,
      symbol: set === "photographs" ? "circle" : "diamond",
      color: set === "photographs" ? color : theme.surface,
      line: { color, width: 2 },
    },
    ...hover(
      cards.map(({ id: card }, row) => `${card}, ${words[set]}: ${format.cell(spreads[row]?.median ?? null, "correlation")}`),
    ),
  };
}

/** From a round number below the lowest figure to a round one above the highest. @param {import("contract").CardSummary[]} cards */
function range(cards) {
  const spreads = cards.flatMap((card) => SETS.map((set) => spreadOf(card, set))).filter((spread) => spread !== null);
  const low = Math.min(...spreads.map((spread) => spread.low));
  const high = Math.max(...spreads.map((spread) => spread.high));
  return [Math.floor(low / STEP) * STEP, Math.min(1, Math.ceil(high / STEP) * STEP)];
}

/**
 * @param {number} row
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function rowBand(row, theme) {
  return {
    type: "rect",
    layer: "below",
    xref: "paper",
    x0: 0,
    x1: 1,
    y0: row - 0.5,
    y1: row + 0.5,
    fillcolor: theme.band,
    line: { width: 0 },
  };
}

/**
 * @param {Subject} subject
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ cards }) {
  const numbers = [words.median, words.smallest, words.largest];
  return {
    columns: [
      { label: words.rows, format: "text" },
      { label: words.pictures, format: "text" },
      ...numbers.map((label) => ({ label, format: /** @type {const} */ ("number") })),
    ],
    rows: cards.flatMap((card) =>
      SETS.map((set) => {
        const spread = spreadOf(card, set);
        return [card.id, words[set], spread?.median ?? null, spread?.low ?? null, spread?.high ?? null];
      }),
    ),
  };
}
