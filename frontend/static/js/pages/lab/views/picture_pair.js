/** Two pictures of one size, seen through the same window: one beside the other, or one over the other with a divider. */

import { corner, fit, native, pan, start, zoomAt } from "../../../drawing/zoom.js";
import { named, onClick } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { Latest } from "../../../kit/net/latest.js";
import { listenForGestures } from "../../../mapdata/gestures.js";
import { pinched } from "../../../mapdata/viewport.js";
import { pictures as words } from "../words.js";

const ZOOM = 1.5;
const KEY_PAN_PX = 48;
const DIVIDER_START = 50;

/** @typedef {"slider" | "beside"} Mode */

export class PicturePair {
  #api;
  #stage = named("comparison");
  #panes = [...this.#stage.querySelectorAll(".pane")].map((pane) => /** @type {HTMLElement} */ (pane));
  #original = named("original", "img");
  #distorted = named("distorted", "img");
  #divider = named("divider", "input");
  #loading = new Latest();
  /** @type {Mode} */
  #mode = "slider";
  /** @type {import("../../../drawing/zoom.js").Size} */
  #size = { width: 1, height: 1 };
  /** @type {import("../../../drawing/zoom.js").View | null} null: not shown yet */
  #view = null;
  #shownUrl = "";

  /** @param {import("../../../kit/net/api.js").Api} api */
  constructor(api) {
    this.#api = api;
    listenForGestures(this.#stage, this.#gestures(), () => false);
    this.#stage.addEventListener("keydown", (event) => this.#press(event));
    this.#divider.addEventListener("input", () => this.#divide());
    this.#listenToHandle();
    onClick("mode-slider", () => this.#choose("slider"));
    onClick("mode-beside", () => this.#choose("beside"));
    onClick("picture-zoom-in", () => this.#zoom(ZOOM));
    onClick("picture-zoom-out", () => this.#zoom(1 / ZOOM));
    onClick("picture-fit", () => this.#show(fit(this.#size, this.#pane)));
    onClick("picture-native", () => this.#show(native(this.#size)));
    new ResizeObserver(() => this.#view && this.#show(this.#view)).observe(this.#stage);
    this.#divider.value = String(DIVIDER_START);
    this.#divide();
  }

  /**
   * Another photograph; the stage must be visible, because the first view takes its size.
   * @param {{url: string, filename: string, width: number, height: number}} photograph
   */
  open({ url, filename, width, height }) {
    this.#size = { width, height };
    for (const image of [this.#original, this.#distorted]) {
      image.width = width;
      image.height = height;
    }
    this.#original.src = url;
    this.#original.alt = words.originalAlt(filename);
    this.showNone("");
    this.#show(start(this.#size, this.#pane));
  }

  /**
   * Shows a distorted picture once it is there; what is on show stays until then. Rejects with a `ProblemError`.
   * @param {{url: string, label: string, alt: string}} picture
   */
  async show({ url, label, alt }) {
    if (url === this.#shownUrl) {
      this.#loading.cancel();
      this.#settle();
      return;
    }
    this.wait();
    try {
      await this.#loading.run(async (signal) => {
        const response = await this.#api.bytes(url, signal);
        const source = URL.createObjectURL(await response.blob());
        if (signal.aborted) {
          URL.revokeObjectURL(source);
          return;
        }
        URL.revokeObjectURL(this.#distorted.src);
        this.#distorted.src = source;
        this.#distorted.alt = alt;
        this.#distorted.hidden = false;
        this.#shownUrl = url;
        named("distorted-label").textContent = label;
        await this.#distorted.decode().catch(() => {}); // a newer one took its place
        if (!signal.aborted) this.#settle();
      });
    } catch (error) {
      this.#settle();
      throw error;
    }
  }

  /** There is no distorted picture to show. @param {string} label */
  showNone(label) {
    this.#loading.cancel();
    this.#distorted.hidden = true;
    this.#shownUrl = "";
    named("distorted-label").textContent = label;
    this.#settle();
  }

  /** The picture on show is no longer the one that was asked for. */
  wait() {
    this.#loading.cancel();
    this.#stage.setAttribute("aria-busy", "true");
  }

  #settle() {
    this.#stage.removeAttribute("aria-busy");
  }

  /** Size of one pane, in px. @returns {import("../../../drawing/zoom.js").Size} */
  get #pane() {
    const { clientWidth: width, clientHeight: height } = this.#panes[0];
    return { width: Math.max(1, width), height: Math.max(1, height) };
  }

  /** @param {import("../../../drawing/zoom.js").View} view */
  #show(view) {
    this.#view = view;
    const [left, top] = corner(view, this.#pane);
    for (const image of [this.#original, this.#distorted]) {
      image.style.transform = `translate(${left}px, ${top}px) scale(${view.scale})`;
      image.style.imageRendering = view.scale >= 1 ? "pixelated" : "auto";
    }
    named("picture-scale").textContent = words.scale(format.wholePercent(view.scale));
  }

  /** @param {number} factor @param {import("../../../drawing/zoom.js").Place} [at] px of a pane; its middle unless said */
  #zoom(factor, at) {
    if (!this.#view) return;
    const pane = this.#pane;
    this.#show(zoomAt(this.#view, this.#size, pane, at ?? [pane.width / 2, pane.height / 2], factor));
  }

  /** @param {import("../../../drawing/zoom.js").Place} moved px */
  #pan(moved) {
    if (this.#view) this.#show(pan(this.#view, this.#size, moved));
  }

  /** Px of the stage as px of the pane below. @param {import("../../../drawing/zoom.js").Place} at */
  #inPane([x, y]) {
    const { width } = this.#pane;
    return /** @type {import("../../../drawing/zoom.js").Place} */ ([
      this.#mode === "beside" && x > this.#stage.clientWidth / 2 ? x - (this.#stage.clientWidth - width) : x,
      y,
    ]);
  }

  /** @returns {import("../../../mapdata/gestures.js").GestureHandlers} */
  #gestures() {
    return {
      onPan: (moved) => this.#pan(moved),
      onZoom: (at, factor) => this.#zoom(factor, this.#inPane(at)),
      onPinch: (before, after) => {
        const { moved, at, factor } = pinched(before, after);
        this.#pan(moved);
        this.#zoom(factor, this.#inPane(at));
      },
      onLasso: () => {},
      onTap: () => {},
      onHover: () => {},
    };
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.target !== this.#stage || event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, () => void>} */
    const acts = {
      ArrowLeft: () => this.#pan([KEY_PAN_PX, 0]),
      ArrowRight: () => this.#pan([-KEY_PAN_PX, 0]),
      ArrowUp: () => this.#pan([0, KEY_PAN_PX]),
      ArrowDown: () => this.#pan([0, -KEY_PAN_PX]),
      "+": () => this.#zoom(ZOOM),
      "=": () => this.#zoom(ZOOM),
      "-": () => this.#zoom(1 / ZOOM),
      0: () => this.#show(fit(this.#size, this.#pane)),
      1: () => this.#show(native(this.#size)),
    };
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    acts[event.key]();
  }

  /** @param {Mode} mode */
  #choose(mode) {
    this.#mode = mode;
    this.#stage.dataset.mode = mode;
    for (const name of ["slider", "beside"])
      named(`mode-${name}`).setAttribute("aria-pressed", String(name === mode));
    named("divider-row").hidden = mode !== "slider";
    if (this.#view) this.#show(this.#view);
  }

  #divide() {
    const share = Number(this.#divider.value);
    this.#stage.style.setProperty("--divider", `${share}%`);
    this.#divider.setAttribute("aria-valuetext", words.divider(format.wholePercent(share / 100)));
  }

  /** The divider's handle on the pictures, for hands; keys have the slider below. */
  #listenToHandle() {
    const handle = named("divider-handle");
    handle.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const { left, width } = this.#stage.getBoundingClientRect();
      this.#divider.value = String((100 * (event.clientX - left)) / width);
      this.#divide();
    });
  }
}
