/** The table of a batch's pictures: one page of rows, heads that sort, and an explicit role for all of it. */

import { element } from "../../../kit/dom/element.js";
import { isUnfamiliar } from "../../../kit/familiarity.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { displayName, qualityName } from "../../../kit/language/words.js";
import * as words from "../words.js";

/** @typedef {import("../results.js").Item} Item */
/** @typedef {import("../view_state.js").ViewState} ViewState */

const SORTABLE = /** @type {const} */ (["position", "name", "score"]);
const PLAIN = /** @type {const} */ (["interval", "cluster", "expert", "distortion"]);
const MISSING = "–";

export class BatchRows {
  // Roles are said, since on narrow windows the rows are laid out as blocks, for which browsers may drop them.
  #body = element("tbody", { role: "rowgroup" });
  /** @type {Map<ViewState["sort"], HTMLElement>} */
  #heads = new Map();
  /** @type {readonly Item[]} */
  #shown = [];

  /** @param {(sort: ViewState["sort"]) => void} onSort */
  constructor(onSort) {
    for (const sort of SORTABLE) this.#heads.set(sort, sortableHead(sort, () => onSort(sort)));
    const rest = PLAIN.map((name) => columnHead(name, words.heads[name]));
    const head = element("tr", { role: "row" }, ...this.#heads.values(), ...rest);
    this.element = element(
      "table",
      { className: "batch-table", role: "table" },
      element("caption", { className: "visually-hidden" }, words.tableCaption),
      element("thead", { role: "rowgroup" }, head),
      this.#body,
    );
  }

  /**
   * Shows a page of items; what is on show already is left alone.
   * @param {readonly Item[]} items
   * @param {ViewState} state
   */
  show(items, { sort, isDescending }) {
    for (const [name, head] of this.#heads) {
      head.ariaSort = name === sort ? (isDescending ? "descending" : "ascending") : "none";
    }
    if (items.length === this.#shown.length && items.every((item, index) => item === this.#shown[index])) return;
    this.#shown = items;
    this.#body.replaceChildren(...items.map(rowOf));
  }
}

/** @param {string} name @param {string | Node} content */
function columnHead(name, content) {
  return element("th", { scope: "col", role: "columnheader", className: `col-${name}` }, content);
}

/** @param {ViewState["sort"]} sort @param {() => void} onClick */
function sortableHead(sort, onClick) {
  const button = element("button", { type: "button", className: "sort" }, words.heads[sort]);
  button.addEventListener("click", onClick);
  return columnHead(sort, button);
}

/** @param {string} name @param {...(Node | string)} content */
function cell(name, ...content) {
  return element("td", { role: "cell", className: `col-${name}` }, ...content);
}

/** @param {Item} item */
function rowOf(item) {
  const head = element("th", { scope: "row", role: "rowheader", className: "col-name" }, element("bdi", {}, shownName(item.filename)));
  const number = cell("position", format.count(item.position + 1));
  const cells = item.score === null ? [refusalCell(item)] : scoredCells(item);
  return element("tr", { role: "row", dataset: { state: item.state } }, number, head, ...cells);
}

/** @param {import("../results.js").RefusedItem} item */
function refusalCell({ error }) {
  const reason = element("span", { className: "refusal-reason" }, words.refusal(error.code));
  // The service's sentences are English in every language.
  const detail = element("span", { className: "muted small", lang: "en" }, error.detail);
  const joined = cell("refusal", reason, " ", detail);
  joined.colSpan = PLAIN.length + 1;
  return joined;
}

/** @param {import("../results.js").ScoredItem} item */
function scoredCells({ score, familiarity, top_cluster: cluster, top_expert: expert, distortion }) {
  const value = element("span", { className: "row-score" }, format.score(score.value));
  const word = element("span", { className: "muted" }, qualityName(score.word));
  const unusual = isUnfamiliar(familiarity) ? [" ", element("span", { className: "muted small" }, words.unfamiliar)] : [];
  return [
    cell("score", value, " ", word, ...unusual),
    cell("interval", words.interval(format.score(score.low), format.score(score.high))),
    sharedCell("cluster", cluster && { name: cluster.name, share: cluster.posterior }),
    sharedCell("expert", expert && { name: expert.name, share: expert.weight }),
    sharedCell("distortion", distortion && { name: distortion.type, share: distortion.probability }),
  ];
}

/**
 * A name with its share; a dash where the variant lacks the part.
 * @param {typeof PLAIN[number]} column
 * @param {{name: string, share: number} | null} part
 */
function sharedCell(column, part) {
  if (part === null) return cell(column, MISSING);
  const label = element("span", { className: "narrow-label muted" }, words.heads[column]);
  const percent = element("span", { className: "muted" }, format.wholePercent(part.share));
  return cell(column, label, " ", displayName(part.name), " ", percent);
}
