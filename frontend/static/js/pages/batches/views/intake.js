/** Ways for the pictures of a batch to come in: two choosers, and a drop anywhere. */

import { named } from "../../../kit/dom/element.js";
import { READ_ONLY } from "../../../kit/read_only.js";
import { chosenFiles, droppedFiles } from "../dropped.js";

/**
 * Listens on the whole page, unless nothing may come in.
 * @param {(files: import("../../../sending/selection.js").Candidate[]) => void} onFiles never called with none
 */
export function listenForFiles(onFiles) {
  if (READ_ONLY) return;
  for (const id of ["pictures", "folder"]) {
    const input = named(id, "input");
    input.addEventListener("change", () => {
      const files = chosenFiles(input.files ?? []);
      // So that choosing the same files again is a change, too.
      input.value = "";
      if (files.length) onFiles(files);
    });
  }
  listenToDrop(onFiles);
}

/** @param {(files: import("../../../sending/selection.js").Candidate[]) => void} onFiles */
function listenToDrop(onFiles) {
  const overlay = named("drop-overlay");
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    overlay.hidden = !event.dataTransfer?.types.includes("Files");
  });
  document.addEventListener("dragleave", (event) => {
    // Only leaving the window has no element to enter.
    if (event.relatedTarget === null) overlay.hidden = true;
  });
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    overlay.hidden = true;
    const files = await droppedFiles(event.dataTransfer);
    if (files.length) onFiles(files);
  });
}
