/** How the scores of a batch spread over the scale, in steps of a few points, over ITU's five words. */

import { axisTitle, barMarker, baseLayout, valueAxis } from "../../../drawing/layout.js";
import { bandShapes, bandWord, wordBands } from "../../../drawing/quality_bands.js";
import * as format from "../../../kit/language/format.js";
import { axes } from "../../../kit/language/words.js";
import { BIN_POINTS } from "../results.js";
import { axes as batchAxes, binLine, columns } from "../words.js";

const HEIGHT_PX = 280;
const RANGE = /** @type {[number, number]} */ ([0, 100]);

/**
 * @param {number[]} counts pictures in each bin of 0-100
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(counts, theme) {
  const bands = wordBands(RANGE);
  const layout = baseLayout(theme, {
    height: HEIGHT_PX,
    bargap: 0.06,
    xaxis: { title: axisTitle(axes.score, theme), range: RANGE, dtick: 20, zeroline: false },
    yaxis: valueAxis(theme, {
      title: axisTitle(batchAxes.pictures, theme),
      range: [0, Math.max(...counts, 4) * 1.06],
      tickformat: ",d",
    }),
    margin: { l: 8, r: 16, t: 28, b: 44 },
    shapes: bandShapes(bands, theme),
    annotations: bands.map((band) => bandWord(band, false, theme)),
  });
  return { data: [barTrace(counts, theme)], layout };
}

/**
 * @param {number[]} counts
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function barTrace(counts, theme) {
  return {
    type: "bar",
    x: counts.map((_, bin) => (bin + 0.5) * BIN_POINTS),
    y: counts,
    marker: barMarker(theme.neutral, theme),
    customdata: counts.map((count, bin) => binLine(...ends(bin), count, format.count(count))),
    hovertemplate: "%{customdata}<extra></extra>",
  };
}

/** @param {number} bin @returns {[string, string]} */
function ends(bin) {
  return [format.count(bin * BIN_POINTS), format.count((bin + 1) * BIN_POINTS)];
}

/**
 * @param {number[]} counts
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(counts) {
  return {
    columns: [
      { label: columns.from, format: "count" },
      { label: columns.to, format: "count" },
      { label: columns.pictures, format: "count" },
    ],
    rows: counts.map((count, bin) => [bin * BIN_POINTS, (bin + 1) * BIN_POINTS, count]),
  };
}
