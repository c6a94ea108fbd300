/** A study's pictures as the reader asks for them: whose scores, beside whose, in which order, which part of them. */

import { fillSelect, named } from "../../../kit/dom/element.js";
import { BASELINE } from "../../../kit/baseline.js";
import * as format from "../../../kit/language/format.js";
import { checkpointText } from "../../../kit/language/words.js";
import { Latest } from "../../../kit/net/latest.js";
import { DecisionsBar } from "../decisions/bar.js";
import { DecisionBook } from "../decisions/book.js";
import { stale, undone } from "../decisions/words.js";
import { listed, nextPlace, paged } from "../pair/walk.js";
import { orderOf, readState, sortedBy, writeState } from "../view_state.js";
import * as words from "../words.js";
import { ChosenPictures } from "./chosen_pictures.js";
import { PictureTable } from "./pictures.js";

const PAGE_SIZE = 50;
const TYPING_MS = 250;

/**
 * @typedef {import("contract").StudyResponse} Study
 * @typedef {import("../view_state.js").ViewState} ViewState
 */

/**
 * @typedef {object} BrowserHost what the page does for it
 * @property {(error: unknown, again: () => void) => void} onFail
 * @property {(order: import("../pair/walk.js").Order, walk: import("../pair/walk.js").Walk, checkpoint: string) => void} onLook
 *   two pictures of an order are to be looked at side by side
 * @property {() => void} onDecided something is decided now that was not before
 */

