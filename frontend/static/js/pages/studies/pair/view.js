/** Any two pictures of a study side by side, over the page: linked zoom, what is said of them, and on to the next. */

import { named, onClick } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { READ_ONLY } from "../../../kit/read_only.js";
import { Latest } from "../../../kit/net/latest.js";
import { showFacts } from "./facts.js";
import { PairStage } from "./stage.js";
import { kept, stepped } from "./walk.js";
import * as words from "./words.js";

/**
 * @typedef {import("contract").PicturePair} Pair
 * @typedef {import("./walk.js").Order} Order
 * @typedef {import("./walk.js").Walk} Walk
 *
 * @typedef {object} Host what the page does for the view
 * @property {(positions: [number, number] | null) => void} onShow which two are on show; null: closed
 * @property {(error: unknown, again: () => void) => void} onFail
 * @property {(better: number, other: number) => void} onKeep positions
 * @property {(position: number) => import("../decisions/book.js").Said} said what is decided about a picture
 */

export class PairView {
  #api;
  #id;
  #host;
  #dialog = named("pair", "dialog");
  #stage = new PairStage();
  #loading = new Latest();
  #titles = new Map();
  /** @type {Order | null} */
  #order = null;
  /** @type {Walk} */
  #walk = { a: 0, b: 1 };
  #checkpoint = "";
  /** @type {Pair | null} */
  #pair = null;

  /**
   * @param {Pick<import("../../../kit/net/api.js").Api, "studyPair">} api
   * @param {string} id of the study
   * @param {Host} host
   */
  constructor(api, id, host) {
    this.#api = api;
    this.#id = id;
    this.#host = host;
    onClick("pair-close", () => this.#dialog.close());
    onClick("pair-zoom-in", () => this.#stage.zoomIn());
    onClick("pair-zoom-out", () => this.#stage.zoomOut());
    onClick("pair-fit", () => this.#stage.fit());
    onClick("pair-before", () => this.#step(-1));
    onClick("pair-after", () => this.#step(1));
    onClick("pair-keep-a", () => this.#keep("a"));
    onClick("pair-keep-b", () => this.#keep("b"));
    this.#dialog.addEventListener("keydown", (event) => this.#press(event));
    this.#dialog.addEventListener("close", () => this.#closed());
  }

  /** @param {ReadonlyMap<string, string>} titles of the study's checkpoints */
  begin(titles) {
    this.#titles = new Map(titles);
  }

  /**
   * @param {Order} order that the arrows go along
   * @param {Walk} walk the two of it to begin with
   * @param {string} checkpoint whose rows
   */
  async open(order, walk, checkpoint) {
    this.#order = order;
    this.#walk = walk;
    this.#checkpoint = checkpoint;
    this.#stage.fit();
    this.#say("");
    await this.#load();
  }

  async #load() {
    const order = this.#order;
    if (!order) return;
    try {
      const pair = await this.#loading.run(async (signal) => {
        const [a, b] = await Promise.all([order.positionAt(this.#walk.a), order.positionAt(this.#walk.b)]);
        if (a === null || b === null) return null;
        return this.#api.studyPair(this.#id, { a, b, checkpoint: this.#checkpoint }, signal);
      });
      if (pair) this.#show(pair);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    const [order, walk] = [this.#order, this.#walk];
    this.#dialog.close();
    this.#host.onFail(error, () => order && this.open(order, walk, this.#checkpoint));
  }

  /** @param {Pair} pair */
  #show(pair) {
    this.#pair = pair;
    const wasOpen = this.#dialog.open;
    if (!wasOpen) this.#dialog.showModal();
    for (const side of /** @type {const} */ (["a", "b"])) {
      this.#stage.show(side, pair[side].thumbnail ?? "", words.alt(words.sides[side], pair[side].filename));
    }
    showFacts(pair, this.#titles, this.#host.said);
    this.#showPlace();
    if (!wasOpen) named("pair-stage").focus();
    this.#host.onShow([pair.a.position, pair.b.position]);
  }

  /** Something is decided now that was not before. */
  refresh() {
    if (this.#pair && this.#dialog.open) showFacts(this.#pair, this.#titles, this.#host.said);
  }

  #showPlace() {
    const total = format.count(this.#order?.total ?? 0);
    named("pair-place-a").textContent = words.place(format.count(this.#walk.a + 1), total);
    named("pair-place-b").textContent = words.place(format.count(this.#walk.b + 1), total);
  }

  /** @param {string} text */
  #say(text) {
    named("pair-said").textContent = text;
  }

  /** @param {1 | -1} by */
  async #step(by) {
    await this.#go((order) => stepped(order, this.#walk, by), words.noFurther);
  }

  /** One is kept and the other rejected, unless nothing may be stored here. @param {"a" | "b"} side */
  async #keep(side) {
    if (!this.#pair) return;
    const [better, other] = side === "a" ? [this.#pair.a, this.#pair.b] : [this.#pair.b, this.#pair.a];
    if (!READ_ONLY) this.#host.onKeep(better.position, other.position);
    await this.#go((order) => kept(order, this.#walk, side), words.keptLast(better.filename));
  }

  /** @param {(order: Order) => Promise<Walk | null>} find @param {string} atTheEnd what is said there */
  async #go(find, atTheEnd) {
    const order = this.#order;
    if (!order || !this.#dialog.open) return;
    this.#say(""); // here, not once a pair is there: that may be the one before
    try {
      const walk = await find(order);
      if (walk === null) {
        this.#say(atTheEnd);
        return;
      }
      this.#walk = walk;
    } catch (error) {
      this.#fail(error);
      return;
    }
    await this.#load();
  }

  #closed() {
    this.#loading.cancel();
    this.#order = null;
    this.#host.onShow(null);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const isScrolled = event.target instanceof Element && event.target.closest(".table-scroll") !== null;
    if (event.ctrlKey || event.metaKey || event.altKey || isScrolled) return;
    const acts = event.shiftKey ? this.#shifted : this.#plain;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @type {Readonly<Record<string, () => void>>} */
  #plain = Object.freeze({
    ArrowRight: () => void this.#step(1),
    ArrowLeft: () => void this.#step(-1),
    a: () => void this.#keep("a"),
    b: () => void this.#keep("b"),
    "+": () => this.#stage.zoomIn(),
    "=": () => this.#stage.zoomIn(),
    "-": () => this.#stage.zoomOut(),
    0: () => this.#stage.fit(),
  });

  /** @type {Readonly<Record<string, () => void>>} */
  #shifted = Object.freeze({
    ArrowRight: () => this.#stage.move(1, 0),
    ArrowLeft: () => this.#stage.move(-1, 0),
    ArrowDown: () => this.#stage.move(0, 1),
    ArrowUp: () => this.#stage.move(0, -1),
    "+": () => this.#stage.zoomIn(),
  });
}
