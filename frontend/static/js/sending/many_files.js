/** Ways for many pictures to come in: two choosers, and a drop anywhere. */

import { datum, named } from "../kit/dom/element.js";
import { READ_ONLY } from "../kit/read_only.js";
import { listenToDrop } from "./drop.js";
import { chosenFiles, droppedFiles } from "./dropped.js";

/**
 * How much may come in, as the page's template says.
 * @param {HTMLElement} root
 * @returns {import("./selection.js").Limits}
 */
export function limitsOf(root) {
  return {
    batchBytes: Number(datum(root, "maxBatchBytes")),
    batchFiles: Number(datum(root, "maxBatchFiles")),
    fileBytes: Number(datum(root, "maxUploadBytes")),
    extensions: datum(root, "extensions").split(" "),
  };
}

/**
 * Listens on the whole page, unless nothing may come in.
 * @param {(files: import("./selection.js").Candidate[]) => void} onFiles never called with none
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
  listenToDrop(async (transfer) => {
    const files = await droppedFiles(transfer);
    if (files.length) onFiles(files);
  });
}
