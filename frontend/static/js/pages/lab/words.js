/** The Distortion lab's texts. */

import { nameInText } from "../../kit/language/names.js";
import { t } from "../../kit/language/translate.js";

export const charts = Object.freeze({
  score: {
    title: t("Score by level"),
    help: t(
      "The predicted score of the picture as it is (0) and under each level, with its 90% interval; the filled mark is the level you look at. A higher level should not score higher, save for two types that go both ways and change nothing at level 3: mean shift and contrast change.",
    ),
    absence: "",
  },
  posteriors: {
    title: t("Cluster posteriors by level"),
    help: t(
      "One panel per level: how probable each cluster is, adding up to 100% in each panel. The short line on each row is the same cluster for the clean picture, so what moved away from its line was moved by the distortion.",
    ),
    absence: t("Cluster posteriors: this variant has no mixture."),
  },
  experts: {
    title: t("Experts by level"),
    help: t(
      "One panel per level: each circle is one expert’s own score, its area the weight it has there; the dashed line is the score of all together. The short line on each row is the same expert for the clean picture.",
    ),
    absence: t("Experts: this variant has none."),
  },
  path: {
    title: t("Path across the map"),
    help: t(
      "Grey dots are the pictures of this checkpoint’s map; the path is yours, from the clean picture (0) to level 5. Levels that lie too near to be told apart share a mark. A mark with a question mark is unlike everything on the map, so its place says little. Directions and distances have no unit.",
    ),
    absence: t("Path: this checkpoint has no map."),
  },
});

export const axes = Object.freeze({
  level: t("level (0 = clean, 5 = strongest)"),
  x: t("map, horizontal (no unit)"),
  y: t("map, vertical (no unit)"),
});

export const columns = Object.freeze({
  level: t("level"),
  score: t("score"),
  low: t("90% interval, low end"),
  high: t("90% interval, high end"),
  x: t("x (no unit)"),
  y: t("y (no unit)"),
  far: t("unlike the map"),
});

export const series = Object.freeze({ map: t("pictures of the map") });

export const yes = t("yes");
export const no = t("no");

/** @param {number} level */
export const levelName = (level) => (level === 0 ? t("clean") : t("level {level}", { level }));

/** @param {number} level */
export const levelFailed = (level) => t("level {level} failed", { level });

export const states = Object.freeze({
  asking: t("being scored"),
  failed: t("failed"),
  waiting: "…",
  none: "–",
});

export const retry = t("Try again");

/** @param {number} level @param {string} reason */
export const retryLabel = (level, reason) => t("Try level {level} again: {reason}", { level, reason });

/** @param {string} title @param {string} type @param {number} level */
export const verdict = (title, type, level) =>
  t("{title}, {type}, level {level}", { title: nameInText(title), type, level });

/** @param {string} difference */
export const difference = (difference) => t("{difference} points against the clean picture", { difference });

/** @param {number} level @param {string} score @param {string} word */
export const announced = (level, score, word) => t("Level {level}: {score}, {word}.", { level, score, word });

/** @param {string} type */
export const asking = (type) => t("Distorting: {type} …", { type });

export const titles = Object.freeze({
  emptyTitle: t("Distortion lab") + " · CENIQA Studio",
  /** @param {string} filename */
  title: (filename) => t("{filename} in the distortion lab", { filename: nameInText(filename) }) + " · CENIQA Studio",
});

export const pictures = Object.freeze({
  original: t("Original"),
  /** @param {string} filename */
  originalAlt: (filename) => t("The picture as it was uploaded, {filename}", { filename: nameInText(filename) }),
  /** @param {string} type @param {number} level */
  distortedAlt: (type, level) => t("The same picture under {type}, level {level}", { type, level }),
  /** @param {string} percent */
  scale: (percent) => t("Zoom {percent}", { percent }),
  /** @param {string} percent */
  divider: (percent) => t("{percent} of the width show the original", { percent }),
});

/** @param {boolean} isNear */
export const extent = (isNear) => (isNear ? t("Show the whole map") : t("Zoom to the path"));
