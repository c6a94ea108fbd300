/** The texts of the lab of two distortions. */

import { nameInText } from "../../kit/language/names.js";
import * as format from "../../kit/language/format.js";
import { t, tn } from "../../kit/language/translate.js";

export const charts = Object.freeze({
  scores: {
    title: t("Score in every cell"),
    help: t(
      "Each cell is the same picture, first under the distortion of its row, then under that of its column on top. The mildest cell is at the top left. Further down or to the right the score should not rise. The cell with a frame is the one that you look at; press another to look at it.",
    ),
  },
  people: {
    title: t("What people said of such pictures"),
    help: t(
      "Mean opinions from a published study in which people rated other photographs under the same two distortions. Their scale is not the checkpoint’s: compare the order of cells, not their figures.",
    ),
  },
  clusters: {
    title: t("Leading cluster in every cell"),
    help: t(
      "The cluster with the highest posterior probability, with that probability. Where rows alone decide, the first distortion outweighs the second; where columns alone do, the second covers the first.",
    ),
    absence: t("Leading clusters: this variant has no mixture."),
  },
  experts: {
    title: t("Leading expert in every cell"),
    help: t("The expert whose own score has the largest weight in the cell’s score, with that weight."),
    absence: t("Leading experts: this variant has none."),
  },
});

export const columns = Object.freeze({
  score: t("score"),
  low: t("90% interval, low end"),
  high: t("90% interval, high end"),
  standardError: t("standard error"),
});

/**
 * An amount as a study or a level says it.
 * @param {number} stated
 * @param {number | null} parameter null: not done
 */
export const amountName = (stated, parameter) => (parameter === null ? t("none") : format.number(stated));

/** What the numbers of levels are. @type {import("./view.js").Unit} */
export const levelUnit = Object.freeze({ short: t("level"), axis: t("level (0 = none, 5 = strongest)") });

/**
 * What the numbers of a study are.
 * @param {string} type
 * @param {boolean} isNumbered whether they only number what was done
 * @returns {import("./view.js").Unit}
 */
export function studyUnit(type, isNumbered) {
  if (isNumbered) return { short: t("no."), axis: t("number in the study") };
  if (type === "jpeg") return { short: t("quality"), axis: t("quality (100 = best)") };
  if (type !== "white_noise") return { short: "σ", axis: t("σ (pixels)") };
  return { short: t("variance"), axis: t("variance (tones on 0–1)") };
}

/**
 * A distortion with what its amounts are, beside an axis.
 * @param {string} name
 * @param {import("./view.js").Unit} unit
 */
export const axisName = (name, { axis }) => t("{distortion}, {unit}", { distortion: name, unit: axis });

/**
 * The same in short.
 * @param {string} name
 * @param {import("./view.js").Unit} unit
 */
export const sliderName = (name, { short }) => t("{distortion}, {unit}", { distortion: name, unit: short });

/** @param {import("contract").RatedGridResponse} people */
export const peopleScale = ({ database, worst, best }) =>
  best > worst
    ? t("{database}, mean opinion ({worst} = bad, {best} = excellent)", { database, worst, best })
    : t("{database}, difference mean opinion (0 = as good as the original)", { database });

/** @param {string} database */
export const ratedChoice = (database) => t("as rated in {database}", { database });

export const levelsChoice = t("levels 0 to 5");

/**
 * What is done in a cell.
 * @param {import("./view.js").Axes} axes
 * @param {import("./view.js").Place} place
 */
export function cellName({ names, units, rows, columns }, { row, column }) {
  const parts = [
    [names[0], units[0].short, rows[row]],
    [names[1], units[1].short, columns[column]],
  ];
  const [first, second] = parts.map(([distortion, unit, amount]) =>
    amount === t("none") ? t("no {distortion}", { distortion }) : t("{distortion} {unit} {amount}", { distortion, unit, amount }),
  );
  return t("{first}, then {second}", { first, second });
}

/**
 * The same, and what came of it.
 * @param {import("./view.js").Axes} axes
 * @param {import("./view.js").Place} place
 * @param {string} figure
 */
export const cellText = (axes, place, figure) => t("{cell}: {figure}", { cell: cellName(axes, place), figure });

/** @param {string} difference */
export const difference = (difference) => t("{difference} points against the mildest cell", { difference });

/** @param {number} done @param {number} all */
export const progress = (done, all) => t("{done} of {all} pictures scored", { done, all });

/** @param {number} count */
export const failed = (count) => tn("{count} picture could not be scored.", "{count} pictures could not be scored.", count);

export const finished = t("Every picture of the grid is scored.");

/** @param {string} cell @param {string} score @param {string} word */
export const announced = (cell, score, word) => t("{cell}: {score}, {word}.", { cell, score, word });

/** @param {string} cell @param {string} filename */
export const pictureAlt = (cell, filename) => t("{filename} under {cell}", { cell, filename: nameInText(filename) });

export const order = Object.freeze({
  /** @param {string} database */
  choose: (database) =>
    t("To compare the order cell by cell, choose the amounts that people rated in {database}.", { database }),
  none: t("Nobody that we know of rated these two distortions in this order, so there is nothing to compare with."),
  waiting: t("The order is compared once every picture is scored."),
  /** @param {number} same @param {number} clear @param {string} share */
  said: (same, clear, share) =>
    t("Of {clear} pairs of cells that people clearly told apart, the checkpoint puts {same} in the same order ({share}).", {
      same,
      clear,
      share,
    }),
  /** @param {string} better @param {string} worse @param {string} gain */
  other: (better, worse, gain) =>
    t("People found {better} better than {worse}; the checkpoint has the second {gain} points higher.", {
      better,
      worse,
      gain,
    }),
  /** @param {number} count */
  more: (count) => tn("{count} more pair in another order.", "{count} more pairs in another order.", count),
});

export const titles = Object.freeze({
  emptyTitle: t("Two distortions") + " · CENIQA Studio",
  /** @param {string} filename */
  title: (filename) => t("{filename} under two distortions", { filename: nameInText(filename) }) + " · CENIQA Studio",
});
