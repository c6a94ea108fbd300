/** The table of labels before it is sent: what it is taken for, what only its owner can say, and some of its rows. */

import { element, fillSelect, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { listed } from "../../../kit/language/words.js";
import { scrollRegion } from "../../../drawing/table.js";
import { NOTHING_SAID } from "../draft.js";
import * as words from "../words.js";

const ROLES = /** @type {const} */ (["image", "label", "std", "type", "level", "reference"]);

/**
 * @typedef {import("contract").LabelsPreview} Preview
 * @typedef {import("../draft.js").Said} Said
 */

export class LabelsPanel {
  #line = named("labels-line");
  #asks = named("labels-asks");
  #detail = named("labels-detail");
  #saidPart = named("labels-said");
  #remove = named("labels-remove");
  #low = named("low", "input");
  #high = named("high", "input");
  #direction = named("direction", "select");
  /** @type {Said} */
  #said = NOTHING_SAID;
  /** The table on show. @type {File | null} */
  #file = null;

  /** @param {{onTable: (file: File | null) => void, onSaid: (said: Said) => void}} handlers */
  constructor({ onTable, onSaid }) {
    const input = named("table", "input");
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      input.value = "";
      if (file) onTable(file);
    });
    this.#remove.addEventListener("click", () => onTable(null));
    for (const role of ROLES) {
      const select = named(`column-${role}`, "select");
      select.addEventListener("change", () => this.#say({ columns: this.#columnsWith(role, select.value) }, onSaid));
    }
    for (const end of [this.#low, this.#high]) {
      end.addEventListener("change", () => this.#sayRange(onSaid));
    }
    this.#direction.addEventListener("change", () => this.#say({ direction: this.#direction.value }, onSaid));
  }

  /** No table. */
  clear() {
    this.#said = NOTHING_SAID;
    this.#file = null;
    this.#frame(words.noTableTitle, words.noTable);
    this.#remove.hidden = true;
  }

  /** A table that is being read, or read again: then what stands there stays until the answer. @param {File} file @param {Said} said */
  begin(file, said) {
    this.#said = said;
    this.#remove.hidden = false;
    if (file === this.#file) {
      this.#line.textContent = words.readingTable;
      return;
    }
    this.#file = file;
    [this.#low.value, this.#high.value] = [said.low, said.high];
    this.#frame(words.tableTitle(file.name), words.readingTable);
  }

  /** @param {Preview} preview */
  show(preview) {
    this.#line.textContent = lineOf(preview);
    this.#asks.textContent = preview.asks === null ? "" : words.asks[preview.asks];
    this.#detail.textContent = preview.detail ?? "";
    this.#saidPart.hidden = false;
    for (const role of ROLES) {
      const select = named(`column-${role}`, "select");
      fillSelect(select, [...(role === "image" ? [] : [/** @type {[string, string]} */ (["", words.noColumn])]), ...preview.header.map(twice)]);
      select.value = preview.columns[role] ?? "";
    }
    // What cannot be told is left to the reader, who may be writing it now.
    if (preview.low !== null) this.#low.value = String(preview.low);
    if (preview.high !== null) this.#high.value = String(preview.high);
    this.#direction.value = preview.higher_is_better === false ? "dmos" : this.#said.direction || "mos";
    named("labels-fields").textContent = preview.fields.length ? words.furtherFields(listed(preview.fields)) : "";
    named("labels-samples").replaceChildren(...(preview.samples.length ? [samplesOf(preview)] : []));
  }

  /** A table that cannot be taken so; what was said of it may be mended. @param {string} detail the service's sentence */
  refuse(detail) {
    this.#line.textContent = "";
    this.#asks.textContent = "";
    this.#detail.textContent = detail;
  }

  /** A range says something with both ends, or with none. @param {(said: Said) => void} onSaid */
  #sayRange(onSaid) {
    const [low, high] = [this.#low.value, this.#high.value];
    if ((low === "") === (high === "")) this.#say({ low, high }, onSaid);
  }

  /** @param {Partial<Said>} changes @param {(said: Said) => void} onSaid */
  #say(changes, onSaid) {
    this.#said = { ...this.#said, ...changes };
    onSaid(this.#said);
  }

  /** @param {typeof ROLES[number]} role @param {string} column */
  #columnsWith(role, column) {
    const { [role]: _, ...others } = this.#said.columns;
    return column === "" ? others : { ...others, [role]: column };
  }

  /** @param {string} title @param {string} line */
  #frame(title, line) {
    named("labels-title").textContent = title;
    this.#line.textContent = line;
    this.#asks.textContent = "";
    this.#detail.textContent = "";
    this.#saidPart.hidden = true;
  }
}

/** @param {string} name @returns {[string, string]} */
function twice(name) {
  return [name, name];
}

/** @param {Preview} preview */
function lineOf({ rows, labelled, smallest, largest, matched, unmatched_rows: lone, unmatched_pictures: bare }) {
  const span = smallest === null || largest === null ? words.noLabels : words.labelSpan(format.number(smallest), format.number(largest));
  const partners = [
    ...(matched === null ? [] : [words.matched(matched, format.count(matched))]),
    ...(lone ? [words.unmatchedRows(lone, format.count(lone))] : []),
    ...(bare ? [words.unmatchedPictures(bare, format.count(bare))] : []),
  ];
  const counted = labelled < rows ? [words.labelled(labelled, format.count(labelled))] : [];
  return [words.tableRows(rows, format.count(rows)), ...counted, span, ...partners].join(" · ");
}

/** @param {Preview} preview */
function samplesOf({ samples }) {
  const { image, label, score, picture } = words.sampleHeads;
  const head = [columnHead(image), columnHead(picture), columnHead(label, "score"), columnHead(score, "score")];
  const rows = samples.map((sample) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", className: "text" }, element("bdi", {}, shownName(sample.image))),
      element("td", { className: "text" }, sample.picture === null ? "–" : element("bdi", {}, shownName(sample.picture))),
      element("td", {}, sample.label === null ? "–" : format.number(sample.label)),
      element("td", {}, sample.score === null ? "–" : format.score(sample.score)),
    ),
  );
  const table = element(
    "table",
    { className: "small" },
    element("caption", { className: "visually-hidden" }, words.samplesCaption),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows),
  );
  return scrollRegion(words.samplesCaption, table);
}

/** @param {string} text @param {string} [kind] */
function columnHead(text, kind = "text") {
  return element("th", { scope: "col", className: kind }, text);
}
