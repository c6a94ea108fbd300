/** The table of a study's pictures: small copies, heads that sort, one part at a time. */

import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { displayName, qualityName } from "../../../kit/language/words.js";
import { badgesOf } from "../decisions/badges.js";
import { DecisionCell } from "../decisions/cell.js";
import { listenForKeys } from "../decisions/keys.js";
import { head as decisionHead } from "../decisions/words.js";
import { names as triageNames } from "../triage/words.js";
import * as words from "../words.js";

/**
 * @typedef {import("contract").PictureRow} Picture
 * @typedef {import("../view_state.js").Sort} Sort
 * @typedef {import("../decisions/book.js").Said} Said
 */

const MISSING = "–";
const COLUMNS = /** @type {const} */ (["filename", "score", "label", "absolute_error", "disagreement", "familiarity", "entropy"]);

/**
 * @typedef {object} RowActs what a reader does with a row
 * @property {(position: number, isChosen: boolean) => void} onChoose
 * @property {(position: number) => void} onLook at it, beside the next one
 * @property {(position: number, edit: (said: Said) => Said) => void} onDecide
 * @property {(position: number) => Said} said what is decided about it
 */

export class PictureTable {
  #body = element("tbody", { role: "rowgroup" });
  /** @type {Map<Sort, HTMLElement>} */
  #heads = new Map();

  #acts;
  /** @type {Map<number, {picture: Picture, cell: DecisionCell, badges: HTMLElement}>} what changes with a decision */
  #rows = new Map();

  /** @param {(sort: Sort) => void} onSort @param {RowActs} acts */
  constructor(onSort, acts) {
    this.#acts = acts;
    listenForKeys(this.#body, {
      onChoice: (position, choice) => acts.onDecide(position, (now) => ({ ...now, choice })),
      onEdit: (position) => this.#rows.get(position)?.cell.edit(),
    });
    for (const sort of COLUMNS) this.#heads.set(sort, sortableHead(sort, () => onSort(sort)));
    const plain = Object.entries({ ...words.plainHeads, decision: decisionHead }).map(([name, text]) => columnHead(name, text));
    // Roles are said, since on narrow windows the rows are laid out as blocks, for which browsers may drop them.
    this.element = element(
      "table",
      { className: "picture-table", role: "table" },
      element("caption", { className: "visually-hidden" }, words.rowsCaption),
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...this.#heads.values(), ...plain)),
      this.#body,
    );
    named("rows").append(this.element);
  }

  /**
   * @param {readonly Picture[]} pictures
   * @param {{sort: Sort, isDescending: boolean, hasLabels: boolean, hasOther: boolean, chosen: ReadonlySet<number>}} view
   */
  show(pictures, { sort, isDescending, hasLabels, hasOther, chosen }) {
    for (const [name, head] of this.#heads) {
      head.ariaSort = name === sort ? (isDescending ? "descending" : "ascending") : "none";
    }
    this.element.dataset.labels = String(hasLabels);
    this.element.dataset.other = String(hasOther);
    // Columns of parts that a variant lacks, or a checkpoint does not know, would be empty.
    this.element.dataset.familiarity = String(pictures.some(({ familiarity }) => familiarity !== null));
    this.element.dataset.entropy = String(pictures.some(({ entropy }) => entropy !== null));
    this.element.dataset.clusters = String(pictures.some(({ top_cluster: cluster }) => cluster !== null));
    this.element.dataset.distortions = String(pictures.some(({ distortion_type: type }) => type !== null));
    this.#rows.clear();
    this.#body.replaceChildren(...pictures.map((picture) => this.#row(picture, chosen.has(picture.position))));
  }

  /** About these something else is decided now. @param {readonly number[]} positions */
  refresh(positions) {
    for (const position of positions) {
      const row = this.#rows.get(position);
      if (!row) continue;
      const said = this.#acts.said(position);
      row.cell.show(said);
      row.badges.replaceChildren(...badgesOf(row.picture, said));
    }
  }

  /** @param {Picture} picture @param {boolean} isChosen */
  #row(picture, isChosen) {
    const { position, state } = picture;
    const cell = new DecisionCell(shownName(picture.filename), (edit) => this.#acts.onDecide(position, edit));
    const badges = element("span", { className: "badges" });
    this.#rows.set(position, { picture, cell, badges });
    this.refresh([position]);
    const head = headOf(picture, isChosen, badges, this.#acts);
    const cells = state === "refused" ? [refusalCell(picture)] : [...scoredCells(picture), cell.element];
    return element("tr", { role: "row", dataset: { state, position: String(position) } }, head, ...cells);
  }

  /** None is chosen any more. */
  uncheck() {
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = this.#body.querySelectorAll(".choose-picture");
    for (const box of boxes) box.checked = false;
  }
}

