/** Experts as circles: each lies at its own score, its area is the weight that it has. */

import * as format from "../kit/language/format.js";
import { displayName, expertLine } from "../kit/language/words.js";
import { groupColor } from "./colours.js";
import { hover } from "./layout.js";

const SMALLEST_PX = 7;
const LARGEST_PX = 26;

/**
 * Diameter in px whose area grows with the weight.
 * @param {number} weight 0-1
 */
export function diameter(weight) {
  return Math.max(SMALLEST_PX, LARGEST_PX * Math.sqrt(weight));
}

/**
 * @param {readonly import("contract").ExpertResponse[]} experts one a row
 * @param {import("./theme.js").Theme} theme
 * @param {number} [size] of the circles, as a share of the usual
 */
export function weightCircles(experts, theme, size = 1) {
  return {
    type: "scatter",
    mode: "markers",
    x: experts.map(({ score }) => score),
    y: experts.map((_, row) => row),
    cliponaxis: false,
    marker: {
      size: experts.map(({ weight }) => size * diameter(weight)),
      color: experts.map(({ name }) => groupColor(name, theme)),
      symbol: experts.map(({ kind }) => (kind === "fusion" ? "square" : "circle")),
      opacity: 1,
      line: { color: theme.muted, width: 1 },
    },
    ...hover(
      experts.map(({ name, score, weight }) =>
        expertLine(displayName(name), format.score(score), format.percent(weight)),
      ),
    ),
  };
}
