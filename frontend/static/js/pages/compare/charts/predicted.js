/** Predicted scores against human ones, for both checkpoints. WebGL, as a fold may be large. */

import { axisTitle, baseLayout, hover, valueAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { predicted as words } from "../words.js";
import { sideColors } from "./pair.js";

export const id = "predicted";
export const applies = () => true;

const TABLE_ROWS = 100;

/** @typedef {{sides: {side: "a" | "b", checkpoint: string, predictions: import("contract").PredictionsResponse}[]}} ErrorData */

/**
 * @param {ErrorData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ sides }, theme) {
  const data = sides.map(({ side, checkpoint, predictions }) => ({
    type: "scattergl",
    mode: "markers",
    name: checkpoint,
    x: predictions.labels,
    y: predictions.scores,
    marker: { color: sideColors(theme)[side], size: 5, opacity: 0.55, symbol: side === "a" ? "circle" : "diamond", line: { width: 0 } },
    ...hover(predictions.ids.map((name, row) => hoverLine(name, predictions.scores[row], predictions.labels[row]))),
  }));
  const line = { color: theme.ink, width: 1, dash: "dot" };
  return {
    data,
    layout: baseLayout(theme, {
      height: 420,
      xaxis: { title: axisTitle(words.mosAxis, theme), range: [0, 100], zeroline: false },
      yaxis: valueAxis(theme, { title: axisTitle(words.scoreAxis, theme), range: [0, 100], zeroline: false }),
      hovermode: "closest",
      showlegend: true,
      shapes: [{ type: "line", x0: 0, y0: 0, x1: 100, y1: 100, line }],
    }),
  };
}

/** @param {string} name @param {number} score @param {number} label */
function hoverLine(name, score, label) {
  return words.hover(name, format.score(score), format.score(label));
}

/**
 * The first pictures, by id; the pair's CSV has all.
 * @param {ErrorData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ sides }) {
  return {
    columns: [
      { label: words.columns.picture, format: "text" },
      { label: words.columns.checkpoint, format: "text" },
      { label: words.columns.mos, format: "score" },
      { label: words.columns.score, format: "score" },
    ],
    rows: sides.flatMap(({ checkpoint, predictions: { ids, labels, scores } }) =>
      ids.slice(0, TABLE_ROWS).map((name, row) => [name, checkpoint, labels[row], scores[row]]),
    ),
  };
}
