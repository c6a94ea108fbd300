/** A part of the Compare page that loads and fails by itself, so that the rest is shown. */

import { element } from "../../../kit/dom/element.js";
import { asProblem } from "../../../kit/net/problem.js";
import { page as words } from "../words.js";

const OWN_CODES = new Set(["figures-missing", "figures-refused"]);

export class ComparePart {
  #content;
  #fault = element("div", { className: "problem", hidden: true });

  /** @param {HTMLElement} holder @param {...HTMLElement} content */
  constructor(holder, ...content) {
    this.#content = element("div", { className: "part-content" }, ...content);
    holder.append(this.#fault, this.#content);
  }

  /**
   * Runs what fills the part; says what went wrong in its place.
   * @param {() => Promise<void>} task
   * @param {AbortSignal} signal ends it without a word
   */
  async show(task, signal) {
    this.#content.setAttribute("aria-busy", "true");
    this.#content.hidden = false;
    try {
      await task();
      this.#fault.hidden = true;
      this.#fault.replaceChildren();
    } catch (error) {
      if (!signal.aborted) this.#fail(error, () => this.show(task, signal));
    } finally {
      // Aborted, the part belongs to the task that follows.
      if (!signal.aborted) this.#content.removeAttribute("aria-busy");
    }
  }

  /** @param {unknown} error @param {() => void} again */
  #fail(error, again) {
    const { problem, retryable } = asProblem(error);
    const advice = OWN_CODES.has(problem.code) ? words.adviceFigures : words.adviceOther;
    const retry = element("button", { type: "button", className: "small" }, words.retry);
    retry.addEventListener("click", again);
    this.#fault.setAttribute("role", "alert");
    this.#fault.replaceChildren(
      element("h3", {}, words.partFailed),
      element("p", { className: "problem-detail" }, problem.detail),
      element("p", { className: "problem-advice" }, advice),
      ...(retryable || OWN_CODES.has(problem.code) ? [element("p", { className: "actions" }, retry)] : []),
    );
    this.#fault.hidden = false;
    this.#content.hidden = true;
  }
}
