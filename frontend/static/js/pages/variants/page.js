/** The Variants page: all checkpoints side by side, and one of them in full; the address says which. */

import { ChartCard } from "../../drawing/chart_card.js";
import { chartTheme } from "../../drawing/theme.js";
import { BASELINE } from "../../kit/baseline.js";
import { datum, named, setContent } from "../../kit/dom/element.js";
import { checkpointText } from "../../kit/language/words.js";
import { Latest } from "../../kit/net/latest.js";
import { asProblem } from "../../kit/net/problem.js";
import { Page } from "../../kit/page.js";
import * as heldOut from "./charts/held_out.js";
import { readCheckpoint, variantAddress } from "./state.js";
import { VariantDetail } from "./views/detail.js";
import { IntegrityPanel } from "./views/integrity_panel.js";
import { showRefusals } from "./views/refusal_list.js";
import { partHelp, variantTable } from "./views/table.js";
import { integrity as integrityWords, page as words } from "./words.js";

class VariantsPage extends Page {
  #notice = named("notice");
  #overview = named("overview");
  #detail = new VariantDetail();
  #chart = new ChartCard(heldOut, "h3", heldOut.words);
  #integrity = new IntegrityPanel({ onFiles: () => this.#checkFiles(true), onGolden: () => this.#checkGolden() });
  #opening = new Latest();
  #checking = new Latest();
  /** @type {import("contract").CardList | null} */
  #list = null;
  /** @type {string | null} checkpoint in full */
  #shown = null;

  constructor() {
    super("variants-page");
    named("held-out").append(this.#chart.element);
  }

  get isShown() {
    return this.#list !== null;
  }

  listen() {
    document.addEventListener("click", (event) => this.#pick(event));
  }

  async open() {
    this.announce(words.loading);
    this.#list = await this.api.cards();
    const { cards, refused, parts } = this.#list;
    showRefusals(refused);
    setContent("part-help", ...partHelp(parts));
    this.show(cards.length || refused.length ? "list" : "empty");
    await this.follow();
  }

  /** A link to a checkpoint of this page needs no new page. @param {MouseEvent} event */
  #pick(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest("a[data-checkpoint]");
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain) return;
    event.preventDefault();
    const checkpoint = datum(/** @type {HTMLElement} */ (link), "checkpoint");
    if (checkpoint !== this.#shown) history.pushState(null, "", variantAddress(checkpoint));
    this.follow();
    this.#detail.focus();
  }

  async follow() {
    if (!this.#list) return;
    const { cards, refused, default: preset } = this.#list;
    const asked = readCheckpoint(location.search);
    const isThere = [...cards, ...refused].some(({ id }) => id === asked);
    const id = isThere ? asked : (preset ?? refused[0]?.id ?? null);
    this.#notice.textContent = asked !== null && !isThere && id !== null ? words.unknown(asked, id) : "";
    if (id === null || id === this.#shown) {
      await this.#draw();
      return;
    }
    this.#shown = id;
    this.#showDetail(id, this.#list);
    await Promise.all([this.#draw(), this.#loadCard(id), this.#checkFiles(false)]);
  }

  /** @param {string} id @param {import("contract").CardList} list */
  #showDetail(id, { cards, parts }) {
    const card = cards.find((entry) => entry.id === id);
    const apiUrl = this.apiUrl;
    const baseline = cards.some((entry) => entry.id === BASELINE) ? BASELINE : null;
    this.#integrity.clear();
    if (card) this.#detail.show(card, { parts, apiUrl, baseline });
    else this.#detail.showRefused(id, apiUrl);
    document.title = words.title(card ? checkpointText(card.title) : id);
    this.announce(words.shown(card ? checkpointText(card.title) : id));
  }

  async repaint() {
    await this.#draw();
  }

  /** Table and chart, with the shown checkpoint marked. */
  async #draw() {
    if (!this.#list?.cards.length) return;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.checkpoint;
    this.#overview.replaceChildren(variantTable(this.#list, this.#shown));
    // Renewed under the reader's hands, the table gives the focus back to the same link.
    if (focused) /** @type {HTMLElement} */ (this.#overview.querySelector(`[data-checkpoint="${CSS.escape(focused)}"]`))?.focus();
    const subject = { cards: this.#list.cards, selected: this.#shown };
    await this.#chart.show(subject, chartTheme(), "ceniqa-variants-srcc");
  }

  /** @param {string} id */
  async #loadCard(id) {
    try {
      const card = await this.#opening.run((signal) => this.api.card(id, signal));
      if (card) this.#detail.showCard(card.html);
    } catch (error) {
      this.#detail.showCardProblem(asProblem(error).problem.detail);
    }
  }

  /** @param {boolean} isAsked by the reader, who is then told */
  async #checkFiles(isAsked) {
    const id = this.#shown;
    if (id === null) return;
    this.#integrity.showChecking();
    const task = async (/** @type {AbortSignal} */ signal) => {
      const integrity = await this.api.integrity(id, signal);
      signal.throwIfAborted();
      this.#integrity.show(integrity);
      if (isAsked) this.announce(integrityWords.announced(id));
    };
    await this.#check(task, () => this.#checkFiles(true));
  }

  async #checkGolden() {
    const id = this.#shown;
    if (id === null) return;
    this.#integrity.showVerifying();
    const task = async (/** @type {AbortSignal} */ signal) => {
      const verification = await this.api.verify(id, signal);
      signal.throwIfAborted();
      this.#integrity.showGolden(verification);
    };
    await this.#check(task, () => this.#checkGolden());
  }

  /**
   * One check at a time; the next one, also another checkpoint's, ends it.
   * @param {(signal: AbortSignal) => Promise<void>} task
   * @param {() => void} again does it for the checkpoint that is shown then
   */
  async #check(task, again) {
    this.#integrity.busy = true;
    try {
      this.problem.hide();
      const done = await this.#checking.run(async (signal) => {
        await task(signal);
        return true;
      });
      if (done) this.#integrity.busy = false;
    } catch (error) {
      this.#integrity.busy = false;
      this.#integrity.clear();
      this.fail(error, again);
    }
  }
}

await new VariantsPage().start();
