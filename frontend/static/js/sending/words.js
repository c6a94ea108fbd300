/** What is said before and while many pictures are sent. */

import { nameInText } from "../kit/language/names.js";
import { t, tn } from "../kit/language/translate.js";

/** @param {number} count @param {string} counted */
export const sending = (count, counted) =>
  tn("Sending {count} picture", "Sending {count} pictures", count, { count: counted });

/** @param {string} name */
export const sendingArchive = (name) => t("Sending {name}", { name: nameInText(name) });

/** @param {string} sent @param {string} total */
export const sent = (sent, total) => t("{sent} of {total}", { sent, total });

export const received = t("Everything was sent. The service is looking through it …");
export const sendingCancelled = t("Cancelled. Nothing was scored.");

/** @param {string} time */
export const timeLeft = (time) => t("about {time} left", { time });

// ---- what was chosen and not sent yet

/** @param {number} count @param {string} counted @param {string} size */
export const chosen = (count, counted, size) =>
  tn("{count} picture, {size}", "{count} pictures, {size}", count, { count: counted, size });

/** @param {string} name @param {string} size */
export const chosenArchive = (name, size) => t("Archive {name}, {size}", { name: nameInText(name), size });

export const nothingToSend = t("None of these files can be sent");

/** @param {number} count @param {string} counted */
export const leftOut = (count, counted) =>
  tn("{count} file is left out", "{count} files are left out", count, { count: counted });

/** @type {Readonly<Record<import("./selection.js").Reason, (path: string, limit: string) => string>>} */
export const leftOutLine = Object.freeze({
  format: (path) => t("{path}: no picture by its name", { path: nameInText(path) }),
  size: (path, limit) => t("{path}: larger than {limit}", { path: nameInText(path), limit }),
});

/** @param {number} count @param {string} counted */
export const furtherFiles = (count, counted) =>
  tn("and {count} further", "and {count} further", count, { count: counted });

/** @type {Readonly<Record<import("./selection.js").Obstacle, (got: string, limit: string) => string>>} */
export const obstacles = Object.freeze({
  mixed: () => t("Pictures and an archive cannot go together. Clear, then choose the one or the other."),
  archives: () => t("Only one archive can be sent. Clear, then choose one."),
  files: (got, limit) => t("Got {got} files, at most {limit} can be sent. Clear, then choose fewer.", { got, limit }),
  bytes: (got, limit) => t("Got {got}, at most {limit} can be sent. Clear, then choose fewer.", { got, limit }),
});
