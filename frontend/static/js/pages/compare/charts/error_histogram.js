/** How often scores miss by how much, for both checkpoints in the same bins. */

import { axisTitle, baseLayout } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { errorBins, errorsOf } from "../errors.js";
import { errorHistogram as words } from "../words.js";
import { sideColors } from "./pair.js";

export const id = "error_histogram";
export const applies = () => true;

const BINS = 24;

/**
 * @param {import("./predicted.js").ErrorData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ sides }, theme) {
  const { edges, counts } = binned(sides);
  const data = sides.map(({ side, checkpoint }, index) => ({
    type: "scatter",
    mode: "lines",
    name: checkpoint,
    x: edges,
    // The last bin's count once more, so that its step is drawn to its upper edge.
    y: [...counts[index], counts[index].at(-1)],
    line: { color: sideColors(theme)[side], width: 2, shape: "hv", dash: side === "a" ? "solid" : "dash" },
    fill: side === "a" ? "tozeroy" : "none",
    fillcolor: `${sideColors(theme)[side]}26`,
    hovertemplate: "%{x}: %{y}<extra></extra>",
  }));
  return {
    data,
    layout: baseLayout(theme, {
      height: 420,
      xaxis: { title: axisTitle(words.errorAxis, theme), zeroline: true, zerolinewidth: 1 },
      yaxis: countAxis(words.countAxis, theme),
      hovermode: "closest",
      showlegend: true,
    }),
  };
}

/** @param {import("./predicted.js").ErrorData["sides"]} sides */
function binned(sides) {
  return errorBins(
    sides.map(({ predictions }) => errorsOf(predictions)),
    BINS,
  );
}

/** @param {string} title @param {import("../../../drawing/theme.js").Theme} theme */
function countAxis(title, theme) {
  return {
    title: axisTitle(title, theme),
    rangemode: "tozero",
    gridcolor: theme.line,
    tickfont: { color: theme.muted },
    zeroline: false,
    fixedrange: true,
    automargin: true,
  };
}

/**
 * @param {import("./predicted.js").ErrorData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ sides }) {
  const { edges, counts } = binned(sides);
  return {
    columns: [
      { label: words.columns.bin, format: "text" },
      ...sides.map(({ checkpoint }) => ({ label: checkpoint, format: /** @type {const} */ ("count") })),
    ],
    rows: edges
      .slice(0, -1)
      .map((low, bin) => [
        words.range(format.number(low), format.number(edges[bin + 1])),
        ...counts.map((found) => found[bin]),
      ]),
  };
}
