/** What matrices of figures share: rows from the top, names of columns on top, a figure in each cell. */

import { axisTitle, baseLayout, plain, rowAxis } from "./layout.js";

const ROW_PX = 30;
const DENSE_ROW_PX = 22;
const DENSE_ROWS = 12;
const CELL_GAP_PX = 2;
const SCALE_PX = 10;
const SCALE_APART_PX = 12;
const SCALE_STEPS = 64;
/** Room above for slanted names, and below for the scale's figures. */
const LABELS_PX = 150;

/**
 * @param {import("./theme.js").Theme} theme
 * @param {{rows: string[], columns: string[], places: number[], rowTitle: string, columnTitle: string, scale: {title: string, zmin: number, zmax: number, tickformat: string}} & Record<string, unknown>} parts
 *   `places` of the columns along the axis
 */
export function matrixLayout(theme, { rows, columns, places, rowTitle, columnTitle, scale, ...rest }) {
  const row_px = rows.length > DENSE_ROWS ? DENSE_ROW_PX : ROW_PX;
  const height_px = rows.length * row_px + SCALE_PX + SCALE_APART_PX;
  return baseLayout(theme, {
    height: height_px + LABELS_PX,
    margin: { l: 8, r: 20, t: 8, b: 8 },
    xaxis: {
      title: axisTitle(columnTitle, theme),
      anchor: "y",
      side: "top",
      range: [places[0] - 0.5, places[places.length - 1] + 0.5],
      tickvals: places,
      ticktext: columns.map(plain),
      // Leaning left, over the names of the rows, where there is room.
      tickangle: 45,
      ticklabeloverflow: "allow",
      tickfont: { color: theme.ink },
      showgrid: false,
      zeroline: false,
    },
    yaxis: { ...rowAxis(rows, rowTitle, theme), domain: [(SCALE_PX + SCALE_APART_PX) / height_px, 1] },
    ...scaleAxes(height_px, scale, theme),
    ...rest,
  });
}

/**
 * Cells with their figures; cells without a value stay empty.
 * @param {(number | null)[][]} values by row
 * @param {{places: number[], texts: string[][], hovers: string[][]} & Record<string, unknown>} parts
 */
export function matrixTrace(values, { places, texts, hovers, ...rest }) {
  return {
    type: "heatmap",
    x: places,
    y: values.map((_, row) => row),
    z: values,
    text: texts,
    texttemplate: "%{text}",
    textfont: { size: 11 },
    customdata: hovers,
    hovertemplate: "%{customdata}<extra></extra>",
    hoverongaps: false,
    xgap: CELL_GAP_PX,
    ygap: CELL_GAP_PX,
    showscale: false,
    ...rest,
  };
}

/**
 * The scale of colours as a strip of its own below the cells: Plotly's colour bar sets a style attribute, which the
 * Content-Security-Policy forbids.
 * @param {{colorscale: unknown, zmin: number, zmax: number}} colours
 */
export function scaleTrace({ colorscale, zmin, zmax }) {
  const step = (zmax - zmin) / SCALE_STEPS;
  const middles = Array.from({ length: SCALE_STEPS }, (_, index) => zmin + (index + 0.5) * step);
  return {
    type: "heatmap",
    x: middles,
    y: [0],
    z: [middles],
    xaxis: "x2",
    yaxis: "y2",
    colorscale,
    zmin,
    zmax,
    showscale: false,
    // With a gap, however small, Plotly draws cells without an image that it sets a style attribute on.
    ygap: 0.01,
    hoverinfo: "skip",
  };
}

/**
 * Axes of the strip, and the room that it leaves for the cells.
 * @param {number} height_px of cells and strip together
 * @param {{title: string, zmin: number, zmax: number, tickformat: string}} scale
 * @param {import("./theme.js").Theme} theme
 */
function scaleAxes(height_px, { title, zmin, zmax, tickformat }, theme) {
  return {
    xaxis2: {
      title: axisTitle(title, theme),
      anchor: "y2",
      domain: [0, 1],
      range: [zmin, zmax],
      nticks: 6,
      ticklabeloverflow: "allow",
      tickformat,
      tickfont: { color: theme.muted },
      showgrid: false,
      zeroline: false,
      fixedrange: true,
      automargin: true,
    },
    yaxis2: { anchor: "x2", domain: [0, SCALE_PX / height_px], visible: false, fixedrange: true },
  };
}
