/** Predicted severities, from none upwards without a bound. */

import { groupColor } from "../../../drawing/colours.js";
import { axisTitle, barMarker, baseLayout, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, displayName } from "../../../kit/language/words.js";

/** @typedef {import("../../../drawing/chart_card.js").Having<import("contract").AnalysisResponse, "severities" | "severity_names">} Shown */

export const id = "severities";

/** @param {import("contract").AnalysisResponse} analysis */
export const applies = ({ severities }) => severities !== null;

/**
 * @param {Shown} analysis
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ severities, severity_names: names }, theme) {
  const top = Math.max(...severities, 0.1) * 1.18;
  const layout = baseLayout(theme, {
    height: rowsHeight(severities.length),
    xaxis: { title: axisTitle(axes.severity, theme), range: [0, top] },
    yaxis: rowAxis(names.map(displayName), axes.distortion, theme),
  });
  return { data: [severityTrace(severities, names, theme)], layout };
}

/**
 * @param {number[]} severities
 * @param {string[]} names
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function severityTrace(severities, names, theme) {
  return {
    type: "bar",
    orientation: "h",
    x: severities,
    y: severities.map((_, row) => row),
    text: severities.map(format.number),
    textposition: "outside",
    cliponaxis: false,
    marker: barMarker(
      names.map((name) => groupColor(name, theme)),
      theme,
    ),
    customdata: names.map(displayName),
    hovertemplate: "%{customdata}: %{text}<extra></extra>",
  };
}

/**
 * @param {Shown} analysis
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ severities, severity_names: names }) {
  return {
    columns: [
      { label: columns.group, format: "text" },
      { label: columns.severity, format: "number" },
    ],
    rows: severities.map((value, row) => [displayName(names[row]), value]),
  };
}
