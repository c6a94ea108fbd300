/** Two pictures in two panes, seen through one link: whoever moves one moves the other. */

import { named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { corner, pan } from "../../../drawing/zoom.js";
import { listenForGestures } from "../../../mapdata/gestures.js";
import { pinched } from "../../../mapdata/viewport.js";
import { ALL, linkedOf, viewOf, zoomed } from "./linked.js";
import * as words from "./words.js";

/**
 * @typedef {import("./linked.js").Place} Place
 * @typedef {"a" | "b"} Side
 */

const ZOOM = 1.5;
const KEY_PAN_PX = 48;
/** From here on pixels are shown as squares: between them there is nothing to see. */
const PIXELS_FROM = 3;

export class PairStage {
  #stage = named("pair-stage");
  #images = { a: named("pair-a", "img"), b: named("pair-b", "img") };
  #linked = ALL;

  constructor() {
    listenForGestures(
      this.#stage,
      {
        onPan: (moved, at) => this.#pan(moved, at),
        onZoom: (at, factor) => this.#zoom(factor, at),
        onPinch: (before, after) => this.#pinch(before, after),
        onLasso: () => {},
        onTap: () => {},
        onHover: () => {},
      },
      () => false,
    );
    for (const image of Object.values(this.#images)) image.addEventListener("load", () => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.#stage);
  }

  /** @param {Side} side @param {string} url @param {string} alt */
  show(side, url, alt) {
    this.#images[side].src = url;
    this.#images[side].alt = alt;
  }

  /** All of both pictures. */
  fit() {
    this.#linked = ALL;
    this.#draw();
  }

  zoomIn() {
    this.#zoom(ZOOM);
  }

  zoomOut() {
    this.#zoom(1 / ZOOM);
  }

  /** By keys. @param {-1 | 0 | 1} right @param {-1 | 0 | 1} down */
  move(right, down) {
    this.#pan([-right * KEY_PAN_PX, -down * KEY_PAN_PX]);
  }

  /** Size of one pane, in px. */
  get #pane() {
    const { clientWidth, clientHeight } = this.#stage;
    return { width: Math.max(1, clientWidth / 2), height: Math.max(1, clientHeight) };
  }

  /** @param {Side} side in pixels of the small copy */
  #size(side) {
    const { naturalWidth, naturalHeight } = this.#images[side];
    return { width: Math.max(1, naturalWidth), height: Math.max(1, naturalHeight) };
  }

  /** Whose pane a place of the stage is in, and where in it. @param {Place} at @returns {[Side, Place]} */
  #under([x, y]) {
    const { width } = this.#pane;
    return x < width ? ["a", [x, y]] : ["b", [x - width, y]];
  }

  /** @param {number} factor @param {Place} [at] px of the stage; the middle of a pane unless said */
  #zoom(factor, at) {
    const { width, height } = this.#pane;
    const [side, place] = at ? this.#under(at) : [/** @type {Side} */ ("a"), /** @type {Place} */ ([width / 2, height / 2])];
    this.#linked = zoomed(this.#linked, this.#size(side), this.#pane, place, factor);
    this.#draw();
  }

  /** @param {Place} moved px @param {Place} [at] px of the stage */
  #pan(moved, at) {
    const side = at ? this.#under(at)[0] : "a";
    const size = this.#size(side);
    this.#linked = linkedOf(pan(viewOf(this.#linked, size, this.#pane), size, moved), size, this.#pane);
    this.#draw();
  }

  /** @param {[Place, Place]} before @param {[Place, Place]} after */
  #pinch(before, after) {
    const { moved, at, factor } = pinched(before, after);
    this.#pan(moved, at);
    this.#zoom(factor, at);
  }

  #draw() {
    for (const side of /** @type {const} */ (["a", "b"])) {
      const view = viewOf(this.#linked, this.#size(side), this.#pane);
      const [left, top] = corner(view, this.#pane);
      const image = this.#images[side];
      image.style.transform = `translate(${left}px, ${top}px) scale(${view.scale})`;
      image.style.imageRendering = view.scale >= PIXELS_FROM ? "pixelated" : "auto";
    }
    named("pair-scale").textContent = words.scale(format.wholePercent(this.#linked.times));
  }
}
