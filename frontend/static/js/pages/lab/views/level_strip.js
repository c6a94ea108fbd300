/** The levels of one distortion: which is looked at, what each scored, which is still asked for, and which failed. */

import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { CHART_LEVELS } from "../view.js";
import * as words from "../words.js";

/** @typedef {import("contract").LevelResponse | import("../../../kit/net/problem.js").ProblemError | null} Outcome null: none yet */

export class LevelStrip {
  #list = named("levels");
  #slider = named("level", "input");
  #handlers;

  /** @param {{onLevel: (level: number) => void, onRetry: (level: number) => void}} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
    this.#slider.addEventListener("input", () => handlers.onLevel(Number(this.#slider.value)));
    this.#list.replaceChildren(...CHART_LEVELS.map((level) => element("li", { dataset: { level: String(level) } })));
  }

  /**
   * @param {number} chosen
   * @param {Outcome[]} outcomes (6)
   */
  show(chosen, outcomes) {
    this.#slider.value = String(chosen);
    this.#slider.setAttribute("aria-valuetext", words.levelName(chosen));
    outcomes.forEach((outcome, level) => this.#fill(level, chosen, outcome));
  }

  /** @param {number} level @param {number} chosen @param {Outcome} outcome */
  #fill(level, chosen, outcome) {
    const item = /** @type {HTMLElement} */ (this.#list.children[level]);
    const failed = outcome instanceof Error;
    const state = failed ? "failed" : outcome ? "scored" : "asking";
    // What has not changed stays, so that the focus does.
    const look = [state, chosen === level, outcome && !failed ? outcome.score.value : ""].join();
    if (item.dataset.look === look) return;
    const hadFocus = item.contains(document.activeElement);
    Object.assign(item.dataset, { look, state });
    item.replaceChildren(this.#button(level, chosen, outcome), ...(failed ? [this.#retry(level, outcome)] : []));
    if (hadFocus) item.querySelector("button")?.focus();
  }

  /** @param {number} level @param {number} chosen @param {Outcome} outcome */
  #button(level, chosen, outcome) {
    const parts = [element("span", { className: "level-name" }, words.levelName(level)), scoreText(outcome)];
    // The clean picture is always on show beside the others.
    if (level === 0) return element("div", { className: "level-button" }, ...parts);
    const button = element("button", { type: "button", className: "level-button" }, ...parts);
    button.setAttribute("aria-pressed", String(level === chosen));
    button.addEventListener("click", () => this.#handlers.onLevel(level));
    return button;
  }

  /** @param {number} level @param {import("../../../kit/net/problem.js").ProblemError} error */
  #retry(level, error) {
    const button = element("button", { type: "button", className: "small" }, words.retry);
    button.setAttribute("aria-label", words.retryLabel(level, error.problem.title));
    button.addEventListener("click", () => this.#handlers.onRetry(level));
    return button;
  }
}

/** @param {Outcome} outcome */
function scoreText(outcome) {
  if (outcome instanceof Error)
    return element("span", { className: "level-failed", title: outcome.problem.detail }, words.states.failed);
  if (outcome) return element("span", { className: "level-score" }, format.score(outcome.score.value));
  const hidden = element("span", { className: "visually-hidden" }, words.states.asking);
  return element("span", { className: "level-score muted" }, words.states.waiting, hidden);
}
