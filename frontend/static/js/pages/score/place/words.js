/** Texts of the Score page's place on the map. */

import { t } from "../../../kit/language/translate.js";

export const place = Object.freeze({
  loading: t("Looking for its place …"),
  noMap: t("This checkpoint has no map, so the picture has no place on one."),
  failed: t("The place could not be found."),
  upload: t("this picture"),
  neighbour: t("nearest pictures"),
  distance: t("distance"),
  weight: t("share in the place"),
  picture: t("picture"),
  score: t("its score"),
  neighbours: t("Nearest pictures of the map"),
  /** @param {string} name @param {string} distance */
  openNeighbour: (name, distance) => t("{name}, distance {distance}: open on the map", { name, distance }),
  /** @param {string} drawn @param {string} total */
  sampled: (drawn, total) => t("Drawn: a random {drawn} of {total} pictures.", { drawn, total }),
  ungrouped: t("no group"),
});

export const chart = Object.freeze({
  title: t("Where it lies among known pictures"),
  help: t(
    "Every dot is a picture as this checkpoint sees it, coloured by what was done to it; the star is yours, with lines to the pictures that placed it. Near means alike in this checkpoint’s eyes. Directions and distances across the map have no unit.",
  ),
});
