/** What the Score page says. */

import { nameInText } from "../../kit/language/names.js";
import { t, tn } from "../../kit/language/translate.js";
import { listed } from "../../kit/language/words.js";

export const facts = Object.freeze({
  size: t("Size"),
  format: t("Format"),
  scoredAt: t("Scored"),
  notes: t("Notes"),
  noNotes: t("none: scored as it is"),
  checkpoint: t("Checkpoint"),
  weights: t("Weights (SHA-256)"),
  likelihood: t("Log-likelihood"),
  familiarity: t("Familiarity"),
  timing: t("Time"),
});

/**
 * @param {string} width
 * @param {string} height
 */
export const pictureSize = (width, height) => t("{width} × {height} px", { width, height });

/** @param {string} value */
export const likelihood = (value) => t("{value} nats", { value });

/** @param {string} percent */
export const familiarity = (percent) => t("{percent} of the training photographs are more unusual", { percent });

/** A figure of one expert: its name, its share of the say, its own score. @typedef {[name: string, weight: string, score: string]} Told */

/** What `sentence.js` puts together. */
export const sentence = Object.freeze({
  /** @param {string} word */
  oneRegressor: (word) => t("{word}, says one regressor: this variant has no experts to ask.", { word }),
  /** @param {string} word @param {Told} told */
  leads: (word, ...[name, weight, score]) =>
    t("{word}: the expert “{name}” has {weight} of the say and gives {score}.", { word, name, weight, score }),
  /** @param {string} word @param {Told} first @param {Told} second */
  share: (word, [first, firstWeight, firstScore], [second, secondWeight, secondScore]) =>
    t("{word}: the experts “{first}” ({firstWeight} of the say) and “{second}” ({secondWeight}) decide; they give {firstScore} and {secondScore}.", {
      word,
      first,
      firstWeight,
      firstScore,
      second,
      secondWeight,
      secondScore,
    }),
  /** @param {string} word @param {Told} told */
  spread: (word, ...[name, weight]) =>
    t("{word}: no expert leads; “{name}” has the largest say, {weight}.", { word, name, weight }),
  /** @param {string} points */
  disagree: (points) => t("Those asked disagree: they lie {points} points off the score.", { points }),
  /** @param {string} name @param {string} share */
  distortion: (name, share) => t("The likeliest distortion is {name} ({share}).", { name, share }),
  /** @param {string} share */
  noDistortion: (share) => t("It looks like none of the distortions that the model knows ({share}).", { share }),
  unsureOfDistortion: t("No single distortion stands out."),
  usual: t("For the model it is a usual photograph."),
  /** @param {string} percent */
  unusual: (percent) =>
    t("For the model it is an unusual photograph: {percent} of those it was trained on are more so.", { percent }),
  unfamiliar: t("Unlike nearly all photographs that the model was trained on: take the score and its parts with care."),
});

/**
 * @param {string} total
 * @param {string[]} stages
 */
export const timing = (total, stages) => 
  stages.length ? t("{total} ({stages})", { total, stages: listed(stages) }) : total;

/**
 * @param {string} checkpoint
 * @param {string} variant
 */
export const checkpointLine = (checkpoint, variant) => t("{checkpoint} ({variant})", { checkpoint, variant });

/** @type {Readonly<Record<string, (duration: string) => string>>} */
const stages = Object.freeze({
  decode: (duration) => t("decoding {duration}", { duration }),
  features: (duration) => t("features {duration}", { duration }),
  head: (duration) => t("head {duration}", { duration }),
});

/**
 * A stage of the work with its duration; one that we do not know by its own name.
 * @param {string} name
 * @param {string} duration
 */
export const stageTime = (name, duration) => stages[name]?.(duration) ?? `${name} ${duration}`;

/**
 * The title of a part that the variant lacks, and why.
 * @param {string} title
 * @param {string} reason
 */
export const absenceLine = (title, reason) => t("{title}: {reason}", { title, reason });

/**
 * What was done to a picture before scoring, by the service's own sentence; one that we do not know stays English.
 * @type {[RegExp, (part: string) => string][]}
 */
