/** Every text that the Studies pages' scripts put on them. */

import { nameInText } from "../../kit/language/names.js";
import { t, tn } from "../../kit/language/translate.js";

/** @typedef {import("contract").StudyResponse} Study */

// ---- what is about to be sent

/** @param {number} count @param {string} counted */
export const start = (count, counted) =>
  tn("Make a study of {count} picture", "Make a study of {count} pictures", count, { count: counted });

export const startArchive = t("Make a study of the archive");

export const onlyTable = t("Now the pictures that these labels are of");

export const noTable = t("No table yet. Without one the study shows scores and clusters, and says nothing of agreement.");
/** @param {string} name */
export const tableTitle = (name) => t("Labels from {name}", { name: nameInText(name) });
export const noTableTitle = t("Labels");
export const readingTable = t("Reading the table …");

export const asks = Object.freeze({
  image: t("Say which column has the pictures’ names."),
  range: t("Say what the labels go from and to: it cannot be told from them."),
});

/** @param {number} count @param {string} counted */
export const matched = (count, counted) =>
  tn("{count} picture has a row", "{count} pictures have a row", count, { count: counted });
/** @param {number} count @param {string} counted */
export const unmatchedRows = (count, counted) =>
  tn("{count} row names no picture", "{count} rows name no picture", count, { count: counted });
/** @param {number} count @param {string} counted */
export const unmatchedPictures = (count, counted) =>
  tn("{count} picture has no row", "{count} pictures have no row", count, { count: counted });
/** @param {number} count @param {string} counted */
export const tableRows = (count, counted) => tn("{count} row", "{count} rows", count, { count: counted });
/** @param {string} smallest @param {string} largest */
export const labelSpan = (smallest, largest) => t("labels from {smallest} to {largest}", { smallest, largest });
export const noLabels = t("no label");
/** @param {string} names */
export const furtherFields = (names) => t("Kept as fields: {names}", { names });

export const noColumn = t("none");
export const samplesCaption = t("Rows as they will be taken");
export const sampleHeads = Object.freeze({
  image: t("Name in the table"),
  label: t("Label"),
  score: t("On 0–100, higher is better"),
  picture: t("Picture"),
});

/** @param {string} chosen @param {string} all */
export const checkpointsChosen = (chosen, all) => t("{chosen} of {all} variants answer", { chosen, all });
export const asWritten = t("as the paper writes it");

// ---- the list of studies

/** @type {Readonly<Record<Study["state"], string>>} */
export const states = Object.freeze({
  queued: t("Waiting for its turn"),
  running: t("Being made"),
  done: t("Finished"),
  failed: t("Failed"),
});

/** @param {number} count @param {string} counted */
export const pictures = (count, counted) => tn("{count} picture", "{count} pictures", count, { count: counted });
/** @param {number} count @param {string} counted */
export const labelled = (count, counted) => tn("{count} label", "{count} labels", count, { count: counted });
/** @param {number} count @param {string} counted */
export const variants = (count, counted) => tn("{count} variant", "{count} variants", count, { count: counted });
/** @param {number} count @param {string} counted */
export const refused = (count, counted) =>
  tn("{count} cannot be read", "{count} cannot be read", count, { count: counted });
/** @param {number} count @param {string} counted */
export const skipped = (count, counted) =>
  tn("{count} file of the archive was skipped", "{count} files of the archive were skipped", count, { count: counted });
/** @param {string} done @param {string} total */
export const done = (done, total) => t("{finished} of {total} done", { finished: done, total });
/** @param {string} id */
export const trusted = (id) => t("best: {id}", { id });
export const remove = t("Delete");
/** @param {string} name */
export const removeOne = (name) => t("Delete the study {name}", { name });

// ---- a study

export const stages = Object.freeze({
  looking: t("Looking at the pictures"),
  measuring: t("Measuring: heads, figures, intervals, report"),
  maps: t("Drawing the maps; everything else stands below"),
});
/** @param {string} drawn @param {string} all */
export const mapsDrawn = (drawn, all) => t("{drawn} of {all} maps drawn", { drawn, all });

/** @param {string} title */
export const pageTitle = (title) => `${title} · CENIQA Studio`;
/** @param {string} percent @param {string} title */
export const runningTitle = (percent, title) => `${percent} · ${title} · CENIQA Studio`;

/** @param {string} name @param {string} column @param {string} low @param {string} high */
export const labelsLine = (name, column, low, high) =>
  t("Labels from {name}, column {column}, taken as {low} to {high}", { name: nameInText(name), column: nameInText(column), low, high });
