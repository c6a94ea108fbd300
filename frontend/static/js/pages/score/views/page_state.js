/** Which part of the page is on show (`empty`, `busy` or `result`), and what is said about it. */

import { element, named } from "../../../kit/dom/element.js";

export class PageState {
  #root;
  #announcer = named("announcer");
  #notice = named("notice");
  #busyText = named("busy-text");
  #result = named("result");
  #preview = named("preview", "img");

  /**
   * @param {HTMLElement} root whose `data-state` style sheets read
   * @param {() => void} onCancel
   */
  constructor(root, onCancel) {
    this.#root = root;
    named("cancel").addEventListener("click", onCancel);
    // The browser may not know a format that the service does, such as HEIC.
    this.#preview.addEventListener("error", () => this.#dropPreview());
    this.#preview.addEventListener("load", () => (this.#preview.hidden = false));
  }

  /** Nothing was scored yet. */
  empty() {
    this.#show("empty");
  }

  /** An analysis is on the page. */
  result() {
    this.#show("result");
  }

  /**
   * A first look is being prepared: a skeleton with a word on what happens.
   * @param {string} text
   */
  busy(text) {
    this.#show("busy");
    this.#busyText.textContent = text;
    this.announce(text);
  }

  /** How far it is, without a word to screen readers. @param {string} text */
  progress(text) {
    this.#busyText.textContent = text;
  }

  /**
   * What is on the page is about to change, and stays readable until then.
   * @param {string} text
   */
  renewing(text) {
    this.#result.setAttribute("aria-busy", "true");
    this.announce(text);
  }

  /** @param {"empty" | "busy" | "result"} state */
  #show(state) {
    this.#root.dataset.state = state;
    this.#result.removeAttribute("aria-busy");
    this.#notice.textContent = "";
    this.#dropPreview();
  }

  /**
   * The reader's own picture, from memory, while the service works.
   * @param {File} file
   */
  preview(file) {
    this.#preview.src = URL.createObjectURL(file);
  }

  #dropPreview() {
    URL.revokeObjectURL(this.#preview.src);
    this.#preview.removeAttribute("src");
    this.#preview.hidden = true;
  }

  /** Says a text to screen readers. @param {string} text */
  announce(text) {
    this.#announcer.textContent = text;
  }

  /**
   * Says a text to everybody, until the page changes.
   * @param {string} text
   * @param {{label: string, act: () => void}} [offer] what can be done about it
   */
  notify(text, offer) {
    this.#notice.textContent = text;
    if (!offer) return;
    const button = element("button", { type: "button", className: "small" }, offer.label);
    button.addEventListener("click", offer.act);
    this.#notice.append(" ", button);
  }

  /** Takes the reader to the top of a new result. */
  focusResult() {
    scrollTo({ top: 0 });
    named("filename").focus({ preventScroll: true });
  }
}
