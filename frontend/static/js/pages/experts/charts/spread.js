/** Points with a line from the smallest to the largest over splits, in horizontal rows. */

import * as format from "../../../kit/language/format.js";
import { spread } from "../words.js";

/**
 * @param {(import("contract").backend__figures__expert_schemas__SpreadResponse | null)[]} spreads one per row; null: not measured
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
      array: known.map(({ value }) => value.max - value.median),
      arrayminus: known.map(({ value }) => value.median - value.min),
      color,
      thickness: 1.5,
      width: 4,
    },
    marker: { symbol, size: 10, color, line: { width: 2 } },
    customdata: known.map(({ value, row }) => `${labels[row]}, ${name}: ${spreadText(value)}`),
    hovertemplate: "%{customdata}<extra></extra>",
  };
}

/** @param {import("contract").backend__figures__expert_schemas__SpreadResponse} value */
export function spreadText({ median, min, max }) {
  return spread(format.number(median), format.number(min), format.number(max));
}

/** @param {import("contract").backend__figures__expert_schemas__SpreadResponse | null | undefined} value */
export function spreadCells(value) {
  return value ? [value.median, value.min, value.max] : [null, null, null];
}
