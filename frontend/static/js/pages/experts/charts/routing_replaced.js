/** Rank correlation with the labels when the routing weights, or the posteriors, are replaced. */

import { axisTitle, baseLayout, rowAxis } from "../../../drawing/layout.js";
import { axes, columns, replacements, series } from "../words.js";
import { spreadCells, spreadTrace } from "./spread.js";

const ROWS = /** @type {const} */ (["own", "shuffled", "uniform", "wrong", "oracle"]);
const PLACES = /** @type {const} */ (["photographs", "synthetic"]);
const ROW_PX = 44;

/** @typedef {NonNullable<import("contract").FoldsResponse["interventions"]>} Interventions */

/**
 * @param {Interventions} interventions
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(interventions, theme) {
  const labels = ROWS.map((name) => replacements[name]);
  const data = PLACES.map((place, index) =>
    spreadTrace(
      ROWS.map((row) => interventions[place][row] ?? null),
      {
        name: series[place],
        shift: index ? 0.15 : -0.15,
        symbol: index ? "diamond-open" : "circle",
        color: index ? theme.muted : theme.ink,
        labels,
      },
    ),
  );
  const lowest = Math.min(0, ...PLACES.flatMap((place) => Object.values(interventions[place]).map(({ low }) => low)));
  const layout = baseLayout(theme, {
    height: ROWS.length * ROW_PX + 92,
    xaxis: { title: axisTitle(axes.srcc, theme), range: [lowest - 0.03, 1.03], zeroline: true },
    yaxis: { ...rowAxis(labels, axes.weightsUsed, theme), showgrid: true, gridcolor: theme.line },
    showlegend: true,
  });
  return { data, layout };
}

/**
 * @param {Interventions} interventions
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(interventions) {
  return {
    columns: [
      { label: axes.weightsUsed, format: "text" },
      { label: columns.on, format: "text" },
      ...[columns.median, columns.min, columns.max].map((label) => ({
        label,
        format: /** @type {const} */ ("number"),
      })),
    ],
    rows: ROWS.flatMap((row) =>
      PLACES.map((place) => [replacements[row], series[place], ...spreadCells(interventions[place][row])]),
    ),
  };
}
