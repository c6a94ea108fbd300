/** What stands around the sections of the Compare page: the pair, the tabs and the choices. */

import { datum, fillSelect, named } from "../../../kit/dom/element.js";
import { onCsvWanted } from "../../../kit/dom/saving.js";
import { checkpointText } from "../../../kit/language/words.js";
import { VIEWS, featuresOf, viewOf, writeState } from "../state.js";
import { page as words } from "../words.js";

/**
 * @typedef {object} FrameHandlers
 * @property {(changes: Partial<import("../state.js").CompareState>) => void} onChange
 * @property {() => void} onSwap
 * @property {(options: import("../../../kit/csv.js").CsvOptions) => void} onBoardCsv
 * @property {(options: import("../../../kit/csv.js").CsvOptions) => void} onPairCsv
 */

export class CompareFrame {
  #sides = { a: named("side-a", "select"), b: named("side-b", "select") };
  #features = named("features", "select");
  #tabs = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("#tabs a"));
  #choices = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-choice] button"));

  /** @param {FrameHandlers} handlers */
  constructor({ onChange, onSwap, onBoardCsv, onPairCsv }) {
    for (const [side, select] of Object.entries(this.#sides))
      select.addEventListener("change", () => onChange({ [side]: select.value }));
    this.#features.addEventListener("change", () => onChange({ features: featuresOf(this.#features.value) }));
    named("swap").addEventListener("click", onSwap);
    onCsvWanted("board-csv", onBoardCsv);
    onCsvWanted("pair-csv", onPairCsv);
    for (const tab of this.#tabs)
      tab.addEventListener("click", (event) => {
        // A click that asks for a new tab or window is the browser's business.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onChange({ view: viewOf(tab.dataset.view) });
      });
    for (const button of this.#choices)
      button.addEventListener("click", () => onChange({ [choiceOf(button)]: button.value }));
  }

  /** @param {import("contract").CheckpointResponse[]} checkpoints */
  fill(checkpoints) {
    for (const select of Object.values(this.#sides)) {
      fillSelect(
        select,
        checkpoints.map(({ id, title, formulation }) => [id, optionText(id, title, formulation)]),
      );
    }
  }

  /**
   * The features that are shown, to be chosen where there are others.
   * @param {"frozen" | "fine_tuned"} features
   * @param {boolean} hasTuned
   */
  offerFeatures(features, hasTuned) {
    this.#features.value = features;
    named("features-choice").hidden = !hasTuned;
  }

  /** Shows a state's choices and its section. @param {import("../state.js").CompareState} state */
  show(state) {
    this.#sides.a.value = state.a ?? "";
    this.#sides.b.value = state.b ?? "";
    for (const tab of this.#tabs) {
      const view = viewOf(tab.dataset.view);
      tab.href = location.pathname + (writeState({ ...state, view }) || "");
      if (view === state.view) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    for (const button of this.#choices)
      button.setAttribute("aria-pressed", String(state[choiceOf(button)] === button.value));
    for (const view of VIEWS) named(`view-${view}`).hidden = view !== state.view;
  }
}

/** @param {HTMLButtonElement} button */
function choiceOf(button) {
  const choice = datum(/** @type {HTMLElement} */ (button.closest("[data-choice]")), "choice");
  return /** @type {keyof import("../state.js").CompareState} */ (choice);
}

/** @param {string} id @param {string} title @param {string} formulation */
function optionText(id, title, formulation) {
  return `${id}: ${checkpointText(title)} (${formulation === "seed" ? words.seed : words.stable})`;
}
