/** What the ledger says. */

import { t } from "../../../kit/language/translate.js";

/** @type {Readonly<Record<import("./rows.js").Column, string>>} */
export const heads = Object.freeze({
  gate: t("gate"),
  posterior: t("posterior"),
  attention: t("attention"),
  weight: t("weight"),
  score: t("own score"),
  points: t("points"),
});

export const titles = Object.freeze({
  experts: t("Who was asked, and what each added"),
  clusters: t("Which clusters the picture falls into"),
});

/** How to read the columns that there are. @param {import("./rows.js").Column[]} columns */
export function help(columns) {
  return columns.includes("points") ? expertHelp(columns) : clusterHelp(columns);
}

/** @param {import("./rows.js").Column[]} columns */
function expertHelp(columns) {
  const route = routeHelp(columns);
  return t("{route} Weight times own score are the points that an expert adds; the points add up to the score.", { route });
}

/** @param {import("./rows.js").Column[]} columns */
function routeHelp(columns) {
  const [hasGate, hasPosterior] = [columns.includes("gate"), columns.includes("posterior")];
  if (hasGate && hasPosterior) {
    return t("How probable the expert’s cluster is (posterior), times what the gate wishes, makes its weight.");
  }
  return hasPosterior
    ? t("An expert weighs as much as its cluster is probable.")
    : t("Experts are weighed by the probability of what they are named after, beside any fusion path.");
}

/** @param {import("./rows.js").Column[]} columns */
function clusterHelp(columns) {
  return columns.includes("attention")
    ? t("How probable each cluster of the mixture is for this picture, and how much attention its view is given.")
    : t("How probable each cluster of the mixture is for this picture; the shares add up to 100%.");
}

export const controls = Object.freeze({
  mute: t("mute"),
  only: t("only"),
  reset: t("Everybody as they were"),
  interventions: t("what if"),
  row: t("expert"),
  cluster: t("cluster"),
  total: t("score"),
});

/** @param {string} name */
export const muteLabel = (name) => t("Mute {name}", { name });

/** @param {string} name */
export const onlyLabel = (name) => t("Ask {name} alone", { name });

export const nobody = t("Nobody is left to ask.");

/**
 * @param {string} score
 * @param {string} was
 * @param {string} difference
 */
export const otherwise = (score, was, difference) =>
  t("So asked, the score would be {score} instead of {was} ({difference}).", { score, was, difference });
