/** What is decided about a picture by hand, in its row: two buttons, tags and a score. */

import { element } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { READ_ONLY } from "../../../kit/read_only.js";
import { badgesOfChoice } from "./badges.js";
import { MOST_TAGS, tagsOf } from "./book.js";
import * as words from "./words.js";

/**
 * @typedef {import("./book.js").Said} Said
 * @typedef {(edit: (said: Said) => Said) => void} Change
 */

export class DecisionCell {
  element = element("td", { role: "cell", className: "col-decision" });
  #filename;
  #change;
  #shown = element("div");
  #tags = element("input", { type: "text", maxLength: 400, autocomplete: "off" });
  #score = element("input", { type: "number", min: "0", max: "100", step: "any" });
  #editor = element("details", { className: "small decision-editor" });

  /** @param {string} filename @param {Change} change */
  constructor(filename, change) {
    this.#filename = filename;
    this.#change = change;
    this.element.append(this.#shown, ...(READ_ONLY ? [] : [this.#editor]));
    this.#editor.append(
      element("summary", { ariaLabel: words.editOne(filename) }, words.more),
      element("label", {}, words.tagsField, this.#tags),
      element("label", {}, words.scoreField, this.#score),
    );
    this.#tags.addEventListener("change", () => {
      change((now) => ({ ...now, tags: tagsOf(this.#tags.value).slice(0, MOST_TAGS) }));
    });
    this.#score.addEventListener("change", () => {
      const value = this.#score.value === "" ? null : Number(this.#score.value);
      if (this.#score.checkValidity()) change((now) => ({ ...now, corrected_score: value }));
    });
  }

  /** @param {Said} said */
  show(said) {
    const { activeElement } = document;
    const choice = activeElement instanceof HTMLElement && this.#shown.contains(activeElement) ? activeElement.dataset.choice : "";
    this.#shown.replaceChildren(
      ...(READ_ONLY ? badgesOfChoice(said) : [this.#buttons(said)]),
      ...said.tags.map((tag) => element("span", { className: "tag" }, tag)),
      ...(said.corrected_score === null ? [] : [element("span", { className: "by-hand" }, words.byHand(format.score(said.corrected_score)))]),
    );
    /** @type {HTMLElement | null} */
    const again = choice ? this.#shown.querySelector(`[data-choice="${choice}"]`) : null;
    again?.focus();
    if (activeElement !== this.#tags) this.#tags.value = said.tags.join(", ");
    if (activeElement !== this.#score) this.#score.value = said.corrected_score === null ? "" : String(said.corrected_score);
  }

  /** Opens tags and score for typing. */
  edit() {
    this.#editor.open = true;
    this.#tags.focus();
  }

  /** @param {Said} said */
  #buttons(said) {
    return element(
      "span",
      { className: "decide" },
      this.#choice("keep", words.keep, words.keepOne(this.#filename), said),
      this.#choice("reject", words.reject, words.rejectOne(this.#filename), said),
    );
  }

  /** @param {"keep" | "reject"} choice @param {string} text @param {string} label @param {Said} said */
  #choice(choice, text, label, said) {
    const isChosen = said.choice === choice;
    const button = element(
      "button",
      { type: "button", className: "small", dataset: { choice }, ariaLabel: label, ariaPressed: String(isChosen) },
      text,
    );
    button.addEventListener("click", () => this.#change((now) => ({ ...now, choice: isChosen ? null : choice })));
    return button;
  }
}