export class PictureBrowser {
  #api;
  #id;
  #host;
  #latest = new Latest();
  #chosen = new ChosenPictures({
    onBeside: (positions) => this.look(positions),
    onNone: () => this.#table.uncheck(),
    onDecide: (positions, edit) => this.#book.change(positions, edit),
  });
  #book;
  #bar = new DecisionsBar({
    onFilter: (filter) => this.#change({ ...this.#state, ...filter, page: 1 }),
    onUndo: () => {
      this.#book.undo();
      this.#bar.say(undone);
    },
  });
  #table = new PictureTable((sort) => this.#change(sortedBy(this.#state, sort, this.#hasLabels)), {
    onChoose: (position, isChosen) => this.#chosen.choose(position, isChosen),
    onLook: (position) => this.#lookFrom(position),
    onDecide: (position, edit) => this.#book.change([position], edit),
    said: (position) => this.#book.of(position),
  });
  /** @type {import("contract").PicturePage | null} */
  #page = null;
  #state = readState(location.search);
  #checkpoint = named("rows-checkpoint", "select");
  #other = named("rows-other", "select");
  #field = named("name-part", "input");
  #before = named("page-before", "button");
  #after = named("page-after", "button");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;
  /** @type {Study | null} */
  #study = null;

  /**
   * @param {Pick<import("../../../kit/net/api.js").Api, "studyPictures" | "studyDecisions" | "decideAboutPictures">} api
   * @param {string} id
   * @param {BrowserHost} host
   */
  constructor(api, id, host) {
    this.#api = api;
    this.#id = id;
    this.#host = host;
    this.#book = new DecisionBook(api, id, {
      onChange: (positions) => this.#decided(positions),
      onStale: () => this.#bar.say(stale),
      onFail: (error) => host.onFail(error, () => this.#load()),
    });
    this.#checkpoint.addEventListener("change", () => this.#change({ ...this.#state, checkpoint: this.#checkpoint.value }));
    this.#other.addEventListener("change", () => this.#change({ ...this.#state, other: this.#other.value }));
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#change({ ...this.#state, query: this.#field.value, page: 1 }), TYPING_MS);
    });
    named("filter").addEventListener("submit", (event) => event.preventDefault());
    this.#before.addEventListener("click", () => this.#turn(-1));
    this.#after.addEventListener("click", () => this.#turn(1));
  }

  /** A study that is done. @param {Study} study @param {ReadonlyMap<string, string>} titles of its checkpoints */
  async begin(study, titles) {
    this.#study = study;
    const choices = study.checkpoints.map((id) => /** @type {[string, string]} */ ([id, checkpointText(titles.get(id) ?? id)]));
    fillSelect(this.#checkpoint, choices);
    fillSelect(this.#other, [["", words.nobody], ...choices]);
    await this.#book.read();
    await this.#load();
    if (this.#state.pair) this.look(this.#state.pair);
  }

  /** Shows what the address asks for. */
  async follow() {
    this.#state = readState(location.search);
    if (this.#study) await this.#load();
  }

  get #hasLabels() {
    return (this.#study?.outcome?.rated ?? 0) > 0;
  }

  /** Whose rows, and beside whose: what the address says, or the best one beside the baseline. @param {Study} study */
  #asked({ checkpoints, outcome }) {
    const wanted = this.#state.checkpoint;
    const checkpoint = wanted !== null && checkpoints.includes(wanted) ? wanted : (outcome?.best ?? checkpoints[0]);
    const rest = checkpoints.filter((id) => id !== checkpoint);
    const preset = rest.includes(BASELINE) ? BASELINE : (rest[0] ?? "");
    const other = this.#state.other;
    return { checkpoint, other: other !== null && (other === "" || checkpoints.includes(other)) ? other : preset };
  }

  /** Pictures side by side, the first two of them first. @param {readonly number[]} positions two or more */
  look(positions) {
    if (this.#study) this.#host.onLook(listed(positions), { a: 0, b: 1 }, this.#asked(this.#study).checkpoint);
  }

  /** Which pictures are looked at side by side, for the address. @param {[number, number] | null} pair */
  showPair(pair) {
    this.#keep({ ...this.#state, pair });
  }

  /** What is decided about a picture. @param {number} position */
  said(position) {
    return this.#book.of(position);
  }

  /** The better of two, and the other. @param {number} better @param {number} other */
  keep(better, other) {
    this.#book.changeEach(new Map([[better, chosenAs("keep")], [other, chosenAs("reject")]]));
  }

  /** @param {number[]} positions */
  #decided(positions) {
    this.#bar.say("");
    this.#table.refresh(positions);
    this.#bar.show(this.#book, this.#state);
    this.#host.onDecided();
  }

  /** What the address says of thresholds. */
  get triageState() {
    const { rule, triage } = this.#state;
    return { rule, filter: triage };
  }

  /** Other thresholds. @param {string} rule as `writeRule` writes it */
  async setRule(rule) {
    await this.#change({ ...this.#state, rule, page: this.#state.triage === null ? this.#state.page : 1 });
  }

  /** Only what the thresholds put there. @param {import("../triage/rule.js").Triage | null} triage */
  async setTriage(triage) {
    await this.#change({ ...this.#state, triage, page: 1 });
  }

  /** A picture of the table beside the next one in its order, or the one before. @param {number} position */
  async #lookFrom(position) {
    const [study, page] = [this.#study, this.#page];
    if (!study || !page) return;
    const asked = this.#question(study);
    const order = paged(page.total, PAGE_SIZE, async (after) => {
      return (await this.#api.studyPictures(this.#id, { ...asked, after: String(after) })).items;
    });
    const a = (this.#state.page - 1) * PAGE_SIZE + page.items.findIndex((row) => row.position === position);
    try {
      const b = (await nextPlace(order, a, 1)) ?? (await nextPlace(order, a, -1));
      if (b !== null) this.#host.onLook(order, { a, b }, asked.checkpoint);
    } catch (error) {
      this.#host.onFail(error, () => this.#lookFrom(position));
    }
  }

  /** What the service is asked for the state. @param {Study} study @returns {Record<string, string>} */
  #question(study) {
    const { checkpoint, other } = this.#asked(study);
    const { sort, isDescending } = orderOf(this.#state, this.#hasLabels);
    return {
      checkpoint,
      sort,
      order: isDescending ? "desc" : "asc",
      q: this.#state.query,
      after: String((this.#state.page - 1) * PAGE_SIZE),
      limit: String(PAGE_SIZE),
      ...(other ? { other } : {}),
      ...(this.#state.rule === null ? {} : { rule: this.#state.rule }),
      ...(this.#state.triage === null ? {} : { triage: this.#state.triage }),
      ...(this.#state.choice === null ? {} : { decision: this.#state.choice }),
      ...(this.#state.tag === null ? {} : { tag: this.#state.tag }),
    };
  }

  async #load() {
    const study = this.#study;
    if (!study) return;
    const { checkpoint, other } = this.#asked(study);
    const asked = this.#question(study);
    const { sort, isDescending } = orderOf(this.#state, this.#hasLabels);
    [this.#checkpoint.value, this.#other.value] = [checkpoint, other];
    if (document.activeElement !== this.#field) this.#field.value = this.#state.query;
    try {
      const page = await this.#latest.run((signal) => this.#api.studyPictures(this.#id, asked, signal));
      const view = { sort, isDescending, hasLabels: this.#hasLabels, hasOther: other !== "", chosen: this.#chosen.positions };
      if (page) this.#show(page, view);
    } catch (error) {
      this.#host.onFail(error, () => this.#load());
    }
  }

  /**
   * @param {import("contract").PicturePage} page
   * @param {Parameters<PictureTable["show"]>[1]} view
   */
  #show(page, view) {
    const { items, total, next_after: next } = page;
    this.#page = page;
    this.#table.show(items, view);
    this.#bar.show(this.#book, this.#state);
    this.#table.element.hidden = items.length === 0;
    const order = words.orders[view.sort][view.isDescending ? 1 : 0];
    named("rows-line").textContent =
      total === 0 ? words.nothingFound : words.rowsLine(total, format.count(total), order);
    const from = (this.#state.page - 1) * PAGE_SIZE;
    named("pager").hidden = from === 0 && next === null;
    named("page-line").textContent = words.pageLine(format.count(from + 1), format.count(from + items.length), format.count(total));
    this.#before.disabled = from === 0;
    this.#after.disabled = next === null;
  }

  /** @param {1 | -1} step */
  async #turn(step) {
    await this.#change({ ...this.#state, page: this.#state.page + step });
    named("looking-title").scrollIntoView({ block: "start" });
    const turned = step > 0 ? this.#after : this.#before;
    if (turned.disabled) (step > 0 ? this.#before : this.#after).focus();
  }

  /** @param {ViewState} state */
  async #change(state) {
    this.#keep(state);
    await this.#load();
  }

  /** @param {ViewState} state */
  #keep(state) {
    this.#state = state;
    history.replaceState(null, "", location.pathname + writeState(state));
  }
}

/** @param {"keep" | "reject"} choice @returns {(said: import("../decisions/book.js").Said) => import("../decisions/book.js").Said} */
function chosenAs(choice) {
  return (said) => ({ ...said, choice });
}
