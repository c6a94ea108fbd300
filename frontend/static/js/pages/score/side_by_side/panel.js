/** All checkpoints' scores of the picture on the page: asked for one after the other, when the reader wants them. */

import { ChartCard } from "../../../drawing/chart_card.js";
import { chartTheme } from "../../../drawing/theme.js";
import { analysisAddress } from "../../../kit/addresses.js";
import { datum, element, named } from "../../../kit/dom/element.js";
import { exportName } from "../../../kit/export.js";
import * as format from "../../../kit/language/format.js";
import { qualityName } from "../../../kit/language/words.js";
import { inTurn } from "../../../kit/net/in_turn.js";
import { asProblem } from "../../../kit/net/problem.js";
import { READ_ONLY } from "../../../kit/read_only.js";
import * as sideBySide from "./chart.js";
import { sideBySide as words } from "./words.js";

/** @typedef {import("contract").AnalysisResponse} Analysis */

export class SideBySide {
  #api;
  #archive;
  #card = new ChartCard(sideBySide, "h3", sideBySide.words);
  #start = named("beside-start", "button");
  #cancel = named("beside-cancel");
  #busy = named("beside-busy");
  #progress = named("beside-progress", "progress");
  #text = named("beside-text");
  #status = named("beside-status");
  #rows = named("beside-rows");
  #table = named("beside-table");
  #work = new AbortController();
  /** @type {Analysis | null} the analysis on the page */
  #current = null;
  /** @type {string[]} ids of all checkpoints, once they were asked for */
  #checkpoints = [];
  /** @type {Map<string, Analysis>} by checkpoint */
  #results = new Map();
  /** @type {Map<string, string>} what failed, by checkpoint */
  #failures = new Map();

  /**
   * @param {import("../../../kit/net/api.js").Api} api
   * @param {import("../archive.js").Archive} archive
   * @param {(checkpoint: string) => void} onPick
   */
  constructor(api, archive, onPick) {
    this.#api = api;
    this.#archive = archive;
    named("beside-chart").append(this.#card.element);
    this.#start.addEventListener("click", () => this.#run());
    this.#cancel.addEventListener("click", () => this.#stop());
    this.#rows.addEventListener("click", (event) => pickLink(event, onPick));
  }

  /** The analysis on the page is another one. @param {Analysis} analysis */
  show(analysis) {
    if (this.#current?.id !== analysis.id) this.#forget();
    this.#current = analysis;
    this.#results.set(analysis.checkpoint, analysis);
    this.#failures.delete(analysis.checkpoint);
    return this.draw();
  }

  #forget() {
    this.#work.abort();
    this.#results.clear();
    this.#failures.clear();
    this.#status.textContent = "";
    this.#idle();
  }

  #idle() {
    this.#busy.hidden = true;
    this.#start.hidden = false;
  }

