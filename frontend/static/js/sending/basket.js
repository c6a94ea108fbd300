/** What was chosen and not sent yet: how much it is, what is left out, and what stands against sending it. */

import { element, named, within } from "../kit/dom/element.js";
import * as format from "../kit/language/format.js";
import * as words from "./words.js";

/** How many of the files that are left out are named. */
const NAMED = 20;

/** @typedef {import("./selection.js").Selection} Selection */

/**
 * @typedef {object} BasketWords what the button that sends is called
 * @property {(count: number, counted: string) => string} start
 * @property {string} startArchive
 */

export class Basket {
  #basket = named("basket");
  #title = named("basket-title");
  #start = named("start", "button");
  #obstacle = named("obstacle");
  #leftOut = named("left-out");
  #limits;
  #words;

  /**
   * @param {import("./selection.js").Limits} limits
   * @param {BasketWords} own
   * @param {{onStart: () => void, onClear: () => void}} handlers
   */
  constructor(limits, own, { onStart, onClear }) {
    this.#limits = limits;
    this.#words = own;
    this.#start.addEventListener("click", onStart);
    named("clear").addEventListener("click", onClear);
  }

  /** @param {Selection} selection */
  show(selection) {
    const { count, leftOut, obstacle } = selection;
    this.#basket.hidden = count + leftOut.length === 0;
    this.#title.textContent = titleOf(selection);
    this.#start.hidden = count === 0;
    this.#start.disabled = obstacle !== null;
    this.#start.textContent = selection.isArchive ? this.#words.startArchive : this.#words.start(count, format.count(count));
    this.#obstacle.textContent = obstacle === null ? "" : this.#obstacleText(obstacle, selection);
    this.#showLeftOut(leftOut);
  }

  /** Takes the reader to what was chosen. */
  focus() {
    this.#title.focus();
  }

  /** @param {import("./selection.js").Obstacle} obstacle @param {Selection} selection */
  #obstacleText(obstacle, { count, bytes }) {
    const { batchFiles, batchBytes } = this.#limits;
    return obstacle === "files"
      ? words.obstacles.files(format.count(count), format.count(batchFiles))
      : words.obstacles[obstacle](format.mebibytes(bytes), format.mebibytes(batchBytes));
  }

  /** @param {Selection["leftOut"]} leftOut */
  #showLeftOut(leftOut) {
    const limit = format.mebibytes(this.#limits.fileBytes);
    const lines = leftOut.slice(0, NAMED).map(({ path, reason }) => words.leftOutLine[reason](path, limit));
    const rest = leftOut.length - NAMED;
    if (rest > 0) lines.push(words.furtherFiles(rest, format.count(rest)));
    this.#leftOut.hidden = leftOut.length === 0;
    within(this.#leftOut, "summary").textContent = words.leftOut(leftOut.length, format.count(leftOut.length));
    within(this.#leftOut, "ul").replaceChildren(...lines.map((line) => element("li", {}, line)));
  }
}

/** @param {Selection} selection */
function titleOf({ count, bytes, isArchive, chosen }) {
  if (count === 0) return words.nothingToSend;
  if (isArchive) return words.chosenArchive(chosen[0].path, format.bytes(bytes));
  return words.chosen(count, format.count(count), format.bytes(bytes));
}
