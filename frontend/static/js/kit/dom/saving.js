/** Handing a text to the reader as a file. */

import { element } from "./element.js";

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
