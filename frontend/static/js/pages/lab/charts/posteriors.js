/** p(cluster | picture) at every level, one panel each, with the clean picture's as short lines. */

import { groupColor } from "../../../drawing/colours.js";
import { barMarker, hover } from "../../../drawing/layout.js";
import * as format from "../../../kit/language/format.js";
import { axes as axisNames, columns as columnNames, displayName } from "../../../kit/language/words.js";
import { answered, levelRows } from "../view.js";
import { charts, columns } from "../words.js";
import { cleanMarks, panels } from "./panels.js";

export const id = "lab-posteriors";
export const words = charts.posteriors;

/** @param {import("../view.js").LabView} view */
export const applies = (view) => answered(view).some(({ posteriors }) => posteriors !== null);

/**
 * @param {import("../view.js").LabView} view which applies
 * @param {import("../../../drawing/theme.js").Theme} theme
 * @returns {import("../../../drawing/plot.js").Figure}
 */
export function figure(view, theme) {
  const names = clusterNames(answered(view)[0]);
  const colors = names.map((name) => groupColor(name, theme));
  const top = Math.max(0.05, ...answered(view).flatMap(({ posteriors }) => posteriors ?? []));
  const clean = view.levels[0]?.posteriors;
  return panels(view, theme, {
    labels: names.map(displayName),
    rowTitle: axisNames.cluster,
    xTitle: axisNames.probability,
    xaxis: { range: [0, top * 1.18], tickformat: ".0%", nticks: 3 },
    traces: ({ level, posteriors }, axes) => [
      bars(posteriors ?? [], names, colors, axes, theme),
      ...(level > 0 && clean ? [cleanMarks(clean, axes, theme)] : []),
    ],
  });
}

/**
 * @param {number[]} posteriors
 * @param {string[]} names
 * @param {string[]} colors
 * @param {{xaxis: string, yaxis: string}} axes
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
function bars(posteriors, names, colors, axes, theme) {
  return {
    ...axes,
    type: "bar",
    orientation: "h",
    x: posteriors,
    y: posteriors.map((_, row) => row),
    marker: barMarker(colors, theme),
    ...hover(names.map((name, row) => `${displayName(name)}: ${format.percent(posteriors[row])}`)),
  };
}

/**
 * @param {import("contract").LevelResponse} level
 * @returns {string[]} (K)
 */
function clusterNames({ posteriors, cluster_names: names }) {
  return names ?? posteriors?.map((_, index) => `${axisNames.cluster} ${index + 1}`) ?? [];
}

/**
 * @param {import("../view.js").LabView} view which applies
 * @returns {import("../../../drawing/table.js").Table}
 */
export function table(view) {
  return {
    columns: [
      { label: columns.level, format: "text" },
      { label: columnNames.cluster, format: "text" },
      { label: columnNames.posterior, format: "percent" },
    ],
    rows: levelRows(view, (level) =>
      clusterNames(level).map((name, row) => [displayName(name), level.posteriors?.[row] ?? null]),
    ),
  };
}
