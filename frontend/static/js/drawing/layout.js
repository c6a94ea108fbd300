/** What all charts share: type, grid, margins, and horizontal rows with one label each. */

const ROW_PX = 28;
const FONT_PX = 12;

/**
 * A text that Plotly shows as it is: it reads some HTML, and sets what it reads by style attributes, which the
 * Content-Security-Policy forbids; so our own texts have no markup either.
 * @param {string} text
 */
export function plain(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * A layout with nothing to zoom or drag, on the page's surface; parts beyond the three go to Plotly as they are.
 * @param {import("./theme.js").Theme} theme
 * @param {{height: number, xaxis: object, yaxis: object} & Record<string, unknown>} parts height in px
 */
export function baseLayout(theme, { height, xaxis, yaxis, ...rest }) {
  return {
    height,
    autosize: true,
    dragmode: false,
    // Plotly keeps its own state across `react` while this stays the same.
    uirevision: "kept",
    margin: { l: 8, r: 16, t: 8, b: 44 },
    paper_bgcolor: theme.surface,
    plot_bgcolor: theme.surface,
    font: { family: theme.font, size: FONT_PX, color: theme.ink },
    hoverlabel: { font: { family: theme.font, size: FONT_PX, color: theme.surface }, bgcolor: theme.ink },
    showlegend: false,
    legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", traceorder: "normal" },
    xaxis: valueAxis(theme, xaxis),
    yaxis,
    ...rest,
  };
}

/**
 * An axis of values, across or up: quiet lines, nothing to drag.
 * @param {import("./theme.js").Theme} theme
 * @param {object} axis what it has of its own
 */
export function valueAxis(theme, axis) {
  return {
    gridcolor: theme.line,
    linecolor: theme.line,
    zerolinecolor: theme.soft,
    tickfont: { color: theme.muted },
    fixedrange: true,
    automargin: true,
    ...axis,
  };
}

/**
 * Title of an axis: small and quiet.
 * @param {string} text
 * @param {import("./theme.js").Theme} theme
 */
export function axisTitle(text, theme) {
  return { text, font: { size: FONT_PX, color: theme.muted }, standoff: 10 };
}

/**
 * A vertical axis of rows 0 … n−1, the first on top. Positions, not names, so that two equal names stay two rows.
 * @param {string[]} labels
 * @param {string} title
 * @param {import("./theme.js").Theme} theme
 */
export function rowAxis(labels, title, theme) {
  return {
    title: axisTitle(title, theme),
    range: [labels.length - 0.5, -0.5],
    tickvals: labels.map((_, row) => row),
    ticktext: labels.map(plain),
    // Invisible ticks keep the labels a little away from the bars.
    ticks: "outside",
    ticklen: 6,
    tickcolor: "rgba(0, 0, 0, 0)",
    showgrid: false,
    zeroline: false,
    fixedrange: true,
    automargin: true,
  };
}

/**
 * Height that gives every row the same room.
 * @param {number} rows
 * @param {number} [extra_px] room for legends and axes
 */
export function rowsHeight(rows, extra_px = 64) {
  return rows * ROW_PX + extra_px;
}

/**
 * Fill and outline of bars: the outline carries the contrast that pale hues lack.
 * @param {string | string[]} color
 * @param {import("./theme.js").Theme} theme
 */
export function barMarker(color, theme) {
  return { color, line: { color: theme.muted, width: 1 } };
}

/**
 * Shares of one as per cent on an axis from 0, with room for the figure beside the longest bar.
 * @param {number[]} values 0-1
 * @param {string} title
 * @param {import("./theme.js").Theme} theme
 */
export function percentAxis(values, title, theme) {
  const top = Math.max(...values, 0.05);
  return { title: axisTitle(title, theme), range: [0, top * 1.18], tickformat: ".0%", rangemode: "tozero" };
}

/**
 * A band from one value to another over the whole height, behind everything.
 * @param {[number, number]} ends
 * @param {string} color
 * @param {{color?: string, width: number}} [line] its edge
 */
export function band([low, high], color, line = { width: 0 }) {
  return { type: "rect", layer: "below", x0: low, x1: high, yref: "paper", y0: 0, y1: 1, fillcolor: color, line };
}

/**
 * What is said of each mark under the pointer; numbers in it come formatted, as the reader's language has them.
 * @param {readonly string[]} lines
 */
export function hover(lines) {
  return { customdata: lines.map(plain), hovertemplate: "%{customdata}<extra></extra>" };
}
