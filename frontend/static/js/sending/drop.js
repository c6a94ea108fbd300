/** Files that are dropped anywhere on the page, with an overlay that says so while they are held over it. */

import { named } from "../kit/dom/element.js";

/** @param {(transfer: DataTransfer | null) => void} onDrop */
export function listenToDrop(onDrop) {
  const overlay = named("drop-overlay");
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    overlay.hidden = !event.dataTransfer?.types.includes("Files");
  });
  document.addEventListener("dragleave", (event) => {
    // Only leaving the window has no element to enter.
    if (event.relatedTarget === null) overlay.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    overlay.hidden = true;
    onDrop(event.dataTransfer);
  });
}
