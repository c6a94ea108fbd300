/** The meter of an upload: how many bytes have left, and how long the rest will take. */

import { named } from "../kit/dom/element.js";
import * as format from "../kit/language/format.js";
import { Pace } from "./pace.js";
import * as words from "./words.js";

export class SendingMeter {
  #title = named("sending-title");
  #bar = named("sending-bar", "progress");
  #text = named("sending-text");
  #pace = new Pace();

  /** @param {() => void} onStop */
  constructor(onStop) {
    named("stop-sending").addEventListener("click", onStop);
  }

  /** @param {import("./selection.js").Selection} selection */
  begin({ count, isArchive, chosen, bytes }) {
    this.#pace = new Pace();
    this.#title.textContent = isArchive
      ? words.sendingArchive(chosen[0].path)
      : words.sending(count, format.count(count));
    this.move(0, bytes);
    this.#title.focus();
  }

  /** @param {number} sent @param {number} total bytes */
  move(sent, total) {
    this.#pace.note(performance.now(), sent);
    this.#bar.value = sent / Math.max(total, 1);
    this.#text.textContent = sent < total ? sendingLine(sent, total, this.#pace.secondsLeft(total)) : words.received;
  }
}

/**
 * @param {number} sent bytes
 * @param {number} total bytes
 * @param {number | null} left_s
 */
export function sendingLine(sent, total, left_s) {
  const time = left_s === null ? [] : [words.timeLeft(format.duration(left_s))];
  return [words.sent(format.bytes(sent), format.bytes(total)), ...time].join(" · ");
}
