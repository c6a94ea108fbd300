/** Which cluster, or which expert, has the most to say in each cell, and how much that is. */

import { categoryEntries } from "../../../drawing/colours.js";
import { matrixFigure } from "../../../drawing/matrix.js";
import * as format from "../../../kit/language/format.js";
import { axes as axisNames, columns as columnNames, displayName } from "../../../kit/language/words.js";
import { answered, leader, perCell } from "../view.js";
import { axisName, cellText, charts } from "../words.js";

/** So many letters of a name are said in a cell where there is little room. */
const SHORT = 3;

/** @typedef {import("contract").CellResponse} Cell */
/** @typedef {{names: string[], shares: number[]}} Shares */

/**
 * @param {Cell} cell
 * @returns {Shares | null} null where the variant has no mixture
 */
function clusterShares({ posteriors, cluster_names: names }) {
  if (posteriors === null) return null;
  return { names: names ?? posteriors.map((_, index) => `${axisNames.cluster} ${index + 1}`), shares: posteriors };
}

/**
 * @param {Cell} cell
 * @returns {Shares | null} null where the variant has no experts
 */
function expertShares({ experts }) {
  if (experts.length === 0) return null;
  return { names: experts.map(({ name }) => name), shares: experts.map(({ weight }) => weight) };
}

export const clusters = leadingChart("mixed-clusters", charts.clusters, columnNames.cluster, clusterShares);
export const experts = leadingChart("mixed-experts", charts.experts, columnNames.expert, expertShares);

/**
 * @param {string} id
 * @param {{title: string, help: string, absence: string}} words
 * @param {string} part
 * @param {(cell: Cell) => Shares | null} sharesOf
 */
function leadingChart(id, words, part, sharesOf) {
  const leaderOf = (/** @type {Cell} */ cell) => {
    const { names, shares } = /** @type {Shares} */ (sharesOf(cell));
    return leader(names, shares);
  };
  return {
    id,
    words,
    /** @param {import("../view.js").MixedView} view */
    applies: (view) => answered(view).some((cell) => sharesOf(cell) !== null),

    /**
     * @param {import("../view.js").MixedView} view which applies
     * @param {import("../../../drawing/theme.js").Theme} theme
     * @returns {import("../../../drawing/plot.js").Figure}
     */
    figure(view, theme) {
      const { axes } = view.grid;
      const leaders = perCell(view, leaderOf);
      const all = sharesOf(answered(view)[0])?.names ?? [];
      const colors = categoryEntries(all, theme).map(({ color }) => color);
      const nameAt = (/** @type {{row: number, column: number}} */ { row, column }) =>
        displayName(leaders[row][column]?.name ?? "");
      const shareAt = (/** @type {{row: number, column: number}} */ { row, column }) => leaders[row][column]?.share ?? 0;
      return matrixFigure(
        {
          rows: axes.rows,
          columns: axes.columns,
          values: leaders.map((line) => line.map((found) => found?.index ?? null)),
          color: (index) => colors[index],
          text: (cell) =>
            view.isNarrow ? nameAt(cell).slice(0, SHORT) : `${nameAt(cell)} ${format.wholePercent(shareAt(cell))}`,
          tell: (cell) => cellText(axes, cell, `${nameAt(cell)} ${format.percent(shareAt(cell))}`),
        },
        theme,
        {
          rowTitle: axisName(axes.names[0], axes.units[0]),
          columnTitle: axisName(axes.names[1], axes.units[1]),
          columnAngle: 0,
        },
      );
    },

    /**
     * @param {import("../view.js").MixedView} view which applies
     * @returns {import("../../../drawing/table.js").Table}
     */
    table(view) {
      const { names, rows, columns } = view.grid.axes;
      return {
        columns: [
          { label: names[0], format: "text" },
          { label: names[1], format: "text" },
          { label: part, format: "text" },
          { label: axisNames.weight, format: "percent" },
        ],
        rows: perCell(view, leaderOf).flatMap((line, row) =>
          line.flatMap((found, column) =>
            found === null ? [] : [[rows[row], columns[column], displayName(found.name), found.share]],
          ),
        ),
      };
    },
  };
}
