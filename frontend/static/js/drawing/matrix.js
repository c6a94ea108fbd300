/**
 * A matrix of figures: rows from the top, the columns' names above, a figure in each cell. Cells are bars, because Plotly
 * writes every figure of a heat map in colours that are not read on all of them, and because its heat maps and colour bars
 * set style attributes, which the Content-Security-Policy forbids.
 */

import { inkOn } from "./colours.js";
import { axisTitle, baseLayout, hover, plain, rowAxis } from "./layout.js";

const SIDE = 0.94;
/** Names lean left, over those of the rows, where there is room. */
const NAME_ANGLE = 45;
const ROW_PX = 30;
const DENSE_ROW_PX = 22;
const DENSE_ROWS = 12;
const SCALE_PX = 10;
const SCALE_APART_PX = 12;
const SCALE_STEPS = 64;
/** Room above for slanted names, and below for the scale's figures. */
const LABELS_PX = 150;

/** @typedef {{value: number, row: number, column: number}} Cell */

/**
 * @typedef {object} Matrix R × C
 * @property {string[]} rows names
 * @property {string[]} columns names
 * @property {number[]} [places] of the columns along their axis: 0 … C−1 unless said
 * @property {(number | null)[][]} values a cell without one is left out
 * @property {(value: number) => string} color as `#rrggbb`
 * @property {(cell: Cell) => string} text in the cell
 * @property {(cell: Cell) => string} tell what is said of the cell under the pointer
 * @property {{title: string, ends: [number, number], tickformat?: string}} [scale] of the colours, as a strip below
 */

/**
 * @param {Matrix} matrix
 * @param {import("./theme.js").Theme} theme
 * @param {{rowTitle?: string, columnTitle?: string, columnAngle?: number, left?: number} & Record<string, unknown>} [parts]
 *   `left`: room before the first column, in columns; the rest goes to Plotly's layout
 * @returns {import("./plot.js").Figure}
 */
export function matrixFigure(matrix, theme, { rowTitle = "", columnTitle = "", columnAngle = NAME_ANGLE, left = 0, ...rest } = {}) {
  const { rows, columns, places = columns.map((_, column) => column), scale, color } = matrix;
  const row_px = rows.length > DENSE_ROWS ? DENSE_ROW_PX : ROW_PX;
  const strip_px = scale ? SCALE_PX + SCALE_APART_PX : 0;
  const height_px = rows.length * row_px + strip_px;
  const layout = baseLayout(theme, {
    height: height_px + LABELS_PX,
    margin: { l: 8, r: 20, t: 8, b: 8 },
    xaxis: { ...columnAxis(columns, places, left, theme), tickangle: columnAngle, title: axisTitle(columnTitle, theme) },
    yaxis: { ...rowAxis(rows, rowTitle, theme), domain: [strip_px / height_px, 1] },
    ...(scale ? scaleAxes(height_px, scale, theme) : {}),
    ...rest,
  });
  return { data: [cellTrace(matrix, places), ...(scale ? [scaleTrace(scale.ends, color)] : [])], layout };
}

/**
 * @param {Matrix} matrix
 * @param {number[]} places
 */
function cellTrace({ values, color, text, tell }, places) {
  const known = knownCells(values);
  const colors = known.map(({ value }) => color(value));
  return {
    type: "bar",
    orientation: "h",
    base: known.map(({ column }) => places[column] - SIDE / 2),
    x: known.map(() => SIDE),
    y: known.map(({ row }) => row),
    width: SIDE,
    text: known.map(text),
    textposition: "inside",
    insidetextanchor: "middle",
    textangle: 0,
    constraintext: "none",
    insidetextfont: { size: 11, color: colors.map(inkOn) },
    marker: { color: colors, line: { width: 0 } },
    ...hover(known.map(tell)),
  };
}

/**
 * The cells that have a value, in the order in which they are drawn.
 * @param {(number | null)[][]} values
 * @returns {Cell[]}
 */
export function knownCells(values) {
  return values.flatMap((line, row) =>
    line.flatMap((value, column) => (value === null ? [] : [{ value, row, column }])),
  );
}

/**
 * A frame around a cell.
 * @param {{row: number, column: number}} cell
 * @param {string} color
 */
export function cellOutline({ row, column }, color) {
  const line = { color, width: 3 };
  return { type: "rect", x0: column - SIDE / 2, x1: column + SIDE / 2, y0: row - SIDE / 2, y1: row + SIDE / 2, line };
}

/**
 * @param {string[]} names
 * @param {number[]} places
 * @param {number} left
 * @param {import("./theme.js").Theme} theme
 */
function columnAxis(names, places, left, theme) {
  return {
    anchor: "y",
    side: "top",
    range: [places[0] - 0.5 - left, places[places.length - 1] + 0.5],
    tickvals: places,
    ticktext: names.map(plain),
    ticklabeloverflow: "allow",
    tickfont: { color: theme.ink },
    showgrid: false,
    zeroline: false,
  };
}

/**
 * @param {[number, number]} ends
 * @param {(value: number) => string} color
 */
function scaleTrace([low, high], color) {
  const step = (high - low) / SCALE_STEPS;
  const starts = Array.from({ length: SCALE_STEPS }, (_, index) => low + index * step);
  return {
    type: "bar",
    orientation: "h",
    base: starts,
    x: starts.map(() => step),
    y: starts.map(() => 0),
    width: 1,
    xaxis: "x2",
    yaxis: "y2",
    marker: { color: starts.map((start) => color(start + step / 2)), line: { width: 0 } },
    hoverinfo: "skip",
  };
}

/**
 * Axes of the strip below the cells.
 * @param {number} height_px of cells and strip together
 * @param {NonNullable<Matrix["scale"]>} scale
 * @param {import("./theme.js").Theme} theme
 */
function scaleAxes(height_px, { title, ends, tickformat = "" }, theme) {
  return {
    xaxis2: {
      title: axisTitle(title, theme),
      anchor: "y2",
      domain: [0, 1],
      range: ends,
      nticks: 6,
      ticklabeloverflow: "allow",
      tickformat,
      tickfont: { color: theme.muted },
      showgrid: false,
      zeroline: false,
      fixedrange: true,
      automargin: true,
    },
    yaxis2: { anchor: "x2", domain: [0, SCALE_PX / height_px], range: [-0.5, 0.5], visible: false, fixedrange: true },
  };
}
