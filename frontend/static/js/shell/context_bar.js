/** The header's line of what the reader is at, and its links, which carry that along. */

import { CONTEXT_CHANGE, carriedAddress, forget, readContext } from "../kit/context.js";
import { named } from "../kit/dom/element.js";
import { shownName } from "../kit/language/names.js";

const bar = named("context");
const picture = named("context-picture", "a");
const checkpoint = named("context-checkpoint");

function show() {
  const context = readContext();
  for (const link of document.querySelectorAll("nav a[data-carries]")) {
    const { path, carries } = /** @type {{path: string, carries: string}} */ (/** @type {HTMLElement} */ (link).dataset);
    link.setAttribute("href", carriedAddress(path, carries.split(" "), context));
  }
  bar.hidden = context.picture === null && context.checkpoint === null;
  picture.hidden = context.picture === null;
  picture.textContent = context.picture === null ? "" : shownName(context.picture.filename);
  picture.href = carriedAddress("/", ["picture", "checkpoint"], context);
  checkpoint.textContent = context.checkpoint ?? "";
}

named("context-forget").addEventListener("click", () => forget());
document.addEventListener(CONTEXT_CHANGE, show);
addEventListener("pageshow", show);
show();
