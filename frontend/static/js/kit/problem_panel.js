/** The panel that says what went wrong, what to do, and what to quote in a report. */

import { element, named } from "./dom/element.js";
import { LOCALE } from "./language/translate.js";
import { problemLabels, problemTitle } from "./language/words.js";

export class ProblemPanel {
  #panel = named("problem");
  #retry = named("retry", "button");
  /** @type {(() => void) | null} */
  #again = null;

  constructor() {
    this.#retry.addEventListener("click", () => this.#again?.());
    named("dismiss").addEventListener("click", () => this.hide());
  }

  /**
   * @param {import("./net/problem.js").ProblemError} error
   * @param {() => void} again repeats what failed
   */
  show(error, again) {
    this.#again = again;
    this.#retry.hidden = !error.retryable;
    this.#panel.querySelector("h2").textContent = problemTitle(error.problem.title);
    const detail = /** @type {HTMLElement} */ (this.#panel.querySelector(".problem-detail"));
    detail.textContent = error.problem.detail;
    // The service's sentences are English in every language; the page's own are in the page's.
    detail.lang = error.problem.request_id === null ? LOCALE : "en";
    this.#panel.querySelector(".problem-advice").textContent = error.advice;
    this.#panel.querySelector("dl").replaceChildren(...reportFacts(error));
    this.#panel.hidden = false;
  }

  hide() {
    this.#panel.hidden = true;
  }
}

/** @param {import("./net/problem.js").ProblemError} error */
function reportFacts({ problem, status }) {
  const facts = [
    [problemLabels.status, status === undefined ? null : String(status)],
    [problemLabels.code, problem.code],
    [problemLabels.requestId, problem.request_id],
  ];
  return facts
    .filter(([, value]) => value)
    .map(([label, value]) =>
      element("div", {}, element("dt", {}, label), element("dd", {}, element("code", {}, value))),
    );
}