/** @param {string} name @param {string | Node} content */
function columnHead(name, content) {
  return element("th", { scope: "col", role: "columnheader", className: `col-${name}` }, content);
}

/** @param {Sort} sort @param {() => void} onClick */
function sortableHead(sort, onClick) {
  const button = element("button", { type: "button", className: "sort" }, words.sortHeads[sort]);
  button.addEventListener("click", onClick);
  return columnHead(sort, button);
}

/** @param {string} name @param {...(Node | string)} content */
function cell(name, ...content) {
  return element("td", { role: "cell", className: `col-${name}` }, ...content);
}

/** @param {Picture} picture @param {boolean} isChosen @param {HTMLElement} badges @param {RowActs} acts */
function headOf(picture, isChosen, badges, acts) {
  const { filename, width, height } = picture;
  const size = width === null ? [] : [element("span", { className: "muted small" }, `${format.count(width)} × ${format.count(height ?? 0)}`)];
  return element(
    "th",
    { scope: "row", role: "rowheader", className: "col-filename" },
    element("span", { className: "picture-name" }, ...pictureOf(picture, isChosen, badges, acts), element("span", {}, element("bdi", {}, shownName(filename)), ...size)),
  );
}

/** Its box, and its small copy, which is a button. @param {Picture} picture @param {boolean} isChosen @param {HTMLElement} badges @param {RowActs} acts */
function pictureOf({ position, filename, thumbnail }, isChosen, badges, { onChoose, onLook }) {
  if (!thumbnail) return [element("span"), element("span", { className: "look-frame" }, element("span", { className: "no-picture" }), badges)];
  const box = element("input", { type: "checkbox", className: "choose-picture", checked: isChosen, ariaLabel: words.choose(filename) });
  box.addEventListener("change", () => onChoose(position, box.checked));
  const image = element("img", { src: thumbnail, alt: "", loading: "lazy", decoding: "async", width: 96, height: 72 });
  const look = element("button", { type: "button", className: "look", ariaLabel: words.besideNext(filename) }, image);
  look.addEventListener("click", () => onLook(position));
  return [box, element("span", { className: "look-frame" }, look, badges)];
}

/** @param {Picture} picture */
function refusalCell({ error_detail: detail }) {
  const joined = cell("refusal", element("span", { className: "muted small", lang: "en" }, detail ?? ""));
  joined.colSpan = COLUMNS.length + 2;
  return joined;
}

/** @param {Picture} picture */
function scoredCells({ triage, score, low, high, word, label, error, other_score: other, familiarity, entropy, ...rest }) {
  const interval = low === null || high === null ? "" : words.scoreInterval(format.score(low), format.score(high));
  const difference = other === null || score === null ? [] : [" ", element("span", { className: "muted small" }, format.signed(score - other))];
  return [
    cell("score", element("span", { className: "row-score" }, written(score, format.score)), ...triageTag(triage), " ", element("span", { className: "muted small" }, word ? qualityName(word) : "", " ", interval)),
    labelledCell("label", written(label, format.score)),
    labelledCell("absolute_error", written(error, format.signed)),
    labelledCell("disagreement", written(other, format.score), ...difference),
    labelledCell("familiarity", written(familiarity, format.count)),
    labelledCell("entropy", written(entropy, format.points)),
    namedCell("cluster", rest.top_cluster),
    namedCell("distortion", rest.distortion_type),
  ];
}

/** @param {import("../triage/rule.js").Triage | null} triage */
function triageTag(triage) {
  return triage === null ? [] : [" ", element("span", { className: "triage-tag", dataset: { triage } }, triageNames[triage])];
}

/** A figure with its name, which only narrow windows show. @param {Sort} column @param {...(Node | string)} content */
function labelledCell(column, ...content) {
  return cell(column, element("span", { className: "narrow-label muted" }, words.sortHeads[column], " "), ...content);
}

/** @param {keyof typeof words.plainHeads} column @param {string | null} name */
function namedCell(column, name) {
  const label = element("span", { className: "narrow-label muted" }, words.plainHeads[column], " ");
  return cell(column, label, name === null ? MISSING : displayName(name));
}

/** @param {number | null} value @param {(value: number) => string} write */
function written(value, write) {
  return value === null ? MISSING : write(value);
}
