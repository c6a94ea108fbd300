/** Texts of the list of analyses. */

import { nameInText } from "../../kit/language/names.js";
import { t, tn } from "../../kit/language/translate.js";

export const loading = t("Loading the analyses …");
export const loadingMore = t("Loading more …");
export const noPicture = t("no picture kept");
export const map = t("Map");
export const lab = t("Lab");
export const remove = t("Delete");

/** @param {string} shown @param {string} total @param {number} count */
export const shown = (shown, total, count) =>
  tn("Shown {shown} of {total} analysis.", "Shown {shown} of {total} analyses.", count, { shown, total });

/** @param {string} shown @param {string} total @param {number} count @param {string} query */
export const found = (shown, total, count, query) =>
  tn(
    "Shown {shown} of {total} analysis whose file name contains “{query}”.",
    "Shown {shown} of {total} analyses whose file names contain “{query}”.",
    count,
    { shown, total, query },
  );

/** @param {string} query */
export const nothingFound = (query) => t("No file name contains “{query}”.", { query });

/** @param {string} filename */
export const select = (filename) => t("Select {filename}", { filename: nameInText(filename) });

/** @param {string} filename */
export const showOnMap = (filename) => t("Show {filename} on the map", { filename: nameInText(filename) });

/** @param {string} filename */
export const takeToLab = (filename) => t("Take {filename} to the distortion lab", { filename: nameInText(filename) });

/** @param {string} filename */
export const removeOne = (filename) => t("Delete {filename}", { filename: nameInText(filename) });

/** @param {number} count @param {string} counted */
export const removeSelected = (count, counted) =>
  count === 0 ? t("Delete selected") : tn("Delete {count} selected", "Delete {count} selected", count, { count: counted });

/** @param {number} count @param {string} counted */
export const question = (count, counted) =>
  tn("Delete {count} analysis?", "Delete {count} analyses?", count, { count: counted });

/** @param {number} count @param {string} counted */
export const furtherNames = (count, counted) =>
  tn("and {count} further", "and {count} further", count, { count: counted });

/** @param {string} done @param {string} total */
export const deleting = (done, total) => t("Deleting {done} of {total} …", { done, total });

/** @param {number} count @param {string} counted */
export const deleted = (count, counted) =>
  tn("{count} analysis was deleted.", "{count} analyses were deleted.", count, { count: counted });
