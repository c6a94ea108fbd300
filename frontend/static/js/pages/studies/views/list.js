/** The entries of the list of studies: name, state, how far it is or what came of it, and how it goes away. */

import { datum, element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { nameInText } from "../../../kit/language/names.js";
import { READ_ONLY } from "../../../kit/read_only.js";
import * as words from "../words.js";

/** @typedef {import("contract").StudyResponse} Study */

export class StudyList {
  #list = named("studies");

  /** @param {(id: string) => void} onDelete */
  constructor(onDelete) {
    this.#list.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button) onDelete(datum(/** @type {HTMLElement} */ (button.closest("li")), "id"));
    });
  }

  /** Brings the entries in step with the studies; the focus stays where it is. @param {readonly Study[]} studies newest first */
  show(studies) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement?.closest("#studies li"))?.dataset.id;
    const isOnButton = document.activeElement?.tagName === "BUTTON";
    this.#list.replaceChildren(...studies.map(entryOf));
    if (focused) this.focus(focused, isOnButton ? "button" : "a");
  }

  /** @param {string} id @param {"a" | "button"} [part] */
  focus(id, part = "a") {
    const entry = [...this.#list.children].find((child) => /** @type {HTMLElement} */ (child).dataset.id === id);
    /** @type {HTMLElement | null | undefined} */ (entry?.querySelector(part))?.focus();
  }
}

/** Whether there is more to do. @param {Pick<Study, "state">} study */
export function isOpen({ state }) {
  return state === "queued" || state === "running";
}

/** What a study is doing, with a mark. @param {Pick<Study, "state">} study */
export function stateOf({ state }) {
  return element("span", { className: "job-state", dataset: { jobState: state } }, words.states[state]);
}

/** @param {Study} study */
function entryOf(study) {
  const name = nameInText(study.name);
  const remove = element("button", { type: "button", className: "quiet small" }, words.remove);
  remove.setAttribute("aria-label", words.removeOne(name));
  const date = element("time", { dateTime: study.created_at }, format.dateTime(study.created_at));
  const facts = [
    ...(study.labels ? [words.labelled(study.labels.labelled, format.count(study.labels.labelled))] : []),
    words.variants(study.checkpoints.length, format.count(study.checkpoints.length)),
  ].join(" · ");
  return element(
    "li",
    { dataset: { id: study.id, jobState: study.state } },
    element(
      "div",
      { className: "entry-facts" },
      element("a", { className: "entry-name", href: study.links.page }, name),
      element("p", { className: "muted small" }, facts, " · ", date),
    ),
    element("p", { className: "entry-state" }, stateOf(study)),
    element("p", { className: "entry-outcome muted small" }, outcomeOf(study)),
    ...(READ_ONLY ? [] : [remove]),
  );
}

/** @param {Study} study */
function outcomeOf(study) {
  const { total, done, refused, outcome } = study;
  return [
    isOpen(study) ? words.done(format.count(done), format.count(total)) : words.pictures(total, format.count(total)),
    ...(refused ? [words.refused(refused, format.count(refused))] : []),
    ...(outcome?.best ? [words.trusted(outcome.best)] : []),
  ].join(" · ");
}