const notes = [
  [/^(\d+) bits reduced to 8$/, (bits) => t("{bits} bits reduced to 8", { bits })],
  [/^rotated by EXIF orientation (\d)$/, (orientation) => t("rotated by EXIF orientation {orientation}", { orientation })],
  [/^first frame of (\d+)$/, (frames) => t("first frame of {frames}", { frames })],
  [
    /^rotated by XMP orientation (\d)$/,
    (orientation) => t("rotated by XMP orientation {orientation}", { orientation }),
  ],
  [
    /^rotated by irot\/imir orientation (\d)$/,
    (orientation) => t("rotated as its container says, orientation {orientation}", { orientation }),
  ],
  [/^(HDR .+) tone-mapped to sRGB$/, (coding) => t("{coding} tone-mapped to sRGB", { coding })],
  [/^([^,]+(?:, [^,]+)?) converted to sRGB$/, (coding) => t("{coding} converted to sRGB", { coding })],
  [/^end marker missing: every pixel is there$/, () => t("end marker missing: every pixel is there")],
  [
    /^damaged picture data: some of the pixels may be wrong$/,
    () => t("damaged picture data: some of the pixels may be wrong"),
  ],
  [/^full-size picture behind a reduced copy$/, () => t("full-size picture behind a reduced copy")],
  [
    /^marked as a reduced copy of a picture that is not in the file$/,
    () => t("marked as a reduced copy of a picture that is not in the file"),
  ],
  [
    /^black and white: scores of such pictures tend to be too low$/,
    () => t("black and white: scores of such pictures tend to be too low"),
  ],
  [/^primary picture, number (\d+) of \d+$/, (number) => t("primary picture, number {number} in the file", { number })],
  [/^first frame of several$/, () => t("first frame of several")],
  [/^(\w+) converted to sRGB by its profile$/, (mode) => t("{mode} converted to sRGB by its profile", { mode })],
  [/^(\w+) converted to sRGB without a profile$/, (mode) => t("{mode} converted to sRGB without a profile", { mode })],
  [/^alpha composited over white$/, () => t("alpha composited over white")],
  [/^damaged metadata ignored$/, () => t("damaged metadata ignored")],
  [
    /^colour profile ignored: it is broken or describes other colours than these$/,
    () => t("colour profile ignored: it is broken or describes other colours than these"),
  ],
  [
    /^constant image: every pixel has the same colour, so its score says little$/,
    () => t("constant image: every pixel has the same colour, so its score says little"),
  ],
];

/**
 * @param {string} note
 * @returns {string}
 */
export function noteText(note) {
  for (const [pattern, say] of notes) {
    const found = pattern.exec(note);
    if (found) return say(found[1]);
  }
  return note;
}

/** @param {string} filename */
export const pictureAlt = (filename) => t("The scored picture, {filename}", { filename: nameInText(filename) });

/** @param {string} filename */
export const pageTitle = (filename) => `${nameInText(filename)} · CENIQA Studio`;

export const status = Object.freeze({
  cancelled: t("Cancelled."),
  loading: t("Loading the analysis …"),
  emptyTitle: "CENIQA Studio",
  /** @param {string} filename */
  scoring: (filename) => t("Scoring {filename} …", { filename: nameInText(filename) }),
  /** @param {string} checkpoint */
  switching: (checkpoint) => t("Scoring under {checkpoint} …", { checkpoint }),
  /** @param {string} filename @param {string} score @param {string} word @param {string} low @param {string} high */
  scored: (filename, score, word, low, high) =>
    t("{filename}: {score}, {word}. 90% interval {low} to {high}.", {
      filename: nameInText(filename),
      score,
      word,
      low,
      high,
    }),
  /** @param {number} count */
  onlyFirst: (count) =>
    t("Only the first of {count} files was scored; this page takes one picture at a time.", { count }),
  archiveGiven: t("This page takes one picture at a time, no archive."),
  sending: t("Sending the batch …"),
  /** @param {number} count */
  asBatch: (count) => tn("Score it as a batch", "Score all {count} as a batch", count),
});

/** What a variant without experts or without a mixture lacks. */
export const experts = Object.freeze({
  title: t("Experts"),
  absence: t("this variant has no experts, so its score is not a sum of parts."),
});
export const clusters = Object.freeze({ title: t("Clusters"), absence: t("this variant has no mixture.") });

/**
 * For each chart: its title, how to read it, and why a variant may not have it.
 * @type {Readonly<Record<string, {title: string, help: string, absence: string}>>}
 */
export const charts = Object.freeze({
  score: {
    title: t("Score on the quality scale"),
    help: t("The mark is the score, the bar its 90% interval: of ten photographs like those it was calibrated on, nine have their human score inside. The five words are ITU-R BT.500’s."),
    absence: "",
  },
  distortion: {
    title: t("Distortion probabilities"),
    help: t("Which kind of distortion the model sees. Groups come first; the types inside a group follow, narrower and paler, where the group holds at least a tenth of the probability. The table has all of them."),
    absence: t("this variant does not predict distortions."),
  },
  severities: {
    title: t("Predicted severities"),
    help: t("How strong each kind of damage is, as the model sees it. Raising any of them can only lower the score."),
    absence: t("only the self-supervised variant predicts severities."),
  },
});
