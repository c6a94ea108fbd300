/** The selection as a file: one line per picture with its id and every column that has one value for it. */

import { csvText } from "../../kit/csv.js";

/**
 * @typedef {{name: string, names: readonly string[], codes: Uint16Array}} CategoryColumn
 * @typedef {{name: string, values: Float32Array}} NumberColumn
 */

/**
 * @param {Uint32Array} rows
 * @param {readonly string[]} ids of all rows
 * @param {(CategoryColumn | NumberColumn)[]} columns
 * @param {import("../../kit/csv.js").CsvOptions} [options]
 */
export function selectionCsv(rows, ids, columns, options) {
  const header = ["row", "id", ...columns.map(({ name }) => name)];
  const lines = Array.from(rows, (row) => [row, ids[row], ...columns.map((column) => valueAt(column, row))]);
  return csvText([header, ...lines], options);
}

/**
 * A column's value as people read it; null where there is none.
 * @param {CategoryColumn | NumberColumn} column
 * @param {number} row
 */
function valueAt(column, row) {
  if ("codes" in column) return column.names[column.codes[row]] ?? null;
  const value = column.values[row];
  // Seven digits are all that 32 bits hold.
  return Number.isNaN(value) ? null : Number(value.toPrecision(7));
}
