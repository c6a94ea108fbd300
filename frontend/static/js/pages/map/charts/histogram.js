/** A small histogram: everything in pale bars, what passes the other filters in dark ones, the brush behind. */

import { axisTitle, band, baseLayout } from "../../../drawing/layout.js";

const HEIGHT_PX = 112;
/** Room beside the first and the last bar; a brush over the plot has the same. */
export const EDGE_PX = 12;

/**
 * @typedef {object} HistogramData
 * @property {number[]} edges of B bins
 * @property {Uint32Array} all (B) pictures in each bin
 * @property {Uint32Array} passing (B) of these, those that pass the other filters
 * @property {[number, number] | null} brush
 * @property {string} title of the axis, with its unit
 */

/**
 * @param {HistogramData} histogram
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ edges, all, passing, brush, title }, theme) {
  const layout = baseLayout(theme, {
    height: HEIGHT_PX,
    // Equal margins, so that the brush's handles can be laid over the plot.
    margin: { l: EDGE_PX, r: EDGE_PX, t: 4, b: 36 },
    hovermode: false,
    barmode: "overlay",
    bargap: 0.08,
    xaxis: {
      title: axisTitle(title, theme),
      range: [edges[0], edges.at(-1)],
      automargin: false,
      nticks: 6,
      zeroline: false,
    },
    yaxis: { visible: false, fixedrange: true, range: [0, Math.max(...all, 1) * 1.04] },
    shapes: brush ? [band(brush, theme.band, { color: theme.ink, width: 1 })] : [],
  });
  return { data: [bars(edges, all, theme.line), bars(edges, passing, theme.muted)], layout };
}

/**
 * @param {number[]} edges
 * @param {Uint32Array} counts
 * @param {string} color
 */
function bars(edges, counts, color) {
  return {
    type: "bar",
    x: Array.from(counts, (_, bin) => (edges[bin] + edges[bin + 1]) / 2),
    y: Array.from(counts),
    marker: { color, line: { width: 0 } },
    hoverinfo: "skip",
  };
}
