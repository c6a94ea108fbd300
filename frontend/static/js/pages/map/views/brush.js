/** A range over a histogram: dragged along it, or typed into two boxes. */

import { element } from "../../../kit/dom/element.js";
import { nearestEdge } from "../../../mapdata/histograms.js";
import { EDGE_PX } from "../charts/histogram.js";
import { map as words } from "../words.js";

const HALF_LEVEL = 0.5;

export class Brush {
  #edges;
  #inset;
  #onBrush;
  /** @type {HTMLInputElement} */
  #low;
  /** @type {HTMLInputElement} */
  #high;
  #clear;
  #band = element("div", { className: "brush-band", hidden: true });
  /** Lies over the plot. */
  area = element("div", { className: "brush-area" }, this.#band);

  /**
   * @param {{name: string, edges: number[], isLevel: boolean}} field ranges snap to its edges
   * @param {(range: [number, number] | null) => void} onBrush null: the whole range
   */
  constructor({ name, edges, isLevel }, onBrush) {
    this.#edges = edges;
    // A level's bar reaches half a level to both sides of it; the boxes hold the levels themselves.
    this.#inset = isLevel ? HALF_LEVEL : 0;
    this.#onBrush = onBrush;
    const step = Number((edges[1] - edges[0]).toPrecision(6));
    const box = (/** @type {string} */ label) => {
      const input = element("input", { type: "number", step: String(step) });
      [input.min, input.max] = this.#boxed(this.#whole);
      input.setAttribute("aria-label", label);
      input.addEventListener("change", () => this.#read());
      return input;
    };
    [this.#low, this.#high] = [box(words.brushLow(name)), box(words.brushHigh(name))];
    this.#clear = element("button", { type: "button", className: "quiet small" }, words.brushClear);
    this.#clear.setAttribute("aria-label", words.brushClearLabel(name));
    this.#clear.addEventListener("click", () => this.#onBrush(null));
    this.boxes = element(
      "div",
      { className: "brush-boxes" },
      this.#low,
      element("span", {}, "–"),
      this.#high,
      this.#clear,
    );
    this.#listenToDrag();
    this.show(null);
  }

  /** @returns {[number, number]} */
  get #whole() {
    return [this.#edges[0], this.#edges[this.#edges.length - 1]];
  }

  /** What the boxes say of a range. @param {[number, number]} range */
  #boxed([low, high]) {
    return [String(low + this.#inset), String(high - this.#inset)];
  }

  /** @param {[number, number] | null} range */
  show(range) {
    [this.#low.value, this.#high.value] = this.#boxed(range ?? this.#whole);
    this.#clear.hidden = range === null;
  }

  #read() {
    this.#commit(this.#low.valueAsNumber - this.#inset, this.#high.valueAsNumber + this.#inset);
  }

  /** @param {number} from @param {number} to */
  #commit(from, to) {
    const [first, last] = [from, to].map((value) => nearestEdge(this.#edges, value)).sort((a, b) => a - b);
    const isWhole = first === 0 && last === this.#edges.length - 1;
    const isRange = Number.isFinite(first) && Number.isFinite(last) && first < last && !isWhole;
    this.#onBrush(isRange ? [this.#edges[first], this.#edges[last]] : null);
  }

  #listenToDrag() {
    let start = Number.NaN;
    this.area.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.area.setPointerCapture(event.pointerId);
      start = this.#valueAt(event);
    });
    this.area.addEventListener("pointermove", (event) => {
      if (!Number.isNaN(start)) this.#showBand(start, this.#valueAt(event));
    });
    this.area.addEventListener("pointerup", (event) => {
      if (Number.isNaN(start)) return;
      this.#commit(start, this.#valueAt(event));
      this.#endDrag();
      start = Number.NaN;
    });
    this.area.addEventListener("pointercancel", () => {
      this.#endDrag();
      start = Number.NaN;
    });
  }

  #endDrag() {
    this.#band.hidden = true;
  }

  /** @param {PointerEvent} event */
  #valueAt({ clientX }) {
    const { left, width } = this.area.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - left - EDGE_PX) / (width - 2 * EDGE_PX)));
    const [low, high] = this.#whole;
    return low + share * (high - low);
  }

  /** @param {number} from @param {number} to */
  #showBand(from, to) {
    const whole = this.#whole[1] - this.#whole[0];
    const room = this.area.clientWidth - 2 * EDGE_PX;
    const px = [from, to].map((value) => EDGE_PX + (room * (value - this.#edges[0])) / whole).sort((a, b) => a - b);
    this.#band.hidden = false;
    this.#band.style.left = `${px[0]}px`;
    this.#band.style.width = `${px[1] - px[0]}px`;
  }
}
