/** Texts that both labs say of the picture that they open. */

import { nameInText } from "../kit/language/names.js";
import { t } from "../kit/language/translate.js";

export const status = Object.freeze({
  loading: t("Loading the picture …"),
  /** @param {string} filename */
  uploading: (filename) => t("Scoring {filename} …", { filename: nameInText(filename) }),
  cancelled: t("Cancelled."),
  /** @param {number} count */
  onlyFirst: (count) => t("Only the first of {count} files was taken; the lab takes one picture at a time.", { count }),
});

/** @param {string} low @param {string} high */
export const interval = (low, high) => t("90% interval {low} to {high}", { low, high });
