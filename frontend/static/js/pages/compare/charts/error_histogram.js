/** How often scores miss by how much, for both checkpoints in the same bins. */

import { axisTitle, baseLayout, hover, valueAxis } from "../../../drawing/layout.js";
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
    ...hover(edges.map((_, edge) => binLine(edges, counts[index], Math.min(edge, counts[index].length - 1)))),
  }));
  return {
    data,
    layout: baseLayout(theme, {
      height: 420,
      xaxis: { title: axisTitle(words.errorAxis, theme), zeroline: true, zerolinewidth: 1 },
      yaxis: valueAxis(theme, { title: axisTitle(words.countAxis, theme), rangemode: "tozero", zeroline: false }),
      hovermode: "closest",
      showlegend: true,
    }),
  };
}

/** @param {number[]} edges @param {number[]} counts @param {number} bin */
function binLine(edges, counts, bin) {
  return `${words.range(format.number(edges[bin]), format.number(edges[bin + 1]))}: ${format.count(counts[bin])}`;
}

/** @param {import("./predicted.js").ErrorData["sides"]} sides */
function binned(sides) {
  return errorBins(
    sides.map(({ predictions }) => errorsOf(predictions)),
    BINS,
  );
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
