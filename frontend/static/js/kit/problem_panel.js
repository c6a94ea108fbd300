/** The panel that says what went wrong, what to do, and what to quote in a report. */

import { element, named, within } from "./dom/element.js";
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
    within(this.#panel, "h2").textContent = problemTitle(error.problem.title);
    const detail = within(this.#panel, ".problem-detail");
    detail.textContent = error.problem.detail;
    // The service's sentences are English in every language; the page's own are in the page's.
    detail.lang = error.problem.request_id === null ? LOCALE : "en";
    within(this.#panel, ".problem-advice").textContent = error.advice;
    within(this.#panel, "dl").replaceChildren(...reportFacts(error));
    this.#panel.hidden = false;
  }

  hide() {
    this.#panel.hidden = true;
  }
}

/** @param {import("./net/problem.js").ProblemError} error */
function reportFacts({ problem, status }) {
  const facts = [
    { label: problemLabels.status, value: status === undefined ? null : String(status) },
    { label: problemLabels.code, value: problem.code },
    { label: problemLabels.requestId, value: problem.request_id },
  ];
  return facts.flatMap(({ label, value }) =>
    value ? [element("div", {}, element("dt", {}, label), element("dd", {}, element("code", {}, value)))] : [],
  );
}
