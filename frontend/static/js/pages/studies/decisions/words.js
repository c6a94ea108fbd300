/** Every text of decisions by hand and of badges on a study's page. */

import { nameInText } from "../../../kit/language/names.js";
import { t, tn } from "../../../kit/language/translate.js";

export const keep = t("Keep");
export const reject = t("Reject");
export const badges = Object.freeze({
  keep: t("kept"),
  reject: t("rejected"),
  unfamiliar: t("unfamiliar"),
  duplicate: t("near-duplicate"),
  disagreement: t("variants disagree"),
  unreadable: t("unreadable"),
});
/** @param {string} name */
export const keepOne = (name) => t("Keep {name}", { name: nameInText(name) });
/** @param {string} name */
export const rejectOne = (name) => t("Reject {name}", { name: nameInText(name) });
/** @param {string} name */
export const editOne = (name) => t("Tags and score of {name} by hand", { name: nameInText(name) });
export const more = t("Tags, score");
export const tagsField = t("Tags, with commas between");
export const scoreField = t("Score by hand, 0–100");
/** @param {string} score */
export const byHand = (score) => t("{score} by hand", { score });
export const head = t("Decision");
/** @param {number} kept @param {string} keptText @param {number} rejected @param {string} rejectedText */
export const counts = (kept, keptText, rejected, rejectedText) =>
  [
    tn("{count} kept", "{count} kept", kept, { count: keptText }),
    tn("{count} rejected", "{count} rejected", rejected, { count: rejectedText }),
  ].join(" · ");
export const stale = t("Somebody else decided about this picture meanwhile, perhaps you in another tab. What was decided there stands.");
export const undone = t("The last change was taken back.");
export const anyTag = t("any");
