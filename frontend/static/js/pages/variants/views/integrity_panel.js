/** Whether a checkpoint's files are as they were written: sizes, hashes, and the golden score on demand. */

import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { integrity as words } from "../words.js";
import { refusalFacts } from "./refusal_list.js";

export class IntegrityPanel {
  #state = named("integrity-state");
  #files = named("integrity-files");
  #golden = named("golden");
  #buttons = ["check-files", "check-golden"].map(
    (id) => named(id, "button"),
  );
  #offered = this.#buttons.filter(({ disabled }) => !disabled);

  /** @param {{onFiles: () => void, onGolden: () => void}} handlers */
  constructor({ onFiles, onGolden }) {
    this.#buttons[0].addEventListener("click", onFiles);
    this.#buttons[1].addEventListener("click", onGolden);
  }

  /** Nothing is known of the checkpoint yet. */
  clear() {
    this.#state.textContent = "";
    this.#removeRefusal();
    this.#files.replaceChildren();
    this.#golden.replaceChildren();
  }

  /** What a read-only studio has disabled stays so. @param {boolean} isBusy */
  set busy(isBusy) {
    for (const button of this.#offered) button.disabled = isBusy;
  }

  showChecking() {
    this.#state.textContent = words.checking;
  }

  /** @param {import("contract").IntegrityResponse} integrity */
  show({ state, refusal, files }) {
    this.#state.replaceChildren(element("strong", { className: `serving ${state}` }, words.serving[state]));
    if (refusal) this.#state.after(this.#refusal(refusal));
    else this.#removeRefusal();
    this.#files.replaceChildren(filesTable(files));
  }

  /** @param {import("contract").RefusalResponse} refusal */
  #refusal(refusal) {
    this.#removeRefusal();
    return refusalFacts(refusal);
  }

  #removeRefusal() {
    if (this.#state.nextElementSibling?.matches("dl.refusal")) this.#state.nextElementSibling.remove();
  }

  showVerifying() {
    this.#golden.replaceChildren(element("p", { className: "muted" }, words.verifying));
  }


  /** @param {import("contract").VerificationResponse} verification */
  showGolden({ golden_score: got, expected_score: expected, tolerance, refusal, seconds }) {
    if (refusal) {
      this.#golden.replaceChildren(element("p", { className: "far" }, words.unsound), refusalFacts(refusal));
      return;
    }
    const [score, remembered] = [got, expected].map((value) => format.cell(value, "points"));
    const difference = format.cell(got === null || expected === null ? null : Math.abs(got - expected), "number");
    const text = words.golden(score, remembered, difference, format.number(tolerance), format.shortSeconds(seconds));
    this.#golden.replaceChildren(element("p", { className: "sound" }, text));
  }
}

/** @param {import("contract").FileResponse[]} files */
function filesTable(files) {
  const head = [words.file, words.state, words.size, words.sha].map((label, index) =>
    element("th", { scope: "col", className: index === 2 ? "number" : "text" }, label),
  );
  return element(
    "table",
    { className: "file-table" },
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...files.map(fileRow)),
  );
}

/** @param {import("contract").FileResponse} file */
function fileRow({ path, state, recorded_bytes: size, found_bytes: foundSize, recorded_sha256: sha, found_sha256: found }) {
  return element(
    "tr",
    {},
    element("th", { scope: "row", className: "text" }, element("code", {}, path)),
    element("td", { className: `text state ${state}` }, words.states[state]),
    element("td", {}, both(foundSize === null ? null : format.count(foundSize), size === null ? null : format.count(size))),
    element("td", { className: "text" }, hashes(found, sha)),
  );
}

/** What was found, and what was recorded where that is something else. @param {string | null} found @param {string | null} recorded */
function both(found, recorded) {
  const text = found ?? format.cell(null, "text");
  return recorded === null || recorded === found ? text : words.notAsRecorded(text, recorded);
}

/** Whole hashes: they are there to be compared. @param {string | null} found @param {string | null} recorded */
function hashes(found, recorded) {
  return element("code", { className: "small" }, both(found, recorded));
}
