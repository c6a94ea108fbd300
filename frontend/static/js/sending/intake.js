/** Ways for a picture to come in: browse, drop anywhere, paste, or a sample. */

import { datum, named } from "../kit/dom/element.js";
import { READ_ONLY } from "../kit/read_only.js";
import { listenToDrop } from "./drop.js";
import { givenFiles } from "./files.js";

/**
 * @typedef {object} IntakeHandlers
 * @property {(file: File, files: File[]) => void} onFile the first of the files that were given together
 * @property {(sample: {url: string, name: string}) => void} onSample
 * @property {() => void} onNothing something without a file was dropped
 */

/**
 * Listens on the whole page, unless nothing may come in.
 * @param {IntakeHandlers} handlers
 */
export function listenForPictures(handlers) {
  if (READ_ONLY) return;
  listenToBrowse(handlers);
  listenToDrop((transfer) => takeDropped(givenFiles(transfer), handlers));
  listenToPaste(handlers);
  listenToSamples(handlers);
}

/**
 * Tells, once, that somebody is about to give a picture: a pointer or the focus is on a way in, or a file over the page.
 * @param {() => void} onIntent
 */
export function listenForIntent(onIntent) {
  if (READ_ONLY) return;
  const listening = new AbortController();
  const tell = () => {
    listening.abort();
    onIntent();
  };
  const onWayIn = (/** @type {Event} */ { target }) => {
    if (/** @type {Element} */ (target).closest(".dropzone, .sample")) tell();
  };
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, onWayIn, listening);
  for (const name of ["dragenter", "paste"]) document.addEventListener(name, tell, listening);
}

/** @param {IntakeHandlers} handlers */
function listenToBrowse({ onFile }) {
  const input = named("file", "input");
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) onFile(file, [file]);
    // So that choosing the same file again is a change, too.
    input.value = "";
  });
}

/** @param {File[]} files @param {IntakeHandlers} handlers */
function takeDropped(files, { onFile, onNothing }) {
  if (files.length) onFile(files[0], files);
  else onNothing();
}

/** @param {IntakeHandlers} handlers */
function listenToPaste({ onFile }) {
  document.addEventListener("paste", (event) => {
    const files = givenFiles(event.clipboardData);
    if (files.length) onFile(files[0], files);
  });
}

/** @param {IntakeHandlers} handlers */
function listenToSamples({ onSample }) {
  /** @type {NodeListOf<HTMLElement>} */
  const buttons = document.querySelectorAll("[data-sample-url]");
  for (const button of buttons) {
    const [url, name] = [datum(button, "sampleUrl"), datum(button, "sampleName")];
    button.addEventListener("click", () => onSample({ url, name }));
  }
}
