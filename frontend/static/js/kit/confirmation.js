/** A question before something that cannot be undone. */

import { element } from "./dom/element.js";

export class Confirmation {
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById("confirmation"));
  #title = document.getElementById("confirmation-title");
  #names = this.#dialog.querySelector("ul");
  /** Tells whoever asked last what the reader said. */
  #answer = () => {};

  constructor() {
    document.getElementById("confirm").addEventListener("click", () => this.#dialog.close("confirmed"));
    document.getElementById("refuse").addEventListener("click", () => this.#dialog.close());
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
