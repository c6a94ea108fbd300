/** What a study is and how far: its name, its table, the bar, and where its files are. */

import { datum, named, setText } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { nameInText } from "../../../kit/language/names.js";
import { timeLeft } from "../../../sending/words.js";
import * as words from "../words.js";
import { isOpen, stateOf } from "./list.js";

/** @typedef {import("contract").StudyResponse} Study */

export class StudyProgress {
  #meter = named("progress");
  #bar = named("progress-bar", "progress");
  #downloads = named("downloads");

  /** @param {Study} study */
  show(study) {
    const name = nameInText(study.name);
    setText("study-title", name);
    named("study-facts").replaceChildren(stateOf(study), " · ", factsOf(study));
    setText("study-labels", labelsLine(study));
    this.#meter.hidden = !isOpen(study);
    setText("progress-title", study.state === "running" ? words.stages[study.stage ?? "looking"] : words.states[study.state]);
    setText("progress-text", lineOf(study));
    const share = study.outcome ? study.maps.length / study.checkpoints.length : study.done / Math.max(study.total, 1);
    if (study.stage === "measuring") this.#bar.removeAttribute("value");
    else this.#bar.value = share;
    document.title = isOpen(study) ? words.runningTitle(format.wholePercent(share), name) : words.pageTitle(name);
    named("failure").hidden = study.failure === null;
    setText("failure-text", study.failure?.detail ?? "");
    this.#showFiles(study);
  }

  /** @param {Study} study */
  #showFiles({ outcome, links, labels }) {
    this.#downloads.hidden = outcome === null;
    named("report", "a").href = links.report;
    const unmatched = named("unmatched", "a");
    unmatched.href = links.unmatched;
    unmatched.hidden = !labels || labels.unmatched_rows + labels.unmatched_pictures === 0;
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const files = this.#downloads.querySelectorAll("[data-format]");
    for (const link of files) link.href = `${links.pictures}?format=${datum(link, "format")}`;
  }

  /** Whether the page still hears of the study. @param {boolean} isLost */
  showLost(isLost) {
    named("lost").hidden = !isLost;
  }
}

/** How far it is, in a sentence for ears, too. @param {Study} study */
export function lineOf({ stage, total, done, refused, seconds_left: left, maps, checkpoints }) {
  if (stage === "maps") return words.mapsDrawn(format.count(maps.length), format.count(checkpoints.length));
  return [
    words.done(format.count(done), format.count(total)),
    ...(refused ? [words.refused(refused, format.count(refused))] : []),
    ...(left === null ? [] : [timeLeft(format.duration(left))]),
  ].join(" · ");
}

/** @param {Study} study */
function factsOf({ total, refused, skipped, checkpoints, created_at: created }) {
  return [
    words.pictures(total, format.count(total)),
    ...(refused ? [words.refused(refused, format.count(refused))] : []),
    ...(skipped ? [words.skipped(skipped, format.count(skipped))] : []),
    words.variants(checkpoints.length, format.count(checkpoints.length)),
    format.dateTime(created),
  ].join(" · ");
}

/** @param {Study} study */
function labelsLine({ labels }) {
  if (!labels) return words.unlabelled;
  const { filename, column, low, high, labelled, unmatched_rows: lone, unmatched_pictures: bare } = labels;
  const taken =
    column === null || low === null || high === null
      ? words.labelsAbsent(filename)
      : words.labelsLine(filename, column, format.number(low), format.number(high));
  return [
    taken,
    ...(labels.higher_is_better === false ? [words.lowIsGood] : []),
    words.labelled(labelled, format.count(labelled)),
    ...(lone ? [words.unmatchedRows(lone, format.count(lone))] : []),
    ...(bare ? [words.unmatchedPictures(bare, format.count(bare))] : []),
  ].join(" · ");
}
