/** SRCC per distortion type and checkpoint, types by group. */

import { cellTrace, columnAxis } from "../../../drawing/cells.js";
import { viridis } from "../../../drawing/colours.js";
import { baseLayout, rowAxis } from "../../../drawing/layout.js";
import { GROUPS, groupColor } from "../../../drawing/taxonomy.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import { types as words } from "../words.js";

export const id = "types";
export const applies = () => true;

const ROW_PX = 22;
/** Room for the groups' colours, in columns. */
const STRIP = 0.18;

/** @typedef {{rows: import("../board.js").RankedRow[]}} TypesData */

/** Types that any checkpoint has a figure for, by group. @param {TypesData} data */
export function measuredTypes({ rows }) {
  const known = new Set(rows.flatMap(({ row }) => Object.keys(row.srcc_by_type ?? {})));
  return Object.entries(GROUPS).flatMap(([group, names]) =>
    names.filter((name) => known.has(name)).map((name) => ({ group, name })),
  );
}

/**
 * @param {TypesData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(data, theme) {
  const found = measuredTypes(data);
  const z = found.map(({ name }) => data.rows.map(({ row }) => row.srcc_by_type?.[name]?.median ?? null));
  const cells = cellTrace({
      z,
      // From 0, because an SRCC below it is as useless as one of 0.
      color: (value) => viridis(Math.max(0, value)),
      text: (cell) => format.points(cell.z),
      hover: (cell) =>
        words.hover(displayName(found[cell.row].name), data.rows[cell.column].row.id, format.correlation(cell.z)),
  });
  return {
    data: [cells],
    layout: baseLayout(theme, {
      height: found.length * ROW_PX + 170,
      margin: { l: 8, r: 8, t: 8, b: 8 },
      xaxis: { ...columnAxis(data.rows.map(({ row }) => row.id)), range: [-0.5 - STRIP, data.rows.length - 0.5] },
      yaxis: rowAxis(
        found.map(({ name }) => displayName(name)),
        "",
        theme,
      ),
      shapes: found.map(({ group }, row) => groupMark(group, row, theme)),
    }),
  };
}

/** A strip beside a row in its group's colour. @param {string} group @param {number} row @param {import("../../../drawing/theme.js").Theme} theme */
function groupMark(group, row, theme) {
  return {
    type: "rect",
    x0: -0.5 - STRIP,
    x1: -0.5 - STRIP / 3,
    y0: row - 0.5,
    y1: row + 0.5,
    fillcolor: groupColor(group, theme),
    line: { width: 0 },
  };
}

/**
 * @param {TypesData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(data) {
  return {
    columns: [
      { label: words.columns.type, format: "text" },
      { label: words.columns.group, format: "text" },
      ...data.rows.map(({ row }) => ({ label: row.id, format: /** @type {const} */ ("correlation") })),
    ],
    rows: measuredTypes(data).map(({ group, name }) => [
      displayName(name),
      displayName(group),
      ...data.rows.map(({ row }) => row.srcc_by_type?.[name]?.median ?? null),
    ]),
  };
}
