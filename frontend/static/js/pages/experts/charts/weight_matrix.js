/** Mean weights of experts or clusters by distortion, or by cluster: each row adds up to one. */

import { plain } from "../../../drawing/layout.js";
import { matrixLayout, matrixTrace, scaleTrace } from "../../../drawing/matrix.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import { axes, cell, columns } from "../words.js";

/** Below this a cell's figure would be 0%, and is left out. */
const SMALLEST = 0.005;
const COLOURS = Object.freeze({ colorscale: "Viridis", zmin: 0, zmax: 1 });

/**
 * @typedef {object} Matrix
 * @property {import("contract").WeightsResponse[]} rows
 * @property {string[]} names (X) of the columns
 * @property {"expert" | "cluster"} part what the columns are
 * @property {"group" | "type" | "cluster"} by what the rows are
 */

/**
 * @param {Matrix} matrix
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ rows, names, part, by }, theme) {
  const places = names.map((_, column) => column);
  const shown = (/** @type {number} */ weight) => (weight < SMALLEST ? "" : format.wholePercent(weight));
  const trace = matrixTrace(
    rows.map((row) => row.mean_weights),
    {
      places,
      texts: rows.map((row) => row.mean_weights.map(shown)),
      hovers: rows.map((row) =>
        row.mean_weights.map((weight, column) =>
          plain(cell(displayName(row.name), displayName(names[column]), format.percent(weight))),
        ),
      ),
      ...COLOURS,
    },
  );
  const layout = matrixLayout(theme, {
    rows: rows.map(({ name }) => displayName(name)),
    columns: names.map(displayName),
    places,
    rowTitle: axes[by],
    columnTitle: axes[part],
    scale: { ...COLOURS, title: axes.meanWeight, tickformat: ".0%" },
  });
  return { data: [trace, scaleTrace(COLOURS)], layout };
}

/**
 * @param {Matrix} matrix
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ rows, names, by }) {
  return {
    columns: [
      { label: axes[by], format: "text" },
      ...names.map((name) => ({ label: displayName(name), format: /** @type {const} */ ("percent") })),
      { label: columns.pictures, format: "number" },
    ],
    rows: rows.map(({ name, mean_weights: weights, count }) => [displayName(name), ...weights, count]),
  };
}
