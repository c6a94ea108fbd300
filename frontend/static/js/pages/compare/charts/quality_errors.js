/** Errors per fifth of the human score: how large, and in which direction. */

import { axisTitle, barMarker, baseLayout, hover, plain, valueAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { qualityErrors as words } from "../words.js";
import { sideColors } from "./pair.js";

export const id = "quality_errors";
export const applies = () => true;

/** @typedef {{quality_errors: import("contract").QualityErrors}} Measured */
/** @typedef {{sides: {side: "a" | "b", checkpoint: string, figures: Measured}[]}} QualityData */

/**
 * Bars are the mean absolute error, diamonds the mean signed one.
 * @param {QualityData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ sides }, theme) {
  const bins = sides[0].figures.quality_errors.upper_edges.median;
  const bars = sides.map(({ side, checkpoint, figures }) => ({
    type: "bar",
    name: words.size(checkpoint),
    x: bins.map((_, bin) => bin),
    y: figures.quality_errors.mean_absolute_error.median,
    offsetgroup: side,
    marker: { ...barMarker(sideColors(theme)[side], theme), opacity: 0.75 },
    ...hover(figures.quality_errors.mean_absolute_error.median.map((error) => format.cell(error, "score"))),
  }));
  const marks = sides.map(({ side, checkpoint, figures }, index) => ({
    type: "scatter",
    mode: "markers",
    name: words.bias(checkpoint),
    // In the middle of its bar.
    x: bins.map((_, bin) => bin + (sides.length === 1 ? 0 : index === 0 ? -0.175 : 0.175)),
    y: figures.quality_errors.bias.median,
    marker: { symbol: "diamond", size: 10, color: theme.surface, line: { color: sideColors(theme)[side], width: 2 } },
    ...hover(figures.quality_errors.bias.median.map((bias) => format.cell(bias, "signed"))),
  }));
  return {
    data: [...bars, ...marks],
    layout: baseLayout(theme, {
      height: 340,
      barmode: "group",
      bargap: 0.3,
      xaxis: {
        title: axisTitle(words.binAxis, theme),
        tickvals: bins.map((_, bin) => bin),
        ticktext: binNames(bins).map(plain),
        range: [-0.5, bins.length - 0.5],
        showgrid: false,
        zeroline: false,
      },
      yaxis: valueAxis(theme, { title: axisTitle(words.errorAxis, theme) }),
      hovermode: "closest",
      showlegend: true,
    }),
  };
}

/** @param {(number | null)[]} edges upper ones, worst pictures first */
function binNames(edges) {
  return edges.map((edge, bin) =>
    bin === 0
      ? words.upTo(format.cell(edge, "count"))
      : words.range(format.cell(edges[bin - 1], "count"), format.cell(edge, "count")),
  );
}

/**
 * @param {QualityData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ sides }) {
  const { median: edges } = sides[0].figures.quality_errors.upper_edges;
  return {
    columns: [
      { label: words.binAxis, format: "text" },
      ...sides.flatMap(({ checkpoint }) => [
        { label: words.size(checkpoint), format: /** @type {const} */ ("score") },
        { label: words.bias(checkpoint), format: /** @type {const} */ ("signed") },
      ]),
    ],
    rows: binNames(edges).map((name, bin) => [
      name,
      ...sides.flatMap(({ figures: { quality_errors: errors } }) => [
        errors.mean_absolute_error.median[bin],
        errors.bias.median[bin],
      ]),
    ]),
  };
}
