/**
 * A matrix as one bar per cell, with its number in it. Plotly's heat maps and its colour bars set style attributes,
 * which the Content-Security-Policy forbids.
 */

import { plain } from "./layout.js";

const SIDE = 0.94;

/**
 * @typedef {object} Cells R × C; a cell whose `z` is null is left out
 * @property {(number | null)[][]} z
 * @property {(z: number) => string} color as `#rrggbb`
 * @property {(cell: {z: number, row: number, column: number}) => string} text in the cell
 * @property {(cell: {z: number, row: number, column: number}) => string} hover
 */

/** @param {Cells} cells */
export function cellTrace({ z, color, text, hover }) {
  const known = z.flatMap((line, row) =>
    line.flatMap((value, column) => (value === null ? [] : [{ z: value, row, column }])),
  );
  const colors = known.map((cell) => color(cell.z));
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
    insidetextfont: { size: 11, color: colors.map(inkOn) },
    customdata: known.map(hover),
    hovertemplate: "%{customdata}<extra></extra>",
    marker: { color: colors, line: { width: 0 } },
  };
}

/**
 * Black or white, whichever is read better: at least 4.5 to 1 on any colour.
 * @param {string} color `#rrggbb`
 */
export function inkOn(color) {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Where both have the same contrast: (1 + .05) / (L + .05) = (L + .05) / .05.
  return luminance > 0.179 ? "#000000" : "#ffffff";
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
