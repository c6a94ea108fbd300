/** Predicted score against label: a dot for each picture, and the line on which both are the same. */

import { axisTitle, baseLayout, hover, valueAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { axes, columns, dotLine } from "../words.js";

const HEIGHT_PX = 440;
const RANGE = [-3, 103];

/**
 * @param {import("../dots.js").Dots} dots
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @param {string} color
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ positions, filenames, labels, scores }, theme, color) {
  const lines = filenames.map((name, dot) => dotLine(shownName(name), format.score(labels[dot]), format.score(scores[dot])));
  const { hovertemplate } = hover([]);
  return {
    data: [
      {
        type: "scatter",
        mode: "markers",
        x: labels,
        y: scores,
        customdata: positions,
        text: hover(lines).customdata,
        hovertemplate: hovertemplate.replace("customdata", "text"),
        marker: { color, size: 7, opacity: 0.65, line: { color: theme.surface, width: 0.5 } },
      },
    ],
    layout: baseLayout(theme, {
      height: HEIGHT_PX,
      xaxis: { title: axisTitle(axes.label, theme), range: RANGE, dtick: 20, zeroline: false },
      yaxis: valueAxis(theme, { title: axisTitle(axes.score, theme), range: RANGE, dtick: 20, zeroline: false }),
      shapes: [{ type: "line", layer: "below", x0: 0, y0: 0, x1: 100, y1: 100, line: { color: theme.soft, width: 1, dash: "dot" } }],
      hovermode: "closest",
    }),
  };
}

/**
 * @param {import("../dots.js").Dots} dots
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ filenames, labels, scores }) {
  return {
    columns: [
      { label: columns.picture, format: "text" },
      { label: columns.label, format: "score" },
      { label: columns.score, format: "score" },
    ],
    rows: filenames.map((name, dot) => [shownName(name), labels[dot], scores[dot]]),
  };
}
