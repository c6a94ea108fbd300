/** How many pictures of a batch have something in common, one bar per kind, the most frequent on top. */

import { groupColor } from "../../../drawing/colours.js";
import { axisTitle, barMarker, baseLayout, plain, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, countLine } from "../words.js";

/** What is rarer than the first ones is left to the table. */
const MAX_ROWS = 12;
/** Room for the count beside the longest bar. */
const HEADROOM = 1.15;

/** @typedef {{name: string, count: number}} Counted */

/**
 * @param {readonly Counted[]} kinds the most frequent first
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @param {{label: (name: string) => string, title: string}} texts how a kind is called, and what a kind is
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(kinds, theme, { label, title }) {
  const shown = kinds.slice(0, MAX_ROWS);
  const labels = shown.map(({ name }) => label(name));
  const top = Math.max(...shown.map(({ count }) => count), 4) * HEADROOM;
  const layout = baseLayout(theme, {
    height: rowsHeight(shown.length, 72),
    xaxis: { title: axisTitle(axes.pictures, theme), range: [0, top], tickformat: ",d" },
    yaxis: rowAxis(labels, title, theme),
  });
  return { data: [barTrace(shown, labels, theme)], layout };
}

/**
 * @param {readonly Counted[]} shown
 * @param {string[]} labels
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function barTrace(shown, labels, theme) {
  return {
    type: "bar",
    orientation: "h",
    x: shown.map(({ count }) => count),
    y: shown.map((_, row) => row),
    text: shown.map(({ count }) => format.count(count)),
    textposition: "outside",
    cliponaxis: false,
    marker: barMarker(
      shown.map(({ name }) => groupColor(name, theme)),
      theme,
    ),
    customdata: shown.map(({ count }, row) => plain(countLine(labels[row], count, format.count(count)))),
    hovertemplate: "%{customdata}<extra></extra>",
  };
}

/**
 * @param {readonly Counted[]} kinds
 * @param {{label: (name: string) => string, title: string}} texts
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(kinds, { label, title }) {
  return {
    columns: [
      { label: title, format: "text" },
      { label: columns.pictures, format: "count" },
    ],
    rows: kinds.map(({ name, count }) => [label(name), count]),
  };
}
