/** How far a batch is: bar, counts, time left, and what came out so far. */

import { named, setText } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { timeLeft } from "../../../sending/words.js";
import * as words from "../words.js";
import { stateOf, titleOf } from "./list.js";
import { showSkipped } from "./skipped.js";

/** @typedef {import("contract").JobResponse} Job */

/** Whether there is more to do. @param {Job} job */
export function isOpen({ state }) {
  return state === "queued" || state === "running";
}

export class BatchProgress {
  #meter = named("progress");
  #bar = named("progress-bar", "progress");
  #lost = named("lost");

  /** @param {{onCancel: () => void}} handlers */
  constructor({ onCancel }) {
    named("cancel").addEventListener("click", onCancel);
  }

  /** @param {Job} job */
  show(job) {
    const title = titleOf(job);
    setText("batch-title", title);
    named("batch-facts").replaceChildren(...factsOf(job));
    showSkipped(job);
    setText("progress-title", words.states[job.state]);
    setText("progress-text", lineOf(job));
    setText("mean-score", job.mean_score === null ? "–" : format.score(job.mean_score));
    setText("num-scored", format.count(job.scored));
    setText("num-refused", format.count(job.refused));
    const share = job.finished / Math.max(job.total, 1);
    this.#bar.value = share;
    this.#meter.hidden = !isOpen(job);
    document.title = isOpen(job) ? words.runningTitle(format.wholePercent(share), title) : words.pageTitle(title);
  }

  /** Whether the page still hears of the batch. @param {boolean} isLost */
  showLost(isLost) {
    this.#lost.hidden = !isLost;
  }
}

/** How far it is, in a sentence for ears, too. @param {Job} job */
export function lineOf(job) {
  const { total, finished, refused, seconds_left: left } = job;
  const refusals = refused ? [words.refusedSoFar(refused, format.count(refused))] : [];
  const time = isOpen(job) && left !== null ? [timeLeft(format.duration(left))] : [];
  return [words.done(format.count(finished), format.count(total)), ...refusals, ...time].join(" · ");
}

/** What it is and, once nothing is left to do, what became of it. @param {Job} job @returns {(Node | string)[]} */
function factsOf(job) {
  const { checkpoint, created_at: created, started_at: started, finished_at: finished, total } = job;
  const taken_s = started && finished ? (Date.parse(finished) - Date.parse(started)) / 1000 : null;
  const facts = [
    ...(job.state === "cancelled" ? [lineOf(job)] : [words.pictures(total, format.count(total))]),
    checkpoint,
    format.dateTime(created),
    ...(taken_s === null ? [] : [words.timeTaken(format.duration(taken_s))]),
  ].join(" · ");
  return isOpen(job) ? [facts] : [stateOf(job), " · ", facts];
}
