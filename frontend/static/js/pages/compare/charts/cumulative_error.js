/** The share of pictures whose score misses by at most so much. */

import { axisTitle, baseLayout, hover, valueAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { cumulative, errorAt, errorsOf } from "../errors.js";
import { cumulativeError as words } from "../words.js";
import { sideColors } from "./pair.js";

export const id = "cumulative_error";
export const applies = () => true;

const SHARES = Object.freeze([0.25, 0.5, 0.75, 0.9, 0.95, 1]);

/**
 * @param {import("./predicted.js").ErrorData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ sides }, theme) {
  const data = sides.map(({ side, checkpoint, predictions }) => {
    const { error, share } = cumulative(errorsOf(predictions));
    return {
      type: "scatter",
      mode: "lines",
      name: checkpoint,
      x: error,
      y: share,
      line: { color: sideColors(theme)[side], width: 2, shape: "hv", dash: side === "a" ? "solid" : "dash" },
      ...hover(error.map((most, index) => `≤ ${format.score(most)}: ${format.percent(share[index])}`)),
    };
  });
  return {
    data,
    layout: baseLayout(theme, {
      height: 340,
      xaxis: { title: axisTitle(words.errorAxis, theme), rangemode: "tozero", zeroline: false },
      yaxis: valueAxis(theme, {
        title: axisTitle(words.shareAxis, theme),
        range: [0, 1.02],
        tickformat: ".0%",
        zeroline: false,
      }),
      hovermode: "closest",
      showlegend: true,
    }),
  };
}

/**
 * @param {import("./predicted.js").ErrorData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ sides }) {
  const curves = sides.map(({ predictions }) => cumulative(errorsOf(predictions)));
  return {
    columns: [
      { label: words.columns.share, format: "text" },
      ...sides.map(({ checkpoint }) => ({ label: checkpoint, format: /** @type {const} */ ("score") })),
    ],
    rows: SHARES.map((share) => [format.percent(share), ...curves.map((curve) => errorAt(curve, share))]),
  };
}
