/** What the Map page says. */

import { t } from "../../kit/language/translate.js";
import { displayName, listed } from "../../kit/language/words.js";

/** @type {Readonly<Record<string, string>>} */
const sources = Object.freeze({ embedding: t("embedding"), features: t("features") });

export const map = Object.freeze({
  loading: t("Loading the map …"),
  /** @param {string} received @param {string} total */
  progress: (received, total) => t("{received} of {total}", { received, total }),
  /** @param {string} shown @param {string} total */
  shown: (shown, total) => t("{shown} of {total} pictures in the selection.", { shown, total }),
  /** @param {string} total */
  shownAll: (total) => t("All {total} pictures are in the selection.", { total }),
  /** @param {string} drawn @param {string} total */
  sampled: (drawn, total) =>
    t("Drawn: a random {drawn} of {total}. Counts, lasso and export have all of them.", { drawn, total }),
  /** @param {string} name @param {string} score */
  described: (name, score) => t("{name}: score {score}", { name, score }),
  /** @param {string} count @param {string} total */
  ofTotal: (count, total) => (count === total ? total : t("{count} of {total}", { count, total })),
  /** @param {string} field */
  histogramLabel: (field) =>
    t("Histogram: {field}. Drag over it, or fill in its two ends, to keep a range.", { field }),
  /** @param {string} field */
  brushLow: (field) => t("{field}: lowest", { field }),
  /** @param {string} field */
  brushHigh: (field) => t("{field}: highest", { field }),
  brushClear: "×",
  /** @param {string} field */
  brushClearLabel: (field) => t("{field}: whole range", { field }),
  /** @param {string} first @param {string} last @param {string} total */
  pageLine: (first, last, total) => t("{first}–{last} of {total}", { first, last, total }),
  /** @param {string} name */
  pick: (name) => t("Pick {name}", { name }),
  nothingSelected: t("No picture passes lasso, legend and ranges together. Clear the selection, or widen one of them."),
  /** @type {Readonly<Record<string, string>>} */
  spaces: { features: t("Nearest in features"), posteriors: t("Nearest in posteriors"), placing: t("Placed between") },
  /** @type {Readonly<Record<string, string>>} */
  distances: { features: t("distance"), posteriors: t("Hellinger distance, 0–1"), placing: t("distance") },
  /** @param {string} unit */
  inUnit: (unit) => t("({unit})", { unit }),
  /** @param {string} count */
  tied: (count) => t("{count} more are exactly as near as the last one.", { count }),
  fullSize: t("Picture at full size"),
  smallCopy: t("Small copy"),
  notYet: t("This map is not drawn yet"),
  notYetText: t("The maps of a study are drawn one after the other once its figures stand. Open this page again in a minute."),
  none: t("This study has no such map"),
  noneText: t("A map needs five pictures that can be read, and the checkpoint as it was when the study was made."),
  id: t("Id"),
  placing: t("Looking for its place …"),
  /** @param {string} score @param {string} checkpoint */
  scoredBy: (score, checkpoint) => t("{score} ({checkpoint})", { score, checkpoint }),
  uploadAlt: t("The placed picture"),
  cleared: t("Selection cleared."),
  /** @param {string} method @param {string} library @param {string} source @param {string} dim */
  projection: (method, library, source, dim) => {
    const values = { method, library, dim, source: sources[source] ?? displayName(source) };
    return t("{method} ({library}) of the {dim}-dimensional {source}.", values);
  },
  /** @param {import("contract").MapFaultResponse} refused */
  refused: ({ address, file, field, reason }) =>
    t("Map {address}: {file}, {field}: {reason}", { address, file, field, reason }),
  /** What stands before a credit. @param {string[]} references */
  credited: (references) => t("{pictures}: ", { pictures: listed(references.map(displayName)) }),
  /** @param {string} name @param {string} count */
  mapChoice: (name, count) => t("{name} ({count} pictures)", { name, count }),
  /** @param {string} checkpoint */
  title: (checkpoint) => t("Map of {checkpoint} · CENIQA Studio", { checkpoint }),
  /** @param {string} checkpoint @param {string} field */
  figureTitle: (checkpoint, field) => `${checkpoint}: ${field.toLowerCase()}`,
});

