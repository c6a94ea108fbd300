/** A question before something that cannot be undone. */

import { element, named, within } from "./dom/element.js";

export class Confirmation {
  #dialog = named("confirmation", "dialog");
  #title = named("confirmation-title");
  #names = within(this.#dialog, "ul");
  /** Tells whoever asked last what the reader said. */
  #answer = () => {};

  constructor() {
    named("confirm").addEventListener("click", () => this.#dialog.close("confirmed"));
    named("refuse").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("close", () => {
      // The browser tells it in a task of its own, on a busy page after the next key: then another question is open.
      if (!this.#dialog.open) this.#answer();
    });
  }

  /**
   * Whether the reader agrees; Escape and Cancel do not.
   * @param {string} question
   * @param {string[]} names of what is at stake
   * @returns {Promise<boolean>}
   */
  ask(question, names) {
    this.#answer();
    this.#title.textContent = question;
    this.#names.replaceChildren(...names.map((name) => element("li", {}, name)));
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
    return new Promise((resolve) => {
      this.#answer = () => resolve(this.#dialog.returnValue === "confirmed");
    });
  }
}
