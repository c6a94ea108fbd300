/** What a set looks like to a mixture: the mean posterior of each cluster. */

import { categoryEntries } from "../../../drawing/colours.js";
import { barMarker, baseLayout, hover, percentAxis, rowAxis, rowsHeight } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes, columns as tableColumns, displayName } from "../../../kit/language/words.js";
import { shareLine } from "../words.js";

/** @typedef {import("contract").Mix} Mix */

/**
 * @param {Mix} mix
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure({ names, mean }, theme) {
  const colors = categoryEntries(names, theme).map(({ color }) => color);
  return {
    data: [
      {
        type: "bar",
        orientation: "h",
        x: mean,
        y: names.map((_, row) => row),
        marker: barMarker(colors, theme),
        ...hover(names.map((name, row) => shareLine(displayName(name), format.percent(mean[row])))),
      },
    ],
    layout: baseLayout(theme, {
      height: rowsHeight(names.length),
      xaxis: percentAxis([...mean], tableColumns.posterior, theme),
      yaxis: rowAxis(names.map(displayName), axes.cluster, theme),
    }),
  };
}

/**
 * @param {Mix} mix
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table({ names, mean }) {
  return {
    columns: [
      { label: axes.cluster, format: "text" },
      { label: tableColumns.posterior, format: "percent" },
    ],
    rows: names.map((name, row) => [displayName(name), mean[row]]),
  };
}
