/** SRCC per distortion type and checkpoint, types by group. */

import { groupColor, viridis } from "../../../drawing/colours.js";
import { matrixFigure } from "../../../drawing/matrix.js";
import { GROUPS } from "../../../drawing/taxonomy.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import { types as words } from "../words.js";

export const id = "types";
export const applies = () => true;

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
  return matrixFigure(
    {
      rows: found.map(({ name }) => displayName(name)),
      columns: data.rows.map(({ row }) => row.id),
      values: found.map(({ name }) => data.rows.map(({ row }) => row.srcc_by_type?.[name]?.median ?? null)),
      // From 0, because an SRCC below it is as useless as one of 0.
      color: (value) => viridis(Math.max(0, value)),
      text: ({ value }) => format.points(value),
      tell: ({ value, row, column }) =>
        words.hover(displayName(found[row].name), data.rows[column].row.id, format.correlation(value)),
    },
    theme,
    { left: STRIP, shapes: found.map(({ group }, row) => groupMark(group, row, theme)) },
  );
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
