/** What the clusters tell about group, type and content: over test folds, and on the map's pictures. */

import { axisTitle, baseLayout, rowAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, labellings, series } from "../words.js";
import { spreadCells, spreadTrace } from "./spread.js";

const ROWS = /** @type {const} */ (["group", "type", "content"]);
const ROW_PX = 56;
const MEASURES = /** @type {const} */ ([
  { key: "ami", name: "AMI", shift: -0.14, symbol: "circle" },
  { key: "nmi", name: "NMI", shift: 0.14, symbol: "square" },
]);

/** @typedef {{usage: import("contract").UsageResponse["agreement"] | undefined, folds: import("contract").FoldsResponse["agreement"] | undefined}} Agreements */

/**
 * @param {Agreements} agreements
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ usage, folds }, theme) {
  const labels = ROWS.map((name) => labellings[name]);
  const measured = MEASURES.flatMap((measure) => {
    const { key, name, shift, symbol } = measure;
    const look = { name: series.folds(name), shift, symbol, color: key === "ami" ? theme.ink : theme.muted, labels };
    return [
      ...(folds ? [spreadTrace(ROWS.map((row) => folds[row]?.[key] ?? null), look)] : []),
      ...(usage ? [mapTrace(usage, measure, labels, theme)] : []),
    ];
  });
  const layout = baseLayout(theme, {
    height: ROWS.length * ROW_PX + 108,
    xaxis: { title: axisTitle(axes.agreement, theme), range: [-0.05, 1.05], zeroline: true },
    yaxis: { ...rowAxis(labels, axes.labelling, theme), showgrid: true, gridcolor: theme.line },
    showlegend: true,
  });
  return { data: measured, layout };
}

/**
 * @param {NonNullable<Agreements["usage"]>} usage
 * @param {typeof MEASURES[number]} measure
 * @param {string[]} labels
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function mapTrace(usage, { key, name, shift, symbol }, labels, theme) {
  const values = ROWS.map((row) => usage[row][key]);
  return {
    type: "scatter",
    mode: "markers",
    name: series.map(name),
    x: values,
    y: ROWS.map((_, row) => row + shift),
    cliponaxis: false,
    marker: { symbol: `${symbol}-open`, size: 13, color: key === "ami" ? theme.ink : theme.muted, line: { width: 1.5 } },
    customdata: values.map((value, row) => `${labels[row]}, ${series.map(name)}: ${format.number(value)}`),
    hovertemplate: "%{customdata}<extra></extra>",
  };
}

/**
 * @param {Agreements} agreements
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ usage, folds }) {
  return {
    columns: [
      { label: axes.labelling, format: "text" },
      { label: columns.figure, format: "text" },
      ...[columns.median, columns.min, columns.max, columns.onMap].map((label) => ({
        label,
        format: /** @type {const} */ ("number"),
      })),
    ],
    rows: ROWS.flatMap((row) =>
      MEASURES.map(({ key, name }) => [
        labellings[row],
        name,
        ...spreadCells(folds?.[row]?.[key]),
        usage ? usage[row][key] : null,
      ]),
    ),
  };
}
