/** The ledgers on the page, and the score that would be if some experts were asked otherwise. */

import { scrollRegion } from "../../../drawing/table.js";
import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { displayName } from "../../../kit/language/words.js";
import { clusterLedger, expertLedger, scoreUnder } from "./rows.js";
import { ledgerTable } from "./table.js";
import * as words from "./words.js";

/** @typedef {import("contract").AnalysisResponse} Analysis */
/** @typedef {import("./rows.js").Row} Row */

export class LedgerView {
  #place = named("ledgers");
  #answer = element("output", { className: "answer" });
  #reset = element("button", { type: "button", className: "quiet small", hidden: true }, words.controls.reset);
  /** @type {Set<string>} names of experts without a say */
  #muted = new Set();
  /** @type {string | null} name of the one expert that is asked */
  #only = null;
  /** @type {{analysis: Analysis, rows: Row[]} | null} */
  #shown = null;

  constructor() {
    this.#reset.addEventListener("click", () => this.#ask(new Set(), null));
  }

  /**
   * @param {Analysis} analysis
   * @param {import("../../../drawing/theme.js").Theme} theme
   */
  show(analysis, theme) {
    if (this.#shown?.analysis !== analysis) [this.#muted, this.#only] = [new Set(), null];
    const [experts, clusters] = [expertLedger(analysis), clusterLedger(analysis)];
    this.#shown = experts && { analysis, rows: experts.rows };
    this.#place.replaceChildren(
      ...(experts ? [this.#experts(experts, analysis, theme)] : []),
      ...(clusters ? [figure("clusters", clusters, ledgerTable(clusters, null, theme))] : []),
    );
    this.#renew();
  }

  /**
   * @param {import("./rows.js").Ledger} ledger
   * @param {Analysis} analysis
   * @param {import("../../../drawing/theme.js").Theme} theme
   */
  #experts(ledger, analysis, theme) {
    const table = ledgerTable(ledger, analysis.score, theme, (row) => this.#controls(row));
    return figure("experts", ledger, table, element("p", { className: "asked" }, this.#answer, this.#reset));
  }

  /** @param {Row} row */
  #controls({ name }) {
    const mute = toggle(words.controls.mute, words.muteLabel(displayName(name)), () => {
      const muted = new Set(this.#muted);
      if (!muted.delete(name)) muted.add(name);
      this.#ask(muted, null);
    });
    const only = toggle(words.controls.only, words.onlyLabel(displayName(name)), () =>
      this.#ask(new Set(), this.#only === name ? null : name),
    );
    mute.dataset.asks = "mute";
    only.dataset.asks = "only";
    return element("span", { className: "asks" }, mute, only);
  }

  /**
   * @param {Set<string>} muted
   * @param {string | null} only
   */
  #ask(muted, only) {
    [this.#muted, this.#only] = [muted, only];
    this.#renew();
  }

  /** The rows as they are asked now, and what the score would be. */
  #renew() {
    if (this.#shown === null) return;
    for (const row of this.#place.querySelectorAll("tr[data-name]")) {
      const name = /** @type {HTMLElement} */ (row).dataset.name ?? "";
      const isMuted = this.#only === null ? this.#muted.has(name) : this.#only !== name;
      row.classList.toggle("muted-row", isMuted);
      press(row, "mute", this.#muted.has(name));
      press(row, "only", this.#only === name);
    }
    const isOtherwise = this.#muted.size > 0 || this.#only !== null;
    this.#reset.hidden = !isOtherwise;
    this.#answer.textContent = isOtherwise ? this.#otherwise(this.#shown) : "";
  }

  /** @param {{analysis: Analysis, rows: Row[]}} shown */
  #otherwise({ analysis, rows }) {
    const score = scoreUnder(rows, { muted: this.#muted, only: this.#only });
    if (score === null) return words.nobody;
    const was = analysis.score.value;
    return words.otherwise(format.score(score), format.score(was), format.signed(score - was));
  }
}

/**
 * @param {"experts" | "clusters"} kind
 * @param {import("./rows.js").Ledger} ledger
 * @param {HTMLElement} table
 * @param {...Node} below
 */
function figure(kind, { columns }, table, ...below) {
  const title = words.titles[kind];
  const region = scrollRegion(title);
  region.append(table);
  const caption = element(
    "figcaption",
    {},
    element("h3", {}, title),
    element("p", { className: "muted small" }, words.help(columns)),
  );
  return element("figure", { className: "ledger", dataset: { ledger: kind } }, caption, region, ...below);
}

/**
 * @param {string} text
 * @param {string} label
 * @param {() => void} act
 */
function toggle(text, label, act) {
  const attributes = { "aria-pressed": "false", "aria-label": label };
  const button = element("button", { type: "button", className: "quiet small", attributes }, text);
  button.addEventListener("click", act);
  return button;
}

/**
 * @param {Element} row
 * @param {string} asks
 * @param {boolean} isPressed
 */
function press(row, asks, isPressed) {
  row.querySelector(`[data-asks=${asks}]`)?.setAttribute("aria-pressed", String(isPressed));
}
