/** The entries of the list of batches: name, state, how far it is or was, and how it goes away. */

import { datum, element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { READ_ONLY } from "../../../kit/read_only.js";
import * as words from "../words.js";

/** @typedef {import("contract").JobResponse} Job */

export class BatchList {
  #list = named("batches");

  /** @param {(id: string) => void} onDelete */
  constructor(onDelete) {
    this.#list.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button) onDelete(datum(/** @type {HTMLElement} */ (button.closest("li")), "id"));
    });
  }

  /**
   * Brings the entries in step with the jobs; the focus stays where it is.
   * @param {readonly Job[]} jobs newest first
   */
  show(jobs) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement?.closest("#batches li"))?.dataset.id;
    const isOnButton = document.activeElement?.tagName === "BUTTON";
    this.#list.replaceChildren(...jobs.map(entryOf));
    if (focused) this.focus(focused, isOnButton ? "button" : "a");
  }

  /** @param {string} id @param {"a" | "button"} [part] */
  focus(id, part = "a") {
    const entry = [...this.#list.children].find((child) => /** @type {HTMLElement} */ (child).dataset.id === id);
    /** @type {HTMLElement | null | undefined} */ (entry?.querySelector(part))?.focus();
  }
}

/** @param {Job} job */
function entryOf(job) {
  const title = titleOf(job);
  const remove = element("button", { type: "button", className: "quiet small" }, words.remove);
  remove.setAttribute("aria-label", words.removeOne(title));
  const date = element("time", { dateTime: job.created_at }, format.dateTime(job.created_at));
  return element(
    "li",
    { dataset: { id: job.id, jobState: job.state } },
    element(
      "div",
      { className: "entry-facts" },
      element("a", { className: "entry-name", href: job.links.page }, title),
      element("p", { className: "muted small" }, job.checkpoint, " · ", date),
    ),
    element("p", { className: "entry-state" }, stateOf(job)),
    element("p", { className: "entry-outcome muted small" }, outcomeOf(job)),
    ...(READ_ONLY ? [] : [remove]),
  );
}

/** @param {Job} job */
export function titleOf(job) {
  return words.batchTitle(job, format.count(job.total - 1));
}

/** What a batch is doing, with a mark. @param {Pick<Job, "state">} job */
export function stateOf({ state }) {
  return element("span", { className: "job-state", dataset: { jobState: state } }, words.states[state]);
}

/** @param {Job} job */
function outcomeOf({ total, finished, refused, mean_score: mean }) {
  return [
    finished < total
      ? words.done(format.count(finished), format.count(total))
      : words.pictures(total, format.count(total)),
    ...(refused ? [words.refusedSoFar(refused, format.count(refused))] : []),
    ...(mean === null ? [] : [words.meanScore(format.score(mean))]),
  ].join(" · ");
}
