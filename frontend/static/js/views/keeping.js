/** Ways to keep a result: its link, and its figures as a file. */

import { exportName, toCsv, toJson } from "../export.js";
import { element } from "../element.js";
import { controls } from "../messages.js";

/**
 * @param {() => import("../contract.js").Analysis} current the analysis on the page
 * @param {(text: string) => void} notify
 */
export function listenForKeeping(current, notify) {
  const onClick = (/** @type {string} */ id, /** @type {() => void} */ act) =>
    document.getElementById(id).addEventListener("click", act);
  onClick("copy-link", () => copyLink(notify));
  onClick("export-json", () => save(toJson(current()), exportName(current(), "json"), "application/json"));
  onClick("export-csv", () => save(toCsv(current()), exportName(current(), "csv"), "text/csv"));
}

/** @param {(text: string) => void} notify */
async function copyLink(notify) {
  try {
    await navigator.clipboard.writeText(location.href);
    notify(controls.copied);
  } catch (error) {
    // No clipboard outside secure contexts (TypeError), or a refused permission (DOMException).
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    notify(controls.copyFailed);
  }
}

/**
 * @param {string} text
 * @param {string} filename
 * @param {string} type
 */
function save(text, filename, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: url, download: filename }).click();
  URL.revokeObjectURL(url);
}