/** @param {string} name */
export const labelsAbsent = (name) => t("Labels from {name}: no row has one", { name: nameInText(name) });
export const lowIsGood = t("low is good (DMOS)");
export const unlabelled = t("No labels were sent");

export const loading = t("Loading the study …");
export const lost = t("The connection was lost.");
export const found = t("The connection is there again.");
export const finished = t("The study is finished.");
export const failed = t("The study has come to nothing.");
export const deleting = t("Deleting …");
export const deleted = t("The study was deleted.");
export const question = t("Delete this study?");

// ---- the verdict

export const verdicts = Object.freeze({
  no_labels: () => t("No picture that could be read has a label, so nothing says which variant to trust here."),
  /** @param {string} rated */
  few_labels: (rated) => t("Only {rated} of the pictures have a label: 5 or more are needed to measure an order.", { rated }),
  equal_labels: () => t("All labels are the same, so there is no order that scores could follow."),
  /** @param {string} best */
  one_checkpoint: (best) => t("{best} was asked alone; its figures stand beside nothing.", { best }),
  /** @param {string} best */
  clear: (best) => t("Trust {best} here: it orders these pictures better than each of the others.", { best }),
  /** @param {string} best */
  tiedWithAll: (best) => t("{best} has the highest SRCC, but these pictures do not tell it from any of the others.", { best }),
  /** @param {string} best @param {string} others */
  tied: (best, others) => t("{best} has the highest SRCC, but these pictures do not tell it from {others}.", { best, others }),
});

/** @param {string} difference @param {string} low @param {string} high */
export const betterThanBaseline = (difference, low, high) =>
  t("It is better than the baseline without a mixture (SRCC {difference}, 95% interval {low} to {high}).", { difference, low, high });
/** @param {string} difference @param {string} low @param {string} high */
export const notBetterThanBaseline = (difference, low, high) =>
  t("It is not shown to be better than the baseline without a mixture (SRCC {difference}, 95% interval {low} to {high}).", {
    difference,
    low,
    high,
  });

export const coverage = Object.freeze({
  /** @param {string} share @param {string} promised */
  kept: (share, promised) => t("{share} of the labels lie inside its {promised} intervals, as promised.", { share, promised }),
  /** @param {string} share @param {string} promised */
  narrow: (share, promised) =>
    t("{share} of the labels lie inside its {promised} intervals: they are too narrow for this set.", { share, promised }),
  /** @param {string} share @param {string} promised */
  wide: (share, promised) =>
    t("{share} of the labels lie inside its {promised} intervals: they are too wide for this set.", { share, promised }),
});

export const routing = Object.freeze({
  both: t("Its routing orders these pictures better than equal weights and than another picture’s."),
  uniform: t("Its routing orders these pictures better than equal weights."),
  shuffled: t("Its routing orders these pictures better than another picture’s."),
  none: t("Its routing is not shown to help on these pictures."),
});

export const agreementCaption = t("Agreement of each variant with the labels");
export const agreementHeads = Object.freeze({
  checkpoint: t("Variant"),
  srcc: t("SRCC"),
  plcc: t("PLCC"),
  krcc: t("KRCC"),
  rmse: t("RMSE"),
  coverage: t("Labels inside 90% intervals"),
  toBest: t("SRCC less the best"),
  toBaseline: t("SRCC less no_gmm"),
});
export const standings = Object.freeze({ best: t("highest"), as_good: t("cannot be told apart") });
/** @param {string} low @param {string} high */
export const interval = (low, high) => t("{low} to {high}", { low, high });

/** @param {string} samples */
export const drawnPictures = (samples) =>
  t("Small figures: 95% intervals over {samples} samples of the pictures, the same for all variants, so that differences are paired.", { samples });
/** @param {string} samples */
export const drawnReferences = (samples) =>
  t("Small figures: 95% intervals over {samples} samples of whole references, the same for all variants, so that differences are paired.", { samples });
export const mappedLogistic = t("PLCC and RMSE are taken after scores are mapped to the labels by VQEG’s 4-parameter logistic, fitted to this set.");
export const mappedLinear = t("PLCC and RMSE are taken after scores are mapped to the labels by a line, fitted to this set.");

// ---- charts

export const axes = Object.freeze({ label: t("label, 0–100"), score: t("predicted score"), error: t("mean absolute error, points"), srcc: t("SRCC (rank correlation)") });
export const columns = Object.freeze({
  picture: t("picture"),
  label: t("label"),
  score: t("score"),
  variant: t("variant"),
  srcc: t("SRCC"),
  from: t("from"),
  to: t("to"),
  part: t("part"),
  count: t("pictures"),
  error: t("mean absolute error"),
  bias: t("mean error"),
});

