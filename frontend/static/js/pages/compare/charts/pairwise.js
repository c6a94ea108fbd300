/** Every checkpoint less every other one, with what the difference allows to be said. */

import { matrixFigure } from "../../../drawing/matrix.js";
import * as format from "../../../kit/language/format.js";
import { pairwise as words, testNames, verdictNames } from "../words.js";
import { signedColor } from "./pair.js";

export const id = "pairwise";
export const applies = () => true;

/** @typedef {{pairwise: import("contract").PairwiseResponse, pair: {a: string, b: string}}} PairwiseData */

/**
 * @param {PairwiseData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ pairwise, pair }, theme) {
  const { ids, median_difference: differences, verdict } = pairwise;
  const widest = Math.max(...differences.flat().map((value) => Math.abs(value ?? 0)), 1e-6);
  return matrixFigure(
    {
      rows: ids,
      columns: ids,
      values: differences,
      color: (value) => signedColor(value, widest, theme),
      text: ({ value, row, column }) => words.cell(format.signedCorrelation(value), verdict[row][column]),
      tell: ({ value, row, column }) =>
        words.hover(ids[row], ids[column], format.signedCorrelation(value), verdictText(verdict[row][column])),
    },
    theme,
    { columnTitle: words.less, shapes: outline(ids, pair, theme) },
  );
}

/** @param {import("contract").PairwiseResponse["verdict"][number][number]} verdict */
function verdictText(verdict) {
  return verdict === null ? "" : verdictNames[verdict];
}

/** The cell of the chosen pair. @param {string[]} ids @param {{a: string, b: string}} pair @param {import("../../../drawing/theme.js").Theme} theme */
function outline(ids, { a, b }, theme) {
  const [row, column] = [ids.indexOf(a), ids.indexOf(b)];
  if (row < 0 || column < 0) return [];
  const line = { color: theme.ink, width: 2 };
  return [{ type: "rect", x0: column - 0.5, x1: column + 0.5, y0: row - 0.5, y1: row + 0.5, line }];
}

/**
 * Each pair once.
 * @param {PairwiseData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ pairwise }) {
  const { ids } = pairwise;
  const pairs = ids.flatMap((_, row) => ids.map((_, column) => [row, column]).filter(([, column]) => column > row));
  return {
    columns: [
      { label: words.columns.pair, format: "text" },
      { label: words.columns.difference, format: "signedCorrelation" },
      { label: words.columns.low, format: "signedCorrelation" },
      { label: words.columns.high, format: "signedCorrelation" },
      { label: words.columns.test, format: "text" },
      { label: words.columns.holm, format: "number" },
      { label: words.columns.corrected, format: "number" },
      { label: words.columns.verdict, format: "text" },
    ],
    rows: pairs.map(([row, column]) => [
      words.name(ids[row], ids[column]),
      pairwise.median_difference[row][column],
      pairwise.low[row][column],
      pairwise.high[row][column],
      testNames[pairwise.test[row][column] ?? "none"],
      pairwise.p_holm[row][column],
      pairwise.p_corrected[row][column],
      verdictText(pairwise.verdict[row][column]),
    ]),
  };
}
