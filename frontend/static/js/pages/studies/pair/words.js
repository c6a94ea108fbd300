/** Every text that the pair view's scripts put on a page. */

import { nameInText } from "../../../kit/language/names.js";
import { t } from "../../../kit/language/translate.js";

export const sides = Object.freeze({ a: t("A"), b: t("B") });

/** @param {string} title @param {string} side @param {string} share */
export const leans = (title, side, share) =>
  t("{title}: people would probably rate {side} higher (P = {share}).", { title, side, share });
/** @param {string} title @param {string} side @param {string} share */
export const even = (title, side, share) =>
  t("{title} hardly tells them apart: P that people would rate {side} higher is {share}.", { title, side, share });
export const oneScene = t("They are near-duplicates: their errors have much in common, and P says too little.");

export const underCaption = t("Both pictures under every variant");
export const heads = Object.freeze({
  variant: t("Variant"),
  a: t("A"),
  b: t("B"),
  probability: t("P(A better)"),
});

/** @param {string} side @param {string} name */
export const alt = (side, name) => t("{side}: {name}", { side, name: nameInText(name) });
/** @param {string} low @param {string} high */
export const interval = (low, high) => t("90% interval {low} to {high}", { low, high });
/** @param {string} label @param {string} error */
export const label = (label, error) => t("label {label}, error {error}", { label, error });
/** @param {string} place @param {string} total */
export const place = (place, total) => t("{place} of {total}", { place, total });
/** @param {string} percent */
export const scale = (percent) => t("{percent} of the fitted size", { percent });
/** @param {string} name */
export const keptLast = (name) => t("{name} stays: there is no further picture.", { name: nameInText(name) });
export const noFurther = t("There is no further picture in this order.");
