/** Handing a text to the reader as a file. */

import { element, named } from "./element.js";

/**
 * @param {string} text
 * @param {string} filename
 * @param {string} type media type
 */
export function saveText(text, filename, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: url, download: filename }).click();
  URL.revokeObjectURL(url);
}

/**
 * Hear of clicks on the two buttons for a table: as it is, and safe in spreadsheets.
 * @param {string} id of the first; that of the other goes on with "-protected"
 * @param {(options: {isProtected: boolean}) => void} save
 */
export function onCsvWanted(id, save) {
  named(id).addEventListener("click", () => save({ isProtected: false }));
  named(`${id}-protected`).addEventListener("click", () => save({ isProtected: true }));
}
