/** The same pictures scored by two checkpoints: on the diagonal they agree. WebGL, as a set may be large. */

import { groupColor } from "../../../drawing/colours.js";
import { axisTitle, baseLayout, valueAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import { pictures as words } from "../words.js";

export const id = "linked";
export const applies = () => true;

const TABLE_ROWS = 200;

/**
 * @typedef {object} LinkedData
 * @property {import("../linked.js").Linked} linked
 * @property {{a: string, b: string}} pair
 * @property {number | null} picked index of the picked picture
 */

/**
 * @param {LinkedData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ linked, pair, picked }, theme) {
  const { joined, groups, groupNames } = linked;
  const names = groupNames.length ? groupNames : [""];
  const order = names.map((name, code) => ({ name, rows: rowsOf(groups, code) })).filter(({ rows }) => rows.length);
  const traces = order.map(({ name, rows }) => ({
    type: "scattergl",
    mode: "markers",
    name: displayName(name),
    x: rows.map((row) => joined.b[row]),
    y: rows.map((row) => joined.a[row]),
    customdata: rows,
    hoverinfo: "none",
    marker: { color: name ? groupColor(name, theme) : theme.muted, size: 6, opacity: 0.75, line: { width: 0 } },
  }));
  const shapes = [diagonal(theme), ...(picked === null ? [] : [ring(joined.b[picked], joined.a[picked], theme)])];
  return {
    data: traces,
    layout: baseLayout(theme, {
      height: 460,
      xaxis: { title: axisTitle(words.axis(pair.b), theme), range: [0, 100], zeroline: false },
      yaxis: valueAxis(theme, { title: axisTitle(words.axis(pair.a), theme), range: [0, 100], zeroline: false }),
      hovermode: "closest",
      showlegend: order.length > 1,
      shapes,
    }),
  };
}

/** @param {Uint16Array} groups @param {number} code */
function rowsOf(groups, code) {
  const rows = [];
  for (let row = 0; row < groups.length; row += 1) if (groups[row] === code) rows.push(row);
  return rows;
}

/** @param {import("../../../drawing/theme.js").Theme} theme */
function diagonal(theme) {
  return { type: "line", x0: 0, y0: 0, x1: 100, y1: 100, line: { color: theme.ink, width: 1, dash: "dot" } };
}

/** Around the picked point. @param {number} x @param {number} y @param {import("../../../drawing/theme.js").Theme} theme */
function ring(x, y, theme) {
  const size = 8;
  return {
    type: "circle",
    xsizemode: "pixel",
    ysizemode: "pixel",
    xanchor: x,
    yanchor: y,
    x0: -size,
    x1: size,
    y0: -size,
    y1: size,
    line: { color: theme.ink, width: 2.5 },
  };
}

/**
 * The pictures that differ most; all of them are in the CSV.
 * @param {LinkedData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ linked, pair }) {
  const { joined } = linked;
  const order = [...joined.ids.keys()].sort((one, other) => Math.abs(joined.delta[other]) - Math.abs(joined.delta[one]));
  return {
    columns: [
      { label: words.columns.picture, format: "text" },
      { label: pair.a, format: "score" },
      { label: pair.b, format: "score" },
      { label: words.columns.delta, format: "signed" },
      { label: words.columns.places, format: "signedCount" },
    ],
    rows: order
      .slice(0, TABLE_ROWS)
      .map((index) => [
        linked.nameOf(index),
        joined.a[index],
        joined.b[index],
        joined.delta[index],
        joined.places[index],
      ]),
  };
}

/** How many of the pictures the table has, in words; empty where it has all. @param {LinkedData} data */
export function tableNote({ linked }) {
  const count = linked.joined.ids.length;
  return count > TABLE_ROWS ? words.tableNote(format.count(TABLE_ROWS), format.count(count)) : "";
}
