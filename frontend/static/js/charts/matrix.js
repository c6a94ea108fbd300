/** What matrices of figures share: rows from the top, names of columns on top, a figure in each cell. */

import { axisTitle, baseLayout, plain, rowAxis } from "./layout.js";

const ROW_PX = 30;
const DENSE_ROW_PX = 22;
const DENSE_ROWS = 12;
const CELL_GAP_PX = 2;

/**
 * @param {import("../contract.js").Theme} theme
 * @param {{rows: string[], columns: string[], places: number[], rowTitle: string, columnTitle: string} & Record<string, unknown>} parts
 *   `places` of the columns along the axis
 */
export function matrixLayout(theme, { rows, columns, places, rowTitle, columnTitle, ...rest }) {
  const row_px = rows.length > DENSE_ROWS ? DENSE_ROW_PX : ROW_PX;
  return baseLayout(theme, {
    height: rows.length * row_px + 150,
    margin: { l: 8, r: 8, t: 8, b: 8 },
    xaxis: {
      title: axisTitle(columnTitle, theme),
      side: "top",
      range: [places[0] - 0.5, places.at(-1) + 0.5],
      tickvals: places,
      ticktext: columns.map(plain),
      tickangle: -45,
      tickfont: { color: theme.ink },
      showgrid: false,
      zeroline: false,
    },
    yaxis: rowAxis(rows, rowTitle, theme),
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
    ...rest,
  };
}

/**
 * A colour bar below the cells, which leaves them the whole width.
 * @param {string} title with the unit
 * @param {import("../contract.js").Theme} theme
 */
export function colorBar(title, theme) {
  return {
    title: { text: title, side: "top", font: { size: 12, color: theme.muted } },
    orientation: "h",
    x: 0.5,
    xanchor: "center",
    y: 0,
    yanchor: "top",
    ypad: 10,
    thickness: 10,
    len: 0.9,
    outlinewidth: 0,
    tickfont: { color: theme.muted },
  };
}