  async #run() {
    const current = this.#current;
    if (!current) return;
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#start.hidden = true;
    this.#busy.hidden = false;
    this.#cancel.focus();
    try {
      const { checkpoints } = await this.#api.checkpoints(signal);
      const { scored_checkpoints: scored } = current;
      this.#checkpoints = checkpoints.map(({ id }) => id).filter((id) => !READ_ONLY || scored.includes(id));
      await this.#scoreMissing(current, signal);
    } catch (error) {
      if (!signal.aborted) this.#status.textContent = words.failed(asProblem(error).problem.detail);
    }
    if (!signal.aborted) this.#end();
  }

  /** @param {Analysis} current @param {AbortSignal} signal */
  async #scoreMissing(current, signal) {
    const missing = this.#checkpoints.filter((id) => !this.#results.has(id));
    const total = this.#checkpoints.length;
    const steps = {
      work: (/** @type {string} */ checkpoint) => this.#archive.under(current, checkpoint, signal),
      onStart: (/** @type {string} */ checkpoint, /** @type {number} */ count) =>
        this.#tell(checkpoint, total - missing.length + count, total),
      onResult: (/** @type {string} */ checkpoint, /** @type {Analysis} */ analysis) => {
        this.#archive.keep(analysis);
        this.#results.set(checkpoint, analysis);
        this.#failures.delete(checkpoint);
        this.draw();
      },
      onFailure: (/** @type {string} */ checkpoint, /** @type {unknown} */ error) => {
        this.#failures.set(checkpoint, asProblem(error).problem.detail);
        this.draw();
      },
    };
    await inTurn(missing, steps, signal);
  }

  /** @param {string} checkpoint @param {number} count done already @param {number} total */
  #tell(checkpoint, count, total) {
    this.#progress.max = total;
    this.#progress.value = count;
    this.#text.textContent = words.scoring(checkpoint, format.count(count + 1), format.count(total));
  }

  #stop() {
    this.#work.abort();
    this.#status.textContent = words.cancelled;
    this.#idle();
    this.draw();
    this.#start.focus();
  }

  /** Everything was asked for; the focus, if it is still on a button that goes, moves on to the results. */
  #end() {
    const hadFocus = document.activeElement === this.#cancel;
    this.#idle();
    this.draw();
    if (this.#results.size > 1) this.#status.textContent = this.#summary();
    if (hadFocus) (this.#start.hidden ? this.#status : this.#start).focus();
  }

  #summary() {
    const scores = [...this.#results.values()].map(({ score }) => score.value);
    const [low, high] = [Math.min(...scores), Math.max(...scores)];
    const [from, to, apart] = [low, high, high - low].map(format.score);
    return words.summary(format.count(scores.length), from, to, apart);
  }

  /** Table and chart of what is there, in the colours now in force. */
  async draw() {
    if (!this.#current) return;
    const analyses = this.#inOrder();
    this.#offer();
    this.#rows.replaceChildren(...analyses.map((analysis) => this.#row(analysis)), ...this.#failedRows());
    this.#table.hidden = analyses.length + this.#failures.size < 2;
    const subject = { analyses, current: this.#current.checkpoint };
    await this.#card.show(subject, chartTheme(), exportName(this.#current, "side-by-side"));
  }

  /** The button says what is left to do, and goes when nothing is. */
  #offer() {
    const missing = this.#checkpoints.filter((id) => !this.#results.has(id)).length;
    const isFresh = this.#checkpoints.length === 0 || this.#results.size < 2;
    if (isFresh) this.#start.textContent = words.startAll;
    else if (this.#failures.size) this.#start.textContent = words.again;
    else this.#start.textContent = words.start(missing, format.count(missing));
    this.#start.hidden = !this.#busy.hidden || (this.#checkpoints.length > 0 && missing === 0);
  }

  /** By the order of the checkpoints, so that rows stay where they are. */
  #inOrder() {
    const place = (/** @type {Analysis} */ { checkpoint }) => this.#checkpoints.indexOf(checkpoint);
    return [...this.#results.values()].sort((a, b) => place(a) - place(b));
  }

  /** @param {Analysis} analysis */
  #row(analysis) {
    const { checkpoint, score, timing_ms: timing } = analysis;
    const isCurrent = checkpoint === this.#current?.checkpoint;
    const link = element("a", { href: analysisAddress(analysis), dataset: { checkpoint } }, checkpoint);
    const name = isCurrent
      ? [element("strong", {}, checkpoint), element("span", { className: "muted" }, ` (${words.shown})`)]
      : [link];
    return element(
      "tr",
      {},
      element("th", { scope: "row", className: "text" }, ...name),
      element("td", {}, format.score(score.value)),
      element("td", {}, words.range(format.score(score.low), format.score(score.high))),
      element("td", { className: "text" }, qualityName(score.word)),
      element("td", {}, timing.total === undefined ? format.cell(null, "number") : format.milliseconds(timing.total)),
    );
  }

  #failedRows() {
    return [...this.#failures].map(([checkpoint, reason]) =>
      element(
        "tr",
        {},
        element("th", { scope: "row", className: "text" }, checkpoint),
        element("td", { colSpan: 4, className: "text beside-failed" }, words.failed(reason)),
      ),
    );
  }
}

/** A plain click on a checkpoint shows it without a new page. @param {MouseEvent} event @param {(checkpoint: string) => void} onPick */
function pickLink(event, onPick) {
  const link = /** @type {HTMLElement} */ (event.target).closest("a[data-checkpoint]");
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain) return;
  event.preventDefault();
  onPick(datum(/** @type {HTMLElement} */ (link), "checkpoint"));
}
