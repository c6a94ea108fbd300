/** One loss term over the steps of training, for both checkpoints. */

import { axisTitle, baseLayout, hover, valueAxis } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { training as words } from "../words.js";
import { sideColors } from "./pair.js";

export const id = "training";
export const applies = () => true;

/** @typedef {{sides: {side: "a" | "b", curve: import("contract").CurveResponse}[], term: string}} TrainingData */

/**
 * @param {TrainingData} data
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ sides, term }, theme) {
  const data = withTerm(sides, term).map(({ side, curve }) => ({
    type: "scatter",
    mode: "lines+markers",
    name: curve.checkpoint,
    x: curve.steps,
    y: curve.terms[term],
    line: { color: sideColors(theme)[side], width: 2, dash: side === "a" ? "solid" : "dash" },
    marker: { color: sideColors(theme)[side], size: 6, symbol: side === "a" ? "circle" : "diamond" },
    ...hover(curve.steps.map((step, index) => `${format.count(step)}: ${format.number(curve.terms[term][index])}`)),
  }));
  return {
    data,
    layout: baseLayout(theme, {
      height: 380,
      xaxis: { title: axisTitle(words.stepAxis, theme), zeroline: false },
      yaxis: valueAxis(theme, { title: axisTitle(words.lossAxis(words.term(term)), theme) }),
      hovermode: "closest",
      showlegend: true,
    }),
  };
}

/** @param {TrainingData["sides"]} sides @param {string} term */
function withTerm(sides, term) {
  return sides.filter(({ curve }) => Object.hasOwn(curve.terms, term));
}

/**
 * @param {TrainingData} data
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ sides, term }) {
  const shown = withTerm(sides, term);
  const steps = [...new Set(shown.flatMap(({ curve }) => curve.steps))].sort((one, other) => one - other);
  return {
    columns: [
      { label: words.stepAxis, format: "count" },
      ...shown.map(({ curve }) => ({ label: curve.checkpoint, format: /** @type {const} */ ("number") })),
    ],
    rows: steps.map((step) => [
      step,
      ...shown.map(({ curve }) => curve.terms[term][curve.steps.indexOf(step)] ?? null),
    ]),
  };
}
