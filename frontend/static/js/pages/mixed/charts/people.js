/** What people said of the same two distortions, on the scale of their database. */

import { cividis } from "../../../drawing/colours.js";
import { cellOutline, knownCells, matrixFigure } from "../../../drawing/matrix.js";
import * as format from "../../../kit/language/format.js";
import { axisName, cellText, charts, columns, peopleScale } from "../words.js";

export const id = "mixed-people";
export const words = charts.people;

const FRAME = "#e69f00";

/** @typedef {import("../../../drawing/chart_card.js").Having<import("../view.js").MixedView, "people">} PeopleView */

/** @param {import("../view.js").MixedView} view */
export const applies = (view) => view.people !== null;

/**
 * @param {PeopleView} view which applies
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ people: { rated, axes }, grid, chosen }, theme) {
  const { worst, best, means } = rated;
  return matrixFigure(
    {
      rows: axes.rows,
      columns: axes.columns,
      values: means,
      color: (value) => cividis((value - worst) / (best - worst)),
      text: ({ value }) => format.score(value),
      tell: (cell) => cellText(axes, cell, format.score(cell.value)),
      scale: { title: peopleScale(rated), ends: [worst, best] },
    },
    theme,
    {
      rowTitle: axisName(axes.names[0], axes.units[0]),
      columnTitle: axisName(axes.names[1], axes.units[1]),
      columnAngle: 0,
      // Only on a grid of the same amounts is it the same cell.
      shapes: grid.rated === rated ? [cellOutline(chosen, FRAME)] : [],
    },
  );
}

/**
 * @param {PeopleView} view which applies
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ people: { rated, axes } }) {
  return {
    columns: [
      { label: axes.names[0], format: "text" },
      { label: axes.names[1], format: "text" },
      { label: peopleScale(rated), format: "score" },
      { label: columns.standardError, format: "score" },
    ],
    rows: knownCells(rated.means).map(({ value, row, column }) => [
      axes.rows[row],
      axes.columns[column],
      value,
      rated.standard_errors[row][column],
    ]),
  };
}
