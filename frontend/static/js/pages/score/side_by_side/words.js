/** Texts of the Score page's comparison of all checkpoints. */

import { t, tn } from "../../../kit/language/translate.js";

export const sideBySide = Object.freeze({
  /** @param {number} count @param {string} text */
  start: (count, text) => tn("Score under one more checkpoint", "Score under {count} more checkpoints", count, { count: text }),
  startAll: t("Score under all checkpoints"),
  again: t("Ask again for those that failed"),
  /** @param {string} count @param {string} total */
  progress: (count, total) => t("{count} of {total}", { count, total }),
  /** @param {string} checkpoint @param {string} count @param {string} total */
  scoring: (checkpoint, count, total) => t("Scoring under {checkpoint}, {count} of {total}", { checkpoint, count, total }),
  cancelled: t("Stopped; what was scored stays."),
  /** @param {string} count @param {string} low @param {string} high @param {string} spread */
  summary: (count, low, high, spread) =>
    t("{count} checkpoints score this picture from {low} to {high}, {spread} points apart.", { count, low, high, spread }),
  checkpoint: t("checkpoint"),
  score: t("score"),
  interval: t("90% interval"),
  word: t("word"),
  time: t("time"),
  low: t("low end"),
  high: t("high end"),
  milliseconds: t("time (ms)"),
  /** @param {string} low @param {string} high */
  range: (low, high) => t("{low} to {high}", { low, high }),
  shown: t("shown above"),
  /** @param {string} reason */
  failed: (reason) => t("failed: {reason}", { reason }),
});

export const chart = Object.freeze({
  title: t("Score under every checkpoint"),
  help: t(
    "Each mark is a checkpoint’s score of this picture, its line the 90% interval. Where the lines share little, the checkpoints disagree by more than they themselves allow for. The filled mark is the one shown above.",
  ),
  axis: t("predicted MOS (points on 0–100)"),
});
