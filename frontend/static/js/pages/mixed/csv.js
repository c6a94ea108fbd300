/** The grid as a table to keep: one line a cell, by the service's names, alike in every language. */

import { csvText } from "../../kit/csv.js";
import { leader } from "./view.js";

const HEADER = [
  "checkpoint",
  "first",
  "first_amount",
  "second",
  "second_amount",
  "score",
  "low",
  "high",
  "top_cluster",
  "posterior",
  "top_expert",
  "routing_weight",
  "people_mean",
  "people_standard_error",
];

/**
 * @param {import("./view.js").MixedView} view
 * @param {{first: string, second: string}} pair
 * @param {import("../../kit/csv.js").CsvOptions} [options]
 */
export function gridCsv({ grid, cells }, { first, second }, options) {
  const { rated } = grid;
  const lines = cells.flatMap((line, row) =>
    line.map((cell, column) => [
      cell?.checkpoint ?? null,
      first,
      rated ? rated.first.stated[row] : row,
      second,
      rated ? rated.second.stated[column] : column,
      ...(cell === null ? Array(7).fill(null) : figures(cell)),
      rated?.means[row][column] ?? null,
      rated?.standard_errors[row][column] ?? null,
    ]),
  );
  return csvText([HEADER, ...lines], options);
}

/** @param {import("contract").CellResponse} cell */
function figures({ score: { value, low, high }, posteriors, cluster_names: names, experts }) {
  const cluster = posteriors === null ? null : leader(names ?? posteriors.map((_, index) => String(index + 1)), posteriors);
  const weights = experts.map(({ weight }) => weight);
  const expert = experts.length === 0 ? null : leader(experts.map(({ name }) => name), weights);
  return [value, low, high, cluster?.name ?? null, cluster?.share ?? null, expert?.name ?? null, expert?.share ?? null];
}
