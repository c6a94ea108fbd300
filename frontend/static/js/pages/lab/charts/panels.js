/** Small multiples: one panel per level with the same rows and the same scale, beside and below each other. */

import { baseLayout, plain, rowAxis } from "../../../drawing/layout.js";
import { CHART_LEVELS } from "../view.js";
import { levelName, states } from "../words.js";

const NARROW_COLUMNS = 2;
const ROW_PX = 22;
const HEAD_PX = 28;
const FOOT_PX = 52;
const TOP_PX = 30;
/** Share of a panel's width between it and the next. */
const GAP = 0.14;

/**
 * @typedef {object} PanelParts
 * @property {string[]} labels of the rows
 * @property {string} rowTitle
 * @property {object} xaxis range, ticks and so on, the same for every panel
 * @property {string} xTitle with its unit
 * @property {(answer: import("contract").LevelResponse, axes: {xaxis: string, yaxis: string}) => object[]} traces of a panel whose answer has come
 * @property {(answer: import("contract").LevelResponse, axes: {xref: string, yref: string}) => object[]} [shapes]
 */

/**
 * @param {import("../view.js").LabView} view
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @param {PanelParts} parts
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function panels(view, theme, { labels, rowTitle, xaxis, xTitle, traces, shapes = () => [] }) {
  const columns = view.isNarrow ? NARROW_COLUMNS : CHART_LEVELS.length;
  const rows = Math.ceil(CHART_LEVELS.length / columns);
  const panel_px = labels.length * ROW_PX;
  const inner_px = rows * panel_px + (rows - 1) * (HEAD_PX + FOOT_PX);
  const layout = baseLayout(theme, {
    height: inner_px + TOP_PX + FOOT_PX,
    margin: { l: 8, r: 12, t: TOP_PX, b: FOOT_PX },
    xaxis: {},
    yaxis: {},
  });
  /** @type {{data: object[], annotations: object[], marks: object[]}} */
  const { data, annotations, marks } = { data: [], annotations: [], marks: [] };
  CHART_LEVELS.forEach((level, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    const name = index === 0 ? "" : String(index + 1);
    const axes = { xaxis: `x${name}`, yaxis: `y${name}` };
    const gap = GAP / columns;
    const width = (1 - gap * (columns - 1)) / columns;
    const [left, top] = [column * (width + gap), 1 - (row * (panel_px + HEAD_PX + FOOT_PX)) / inner_px];
    const bottom = Math.max(0, top - panel_px / inner_px);
    Object.assign(layout, {
      [`xaxis${name}`]: {
        ...layout.xaxis,
        gridcolor: theme.line,
        linecolor: theme.line,
        zeroline: false,
        tickfont: { color: theme.muted },
        fixedrange: true,
        ...xaxis,
        domain: [left, Math.min(1, left + width)],
        anchor: axes.yaxis,
      },
      [`yaxis${name}`]: {
        ...rowAxis(labels, column === 0 ? rowTitle : "", theme),
        showticklabels: column === 0,
        showgrid: true,
        gridcolor: theme.line,
        domain: [bottom, top],
        anchor: axes.xaxis,
      },
    });
    const answer = view.levels[level];
    const middle = left + width / 2;
    if (column === 0) annotations.push(rowFoot(xTitle, bottom, theme));
    annotations.push(panelTitle(level, level === view.chosen, middle, top, theme));
    if (answer === null) annotations.push(emptyNote(middle, (top + bottom) / 2, theme));
    // A panel without a trace would have no axes.
    data.push(...(answer === null ? [placeholder(axes)] : traces(answer, axes)));
    if (answer !== null) marks.push(...shapes(answer, { xref: axes.xaxis, yref: `${axes.yaxis} domain` }));
  });
  return { data, layout: { ...layout, annotations, shapes: marks } };
}

/**
 * @param {number} level
 * @param {boolean} isChosen
 * @param {number} x of the paper
 * @param {number} y
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function panelTitle(level, isChosen, x, y, theme) {
  const font = isChosen ? { color: theme.ink, weight: 700 } : { color: theme.muted };
  return { ...onPaper(x, y), text: levelName(level), yanchor: "bottom", yshift: 4, font };
}

/**
 * The title of the axes beside each other, once: a panel is too narrow for it.
 * @param {string} title
 * @param {number} y of the paper
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function rowFoot(title, y, theme) {
  return { ...onPaper(0.5, y), text: plain(title), yanchor: "top", yshift: -24, font: { color: theme.muted } };
}

/** @param {number} x @param {number} y @param {import("../../../drawing/theme.js").Theme} theme */
function emptyNote(x, y, theme) {
  return { ...onPaper(x, y), text: states.waiting, font: { color: theme.muted } };
}

/** @param {number} x @param {number} y */
function onPaper(x, y) {
  return { xref: "paper", yref: "paper", x, y, xanchor: "center", showarrow: false };
}

/** @param {{xaxis: string, yaxis: string}} axes */
function placeholder(axes) {
  return { ...axes, type: "scatter", mode: "markers", x: [null], y: [null], hoverinfo: "skip" };
}

/**
 * A short upright line on each row, where the clean picture's value is.
 * @param {(number | null)[]} values by row
 * @param {{xaxis: string, yaxis: string}} axes
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
export function cleanMarks(values, axes, theme) {
  return {
    ...axes,
    type: "scatter",
    mode: "markers",
    x: values,
    y: values.map((_, row) => row),
    cliponaxis: false,
    hoverinfo: "skip",
    marker: { symbol: "line-ns-open", size: 12, color: theme.ink, line: { width: 2, color: theme.ink } },
  };
}
