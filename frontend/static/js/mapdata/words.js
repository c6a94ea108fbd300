/** What is said of the pictures of a map, wherever they are shown. */

import { t } from "../kit/language/translate.js";

export const pictures = Object.freeze({
  /** @param {string} reference @param {string} distortion */
  picture: (reference, distortion) => t("{reference}, {distortion}", { reference, distortion }),
  /** @param {string} row */
  pictureNumber: (row) => t("picture {row}", { row }),
  /** @param {string} type @param {string} level */
  damage: (type, level) => t("{type}, level {level}", { type, level }),
  /** @param {string} value @param {string} std */
  scoreWithStd: (value, std) => `${value} ± ${std}`,
  /** @param {string} name @param {string} share */
  share: (name, share) => t("{name}, {share}", { name, share }),
  picturesColumn: t("picture"),
  topCluster: t("Top cluster"),
  experts: t("Experts"),
  clusters: t("Clusters"),
  label: "MOS",
  pseudoLabel: t("Pseudo-MOS"),
  error: t("Error"),
  matchedError: t("Error (scales matched)"),
});

export const studyLine = Object.freeze({
  whose: t("Pictures of your study:"),
  map: t("its map"),
  experts: t("its experts"),
});

export const placing = Object.freeze({
  /** @param {string} distance @param {string} limit */
  placed: (distance, limit) =>
    t("Mean distance to its nearest pictures: {distance} (usual: up to {limit}).", { distance, limit }),
  /** @param {string} distance @param {string} limit */
  placedFar: (distance, limit) =>
    t(
      "Unlike every picture of this map: its mean distance to the nearest is {distance}, usual is up to {limit}. Its place says little.",
      { distance, limit },
    ),
});
