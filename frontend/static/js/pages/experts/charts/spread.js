/** Points with a line from the smallest to the largest over splits, in horizontal rows. */

import * as format from "../../../kit/language/format.js";
import { spread } from "../words.js";

/**
 * @param {(import("contract").Spread | null)[]} spreads one per row; null: not measured
 * @param {{name: string, shift: number, symbol: string, color: string, labels: string[]}} look `shift` in rows
 */
export function spreadTrace(spreads, { name, shift, symbol, color, labels }) {
  const known = spreads.flatMap((value, row) => (value === null ? [] : [{ value, row }]));
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: known.map(({ value }) => value.median),
    y: known.map(({ row }) => row + shift),
    error_x: {
      type: "data",
      symmetric: false,
      array: known.map(({ value }) => value.high - value.median),
      arrayminus: known.map(({ value }) => value.median - value.low),
      color,
      thickness: 1.5,
      width: 4,
    },
    marker: { symbol, size: 10, color, line: { width: 2 } },
    customdata: known.map(({ value, row }) => `${labels[row]}, ${name}: ${spreadText(value)}`),
    hovertemplate: "%{customdata}<extra></extra>",
  };
}

/** @param {import("contract").Spread} value */
export function spreadText({ median, low, high }) {
  return spread(format.number(median), format.number(low), format.number(high));
}

/** @param {import("contract").Spread | null | undefined} value */
export function spreadCells(value) {
  return value ? [value.median, value.low, value.high] : [null, null, null];
}
