/** Probabilities of the distortion groups, with the types inside the likely ones. */

import { groupColor } from "../../../drawing/colours.js";
import { barMarker, baseLayout, percentAxis, plain, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import { GROUPS } from "../../../drawing/taxonomy.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns, displayName, series } from "../../../kit/language/words.js";

/** Groups below this probability show no types in the chart; the table shows them all. */
const OPENED_FROM = 0.1;

const TYPE_MARK = "– ";
const GROUP_WIDTH = 0.8;
const TYPE_WIDTH = 0.5;
const TYPE_OPACITY = 0.55;

/** @typedef {import("../../../drawing/chart_card.js").Having<import("contract").AnalysisResponse, "distortion">} Shown */

export const id = "distortion";

/** @param {import("contract").AnalysisResponse} analysis */
export const applies = ({ distortion }) => distortion !== null;

/**
 * @typedef {{name: string, group: string, probability: number, isType: boolean}} Row
 * @param {import("contract").DistortionResponse} distortion
 * @returns {Row[]} groups from the most probable down; `clean` has no types of its own
 */
function groupRows({ groups }) {
  return Object.entries(groups)
    .map(([name, probability]) => ({ name, group: name, probability, isType: false }))
    .sort(byProbability);
}

/**
 * @param {string} group
 * @param {import("contract").DistortionResponse} distortion
 * @returns {Row[]} the types of a group, from the most probable down
 */
function typeRows(group, { types }) {
  return GROUPS[group]
    .filter((name) => name !== group)
    .map((name) => ({ name, group, probability: types[name], isType: true }))
    .sort(byProbability);
}

/**
 * @param {Row} one
 * @param {Row} other
 */
function byProbability(one, other) {
  return other.probability - one.probability;
}

/**
 * Rows of the chart: every group, and below a likely one its types.
 * @param {import("contract").DistortionResponse} distortion
 */
export function chartRows(distortion) {
  return groupRows(distortion).flatMap((row) =>
    row.probability >= OPENED_FROM ? [row, ...typeRows(row.group, distortion)] : [row],
  );
}

/**
 * @param {Shown} analysis
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ distortion }, theme) {
  const rows = chartRows(distortion);
  const values = rows.map(({ probability }) => probability);
  const layout = baseLayout(theme, {
    height: rowsHeight(rows.length),
    xaxis: percentAxis(values, axes.probability, theme),
    yaxis: rowAxis(rows.map(rowLabel), axes.distortion, theme),
  });
  return { data: [probabilityTrace(rows, theme)], layout };
}

/** @param {Row} row */
function rowLabel({ name, isType }) {
  return isType ? TYPE_MARK + displayName(name) : displayName(name);
}

/**
 * @param {Row[]} rows
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function probabilityTrace(rows, theme) {
  const colors = rows.map(({ group }) => groupColor(group, theme));
  return {
    type: "bar",
    orientation: "h",
    x: rows.map(({ probability }) => probability),
    y: rows.map((_, row) => row),
    width: rows.map(({ isType }) => (isType ? TYPE_WIDTH : GROUP_WIDTH)),
    text: rows.map(({ probability }) => format.percent(probability)),
    textposition: "outside",
    cliponaxis: false,
    marker: { ...barMarker(colors, theme), opacity: rows.map(({ isType }) => (isType ? TYPE_OPACITY : 1)) },
    customdata: rows.map(({ name }) => plain(displayName(name))),
    hovertemplate: "%{customdata}: %{text}<extra></extra>",
  };
}

/**
 * Every group with all of its types.
 * @param {Shown} analysis
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ distortion }) {
  const rows = groupRows(distortion).flatMap((row) => [row, ...typeRows(row.group, distortion)]);
  return {
    columns: [
      { label: columns.group, format: "text" },
      { label: columns.type, format: "text" },
      { label: columns.probability, format: "percent" },
    ],
    rows: rows.map(({ name, group, probability, isType }) => [
      displayName(group),
      isType ? displayName(name) : series.wholeGroup,
      probability,
    ]),
  };
}
