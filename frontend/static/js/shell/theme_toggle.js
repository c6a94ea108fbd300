/** The header's theme button; tells the page by a `themechange` event, also when the system's choice changes. */

import { applyChoice, keepChoice, nextChoice, readChoice } from "../drawing/theme.js";
import { named } from "../kit/dom/element.js";
import { controls } from "../kit/language/words.js";

const button = named("theme-toggle", "button");
let choice = readChoice();

/** @param {import("../drawing/theme.js").Choice} next */
function choose(next) {
  choice = next;
  keepChoice(choice);
  show();
}

function show() {
  applyChoice(choice);
  button.textContent = controls.themes[choice];
  document.dispatchEvent(new CustomEvent("themechange"));
}

button.addEventListener("click", () => choose(nextChoice(choice)));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
show();
