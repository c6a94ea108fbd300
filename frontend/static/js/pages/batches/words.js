/** Every text that the Batches page's scripts put on it. */

import { nameInText } from "../../kit/language/names.js";
import { t, tn } from "../../kit/language/translate.js";

/** @typedef {import("contract").JobResponse} Job */

// ---- what is about to be sent

/** @param {number} count @param {string} counted */
export const start = (count, counted) =>
  tn("Score {count} picture", "Score {count} pictures", count, { count: counted });

export const startArchive = t("Score the archive");

// ---- a batch

/** @type {Readonly<Record<import("contract").JobResponse["state"], string>>} */
export const states = Object.freeze({
  queued: t("Waiting for its turn"),
  running: t("Being scored"),
  done: t("Finished"),
  cancelled: t("Cancelled"),
});

/** @param {Job} job @param {string} others */
export const batchTitle = ({ filename, total }, others) =>
  total < 2 || /\.zip$/i.test(filename)
    ? nameInText(filename)
    : tn("{filename} and {others} other", "{filename} and {others} others", total - 1, {
        filename: nameInText(filename),
        others,
      });

/** @param {number} count @param {string} counted */
export const pictures = (count, counted) => tn("{count} picture", "{count} pictures", count, { count: counted });

/** @param {number} count @param {string} counted */
export const skipped = (count, counted) =>
  tn("{count} file of the archive was skipped", "{count} files of the archive were skipped", count, { count: counted });

/** @type {Readonly<Record<import("contract").SkippedFile["reason"], string>>} */
export const skipReasons = Object.freeze({
  "system-file": t("left there by the system"),
  "hidden-file": t("hidden"),
});

/** @param {string} seconds */
export const timeTaken = (seconds) => t("took {seconds}", { seconds });

/** @param {string} finished @param {string} total */
export const done = (finished, total) => t("{finished} of {total} done", { finished, total });

/** @param {number} count @param {string} counted */
export const refusedSoFar = (count, counted) => tn("{count} refused", "{count} refused", count, { count: counted });

/** @param {string} scored @param {string} refused */
export const finished = (scored, refused) => t("The batch is finished: {scored} scored, {refused} refused.", { scored, refused });

/** @param {string} finished @param {string} total */
export const stopped = (finished, total) =>
  t("The batch was cancelled: {finished} of {total} pictures were looked at.", { finished, total });

export const loading = t("Loading the batch …");
export const lost = t("The connection was lost.");
export const found = t("The connection is there again.");
export const deleting = t("Deleting …");
export const deleted = t("The batch was deleted.");
export const question = t("Delete this batch?");

/** @param {string} title */
export const pageTitle = (title) => `${title} · CENIQA Studio`;

/** @param {string} percent @param {string} title */
export const runningTitle = (percent, title) => `${percent} · ${title} · CENIQA Studio`;

// ---- the list of batches

export const remove = t("Delete");
/** @param {string} title */
export const removeOne = (title) => t("Delete the batch {title}", { title });
/** @param {string} score */
export const meanScore = (score) => t("mean score {score}", { score });

// ---- the table

export const shows = Object.freeze({
  /** @param {string} count */
  all: (count) => t("All {count}", { count }),
  /** @param {string} count */
  scored: (count) => t("Scored {count}", { count }),
  /** @param {string} count */
  refused: (count) => t("Refused {count}", { count }),
});

export const tableCaption = t("Pictures of the batch with what was predicted for each");
export const heads = Object.freeze({
  position: t("No."),
  name: t("Picture"),
  score: t("Score"),
  interval: t("90% interval"),
  cluster: t("Top cluster"),
  expert: t("Top expert"),
  distortion: t("Likeliest distortion"),
});

/** Beside the score of a picture that is unlike nearly all training photographs. */
export const unfamiliar = t("unfamiliar");

export const noneYet = t("The first results appear here as soon as they are there.");
export const nothingDone = t("No picture was looked at.");
export const nothingFound = t("No picture fits. Choose “All” and empty the field to see every one.");

/** @param {string} low @param {string} high */
export const interval = (low, high) => t("{low}–{high}", { low, high });

/** @param {string} from @param {string} to @param {string} total */
export const pageLine = (from, to, total) => t("{from} to {to} of {total}", { from, to, total });

/** @type {Readonly<Record<string, string>>} */
const refusals = Object.freeze({
  "unsupported-format": t("No picture of a known format"),
  "empty-file": t("Empty file"),
  "too-many-bytes": t("Too many bytes"),
  "too-many-pixels": t("Too many pixels"),
  "side-too-long": t("A side is too long"),
  "too-small": t("Too small"),
  "too-thin": t("Too thin"),
  "truncated-image": t("Cut off"),
  "broken-image": t("Damaged"),
  "float-pixels": t("Pixels are not whole numbers"),
  "unsupported-camera-raw": t("A camera's raw file"),
  "unsupported-compression": t("A compression that is not read"),
  "unsupported-layout": t("A layout that is not read"),
  "unsupported-transfer": t("Colours that are not read"),
  "unsupported-depth": t("Unknown number of bits"),
  "too-many-scans": t("Too intricate"),
  "out-of-memory": t("Needs too much memory"),
  "decode-timeout": t("Took too long to open"),
  "decode-crashed": t("Cannot be opened"),
  "deadline-exceeded": t("Took too long"),
  "unknown-checkpoint": t("The checkpoint is gone"),
  "unsound-prediction": t("No sound score"),
});

/** A refusal in a few words; one that we do not know by its own code. @param {string} code */
export const refusal = (code) => (Object.hasOwn(refusals, code) ? refusals[code] : code);

// ---- charts

export const axes = Object.freeze({ pictures: t("pictures") });
export const columns = Object.freeze({ from: t("from"), to: t("to"), pictures: t("pictures"), reason: t("reason") });

export const charts = Object.freeze({
  batch_scores: {
    title: t("Scores"),
    help: t("How many pictures have a score in each step of five points. The five words are ITU-R BT.500’s."),
  },
  batch_clusters: {
    title: t("Top clusters"),
    help: t("How many pictures fall into each cluster more than into any other."),
  },
  batch_refusals: {
    title: t("Refusals"),
    help: t("How many pictures could not be scored, by reason. Everything else of the batch was scored all the same."),
  },
});

/** @param {string} low @param {string} high @param {number} count @param {string} counted */
export const binLine = (low, high, count, counted) =>
  tn("{low} to {high}: {count} picture", "{low} to {high}: {count} pictures", count, { low, high, count: counted });

/** @param {string} name @param {number} count @param {string} counted */
export const countLine = (name, count, counted) =>
  tn("{name}: {count} picture", "{name}: {count} pictures", count, { name, count: counted });
