/** The score of every cell; the one that is looked at has a frame. */

import { cividis } from "../../../drawing/colours.js";
import { cellOutline, matrixFigure } from "../../../drawing/matrix.js";
import * as format from "../../../kit/language/format.js";
import { axes as axisNames } from "../../../kit/language/words.js";
import { answered, perCell } from "../view.js";
import { axisName, cellText, charts, columns } from "../words.js";

export const id = "mixed-scores";
export const words = charts.scores;

/** Seen on either end of the scale. */
const FRAME = "#e69f00";

/** @param {import("../view.js").MixedView} view */
export const applies = (view) => answered(view).length > 0;

/** @param {import("../view.js").MixedView} view */
export const valuesOf = (view) => perCell(view, ({ score }) => score.value);

/**
 * @param {import("../view.js").MixedView} view which applies
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(view, theme) {
  const { axes } = view.grid;
  const [low, high] = answered(view)[0].score.range;
  return matrixFigure(
    {
      rows: axes.rows,
      columns: axes.columns,
      values: valuesOf(view),
      color: (value) => cividis((value - low) / (high - low)),
      text: ({ value }) => format.score(value),
      tell: (cell) => cellText(axes, cell, format.score(cell.value)),
      scale: { title: axisNames.score, ends: [low, high] },
    },
    theme,
    {
      rowTitle: axisName(axes.names[0], axes.units[0]),
      columnTitle: axisName(axes.names[1], axes.units[1]),
      columnAngle: 0,
      shapes: [cellOutline(view.chosen, FRAME)],
    },
  );
}

/**
 * @param {import("../view.js").MixedView} view
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(view) {
  const { names, rows, columns: amounts } = view.grid.axes;
  return {
    columns: [
      { label: names[0], format: "text" },
      { label: names[1], format: "text" },
      { label: columns.score, format: "score" },
      { label: columns.low, format: "score" },
      { label: columns.high, format: "score" },
    ],
    rows: view.cells.flatMap((line, row) =>
      line.flatMap((cell, column) =>
        cell === null
          ? []
          : [[rows[row], amounts[column], cell.score.value, cell.score.low, cell.score.high]],
      ),
    ),
  };
}
