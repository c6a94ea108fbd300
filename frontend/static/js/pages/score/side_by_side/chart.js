/** One picture's score and interval under every checkpoint, over ITU's five words. */

import { axisTitle, baseLayout, hover, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import { bandShapes, bandWord, wordBands } from "../../../drawing/quality_bands.js";
import * as format from "../../../kit/language/format.js";
import { chart as words, sideBySide as labels } from "./words.js";

/** Small enough for five words side by side on a phone. */
const WORD_PX = 10;

export const id = "side_by_side";
export { words };

/**
 * @typedef {object} Subject
 * @property {import("contract").AnalysisResponse[]} analyses of one picture, each under another checkpoint
 * @property {string} current checkpoint that is shown above
 */

/** @param {Subject} subject */
export const applies = ({ analyses }) => analyses.length > 1;

/**
 * @param {Subject} subject
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ analyses, current }, theme) {
  const bands = wordBands(analyses[0].score.range);
  const names = analyses.map(({ checkpoint }) => checkpoint);
  return {
    data: [markTrace(analyses, current, theme)],
    layout: baseLayout(theme, {
      height: rowsHeight(analyses.length, 92),
      xaxis: { title: axisTitle(words.axis, theme), range: analyses[0].score.range, zeroline: false },
      yaxis: { ...rowAxis(names, labels.checkpoint, theme), showgrid: true, gridcolor: theme.line },
      margin: { l: 8, r: 16, t: 28, b: 44 },
      shapes: bandShapes(bands, theme),
      annotations: bands.map((band) => bandWord(band, false, theme, WORD_PX)),
    }),
  };
}

/**
 * @param {import("contract").AnalysisResponse[]} analyses
 * @param {string} current
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function markTrace(analyses, current, theme) {
  const isCurrent = analyses.map(({ checkpoint }) => checkpoint === current);
  return {
    type: "scatter",
    mode: "markers",
    x: analyses.map(({ score }) => score.value),
    y: analyses.map((_, row) => row),
    error_x: {
      type: "data",
      symmetric: false,
      array: analyses.map(({ score }) => score.high - score.value),
      arrayminus: analyses.map(({ score }) => score.value - score.low),
      color: theme.muted,
      thickness: 2,
      width: 0,
    },
    marker: {
      size: 11,
      symbol: "diamond",
      color: isCurrent.map((is) => (is ? theme.ink : theme.surface)),
      line: { color: theme.ink, width: 2 },
    },
    ...hover(analyses.map(({ checkpoint, score }) => `${checkpoint}: ${format.score(score.value)}`)),
  };
}

/**
 * @param {Subject} subject
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ analyses }) {
  return {
    columns: [
      { label: labels.checkpoint, format: "text" },
      { label: labels.score, format: "score" },
      { label: labels.low, format: "score" },
      { label: labels.high, format: "score" },
      { label: labels.milliseconds, format: "number" },
    ],
    rows: analyses.map(({ checkpoint, score, timing_ms: timing }) => [
      checkpoint,
      score.value,
      score.low,
      score.high,
      timing.total ?? null,
    ]),
  };
}