export const charts = Object.freeze({
  study_dots: {
    title: t("Predicted against label"),
    help: t("Each dot is a picture; click one to see it. Scores are as predicted, before any mapping; on the line, score and label are the same."),
  },
  study_srcc: { title: t("Order"), help: t("SRCC of each variant with its 95% interval; further right is better.") },
  study_bins: {
    title: t("Error by label"),
    help: t("Mean absolute error after the mapping, in fifths of the pictures by label, the worst pictures on top."),
  },
  study_clusters: {
    title: t("Clusters"),
    help: t("What the pictures look like to the mixture: the mean posterior of each cluster over the set."),
  },
});

/** @param {string} field */
export const fieldChart = (field) => ({
  title: t("Error by {field}", { field }),
  help: t("Mean absolute error after the mapping, for each value of this column of the table."),
});

/** @param {string} name @param {string} label @param {string} score */
export const dotLine = (name, label, score) => t("{name}: label {label}, score {score}", { name, label, score });
/** @param {string} title @param {string} value @param {string} low @param {string} high */
export const srccLine = (title, value, low, high) => t("{title}: {value}, {low} to {high}", { title, value, low, high });
/** @param {string} part @param {string} error @param {number} count @param {string} counted */
export const partLine = (part, error, count, counted) =>
  tn("{part}: {error} points, {count} picture", "{part}: {error} points, {count} pictures", count, { part, error, count: counted });
/** @param {string} name @param {string} share */
export const shareLine = (name, share) => t("{name}: {share}", { name, share });
export const pickHint = t("Click a dot to see its picture.");
/** @param {string} label */
export const labelFact = (label) => t("Label {label}", { label });

// ---- near-duplicates

/** @param {number} count @param {string} counted @param {string} title */
export const duplicateGroups = (count, counted, title) =>
  tn(
    "{count} group of pictures that are nearly the same. The first has the highest score under {title}.",
    "{count} groups of pictures that are nearly the same. The first of each has the highest score under {title}.",
    count,
    { count: counted, title },
  );
/** @param {number} count @param {string} counted */
export const furtherGroups = (count, counted) =>
  tn("{count} further group is in the files.", "{count} further groups are in the files.", count, { count: counted });
/** @param {number} count @param {string} counted */
export const furtherPictures = (count, counted) => tn("and {count} further", "and {count} further", count, { count: counted });
export const keep = t("keep");

// ---- pictures that are chosen

/** @param {number} count @param {string} counted */
export const chosen = (count, counted) => tn("{count} picture chosen", "{count} pictures chosen", count, { count: counted });
/** @param {string} name */
export const choose = (name) => t("Choose {name}", { name: nameInText(name) });
/** @param {string} name */
export const besideNext = (name) => t("Look at {name} beside the next one", { name: nameInText(name) });
export const sideBySide = t("Side by side");
/** @param {string} name of the first of a group */
export const groupSideBySide = (name) => t("The group of {name} side by side", { name: nameInText(name) });

// ---- the table of pictures

export const rowsCaption = t("Pictures of the study with what was predicted for each");
/** @type {Readonly<Record<import("./view_state.js").Sort, string>>} */
export const sortHeads = Object.freeze({
  filename: t("Picture"),
  score: t("Score"),
  label: t("Label"),
  absolute_error: t("Error"),
  disagreement: t("Beside"),
  familiarity: t("Familiarity"),
  entropy: t("Entropy"),
});
export const plainHeads = Object.freeze({ cluster: t("Top cluster"), distortion: t("Likeliest distortion") });
export const nobody = t("nothing");

/** @param {number} count @param {string} counted @param {string} order */
export const rowsLine = (count, counted, order) =>
  tn("{count} picture, {order}", "{count} pictures, {order}", count, { count: counted, order });
/** @type {Readonly<Record<import("./view_state.js").Sort, [string, string]>>} ascending, descending */
export const orders = Object.freeze({
  filename: [t("by name"), t("by name, from the end")],
  score: [t("lowest score first"), t("highest score first")],
  label: [t("lowest label first"), t("highest label first")],
  absolute_error: [t("smallest error first"), t("largest error first")],
  disagreement: [t("smallest difference between the two variants first"), t("largest difference between the two variants first")],
  familiarity: [t("least familiar first"), t("most familiar first")],
  entropy: [t("clearest cluster first"), t("least clear cluster first")],
});
export const nothingFound = t("No picture fits. Empty the field to see every one.");
/** @param {string} from @param {string} to @param {string} total */
export const pageLine = (from, to, total) => t("{from} to {to} of {total}", { from, to, total });
/** @param {string} low @param {string} high */
export const scoreInterval = (low, high) => t("{low}–{high}", { low, high });
