/** Texts of the local quality map. */

import { t, tn } from "../../../kit/language/translate.js";

export const loading = t("Scoring the windows …");
export const noClusters = t("This variant has no clusters.");
export const absent = t("This variant looks at pixels beside the features and is too slow for every window. Choose another checkpoint.");
export const tableCaption = t("Windows of the picture, lowest score first");
export const hint = t("Point at a window, or walk by arrow keys, to read it.");

export const columns = Object.freeze({
  x: t("x (px)"),
  y: t("y (px)"),
  score: t("score"),
  cluster: t("top cluster"),
});

/** @param {string} low @param {string} high */
export const range = (low, high) => t("{low}–{high}", { low, high });

/** @param {string} share */
export const opacity = (share) => t("{share} opaque", { share });

/** @param {string} x @param {string} y @param {string} score @param {string} word */
export const reading = (x, y, score, word) => t("x {x}, y {y} px: {score}, {word}", { x, y, score, word });

/** @param {string} text @param {string} cluster */
export const readingWithCluster = (text, cluster) => t("{text} · {cluster}", { text, cluster });

/**
 * @param {number} count
 * @param {string} counted
 * @param {string} mean
 * @param {string} whole
 */
export const meanLine = (count, counted, mean, whole) =>
  tn("{count} window, score {mean}. The picture as a whole: {whole}.", "{count} windows, mean score {mean}. The picture as a whole: {whole}.", count, {
    count: counted,
    mean,
    whole,
  });

/** @param {string} reading */
export const lowestLine = (reading) => t("Lowest: {reading}.", { reading });

/** @param {number} count @param {string} counted */
export const windowCount = (count, counted) => tn("{count} window", "{count} windows", count, { count: counted });

/** @param {string} window @param {string} stride */
export const help = (window, stride) =>
  t(
    "Each window of {window} × {window} px, {stride} px from the next, is scored as if it were a picture of its own. It sees less than the whole picture does: on sharp photographs windows score some points lower, so compare them with each other. Colours span the windows of this picture.",
    { window, stride },
  );

/** @param {string} summary */
export const announced = (summary) => t("Local quality: {summary}", { summary });

export const unit = t("predicted MOS of a window (points on 0–100)");
