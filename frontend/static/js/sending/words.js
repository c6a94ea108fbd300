/** What is said while pictures are sent. */

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
