/** Every text that the two thresholds put on a study's page. */

import { t, tn } from "../../../kit/language/translate.js";

/** @type {Readonly<Record<import("./rule.js").Triage, string>>} */
export const names = Object.freeze({ reject: t("REJECT"), review: t("REVIEW"), pass: t("PASS") });

/** A threshold in the unit of its rule. */
export const valueText = Object.freeze({
  points: (/** @type {string} */ value) => t("{value} points", { value }),
  percentile: (/** @type {string} */ value, /** @type {string} */ points) =>
    t("percentile {value} ({points} points)", { value, points }),
});
/** @param {number} count @param {string} counted @param {string} share */
export const countOf = (count, counted, share) =>
  tn("{count} picture, {share}", "{count} pictures, {share}", count, { count: counted, share });
/** @param {string} from @param {string} to @param {number} count @param {string} counted */
export const barLine = (from, to, count, counted) =>
  tn("{from} to {to}: {count} picture", "{from} to {to}: {count} pictures", count, { from, to, count: counted });
export const saved = t("Saved with the study.");
export const unsaved = t("Not saved yet: move a threshold, or choose one of the three.");
export const shownOnly = t("As the address says; not saved here.");
