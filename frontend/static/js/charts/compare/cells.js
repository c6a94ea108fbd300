/**
 * A matrix as one bar per cell. Plotly's own heat maps set a style attribute to find out what the browser can do with
 * images, which the Content-Security-Policy forbids.
 */

import { axisTitle, plain } from "../layout.js";

const SIDE = 0.94;

/**
 * @typedef {object} Cells R × C; a cell whose `z` is null is left out
 * @property {(number | null)[][]} z
 * @property {[number, number]} range of the colours
 * @property {string | [number, string][]} colorscale
 * @property {(cell: {z: number, row: number, column: number}) => string} text in the cell
 * @property {(cell: {z: number, row: number, column: number}) => string} hover
 * @property {string} scale title of the colours, with the unit
 */

/**
 * @param {Cells} cells
 * @param {import("../../contract.js").Theme} theme
 */
export function cellTrace({ z, range, colorscale, text, hover, scale }, theme) {
  const cells = z.flatMap((line, row) => line.map((value, column) => ({ z: value, row, column })));
  const known = cells.filter((cell) => cell.z !== null);
  return {
    type: "bar",
    orientation: "h",
    base: known.map(({ column }) => column - SIDE / 2),
    x: known.map(() => SIDE),
    y: known.map(({ row }) => row),
    width: SIDE,
    text: known.map(text),
    textposition: "inside",
    insidetextanchor: "middle",
    textangle: 0,
    constraintext: "none",
    textfont: { size: 11 },
    customdata: known.map(hover),
    hovertemplate: "%{customdata}<extra></extra>",
    marker: {
      color: known.map((cell) => cell.z),
      cmin: range[0],
      cmax: range[1],
      colorscale,
      line: { width: 0 },
      showscale: true,
      colorbar: {
        title: axisTitle(scale, theme),
        thickness: 12,
        outlinewidth: 0,
        tickfont: { color: theme.muted },
        len: 0.9,
      },
    },
  };
}

/** An axis of columns 0 … n−1 with slanted names. @param {string[]} names */
export function columnAxis(names) {
  return {
    tickvals: names.map((_, column) => column),
    ticktext: names.map(plain),
    tickangle: -40,
    range: [-0.5, names.length - 0.5],
    showgrid: false,
    zeroline: false,
  };
}
