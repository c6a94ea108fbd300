/** The map on the page: what is seen of it, the plot below, the overlay above, and hands and keys on both. */

import { draw, moveAxes } from "../../../drawing/plot.js";
import { publish } from "../../../drawing/publication/figure_dialog.js";
import { source } from "../../../drawing/publication/words.js";
import { chartTheme } from "../../../drawing/theme.js";
import { named } from "../../../kit/dom/element.js";
import { listenForGestures } from "../../../mapdata/gestures.js";
import { fit, pan, pinch, ranges, toMap, toPx, transform, unitsPerPx, zoomAt } from "../../../mapdata/viewport.js";
import * as mapChart from "../charts/map.js";
import { DIRECTIONS, nearestRow, nextRow } from "../cursor.js";
import { MapOverlay } from "./overlay.js";

const REACH_PX = 14;
// Any call to Plotly draws every point again: while the view moves, what is drawn is moved as a picture.
const SETTLE_MS = 140;
const KEY_ZOOM = 1.5;
const EDGE_PX = 32;

/**
 * @typedef {object} StageHandlers
 * @property {(row: number | null, at: [number, number]) => void} onHover `at` in px from the window's top left
 * @property {(row: number) => void} onCursor the keyboard's cursor has moved
 * @property {(row: number | null) => void} onPick null: beside every picture
 * @property {(polygon: [number, number][]) => void} onLasso
 * @property {(view: import("../../../mapdata/viewport.js").Viewport | null) => void} onView null: all of the map
 * @property {() => void} onClear
 *
 * @typedef {import("./overlay.js").Marks} Marks
 * @typedef {import("../charts/map.js").MapPicture} MapPicture
 */

export class MapStage {
  #stage = named("stage");
  #plot = named("plot");
  #overlay = new MapOverlay(named("overlay", "canvas"));
  #handlers;
  /** @type {MapPicture | null} */
  #picture = null;
  /** @type {Uint8Array} rows that the pointer and the cursor find */
  #reachable = new Uint8Array();
  /** @type {Marks} */
  #marks = { lasso: null, cursor: null, picked: null, neighbours: {}, upload: null };
  /** @type {[number, number][] | null} a lasso under the hand */
  #path = null;
  #theme = chartTheme();
  /** @type {{x: [number, number], y: [number, number]}} */
  #extent = { x: [0, 1], y: [0, 1] };
  #home = { x: 0, y: 0, span: 1 };
  #view = this.#home;
  #drawnView = this.#home;
  #settling = 0;
  #frame = 0;
  #isLassoTool = false;

  /** @param {StageHandlers} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
    this.#listenToHands();
    this.#stage.addEventListener("keydown", (event) => this.#onKey(event));
    this.#stage.addEventListener("blur", () => this.#handlers.onHover(null, [0, 0]));
    new ResizeObserver(() => this.#onResize()).observe(this.#stage);
  }

  get #size() {
    return { width: this.#stage.clientWidth, height: this.#stage.clientHeight };
  }

  /** @param {boolean} isLasso whether dragging draws a lasso; else it moves the map */
  set isLassoTool(isLasso) {
    this.#isLassoTool = isLasso;
    this.#stage.classList.toggle("is-lasso", isLasso);
  }

  /**
   * Takes another map, seen as `view` says.
   * @param {{x: [number, number], y: [number, number]}} extent of its points
   * @param {import("../../../mapdata/viewport.js").Viewport | null} view null: all of it
   */
  open(extent, view) {
    this.#extent = extent;
    this.#home = fit(extent, this.#size);
    this.#view = view ?? this.#home;
    this.#marks.cursor = null;
  }

  /**
   * Draws the points, with the view as it is.
   * @param {import("../charts/map.js").MapPicture} picture
   */
  async draw(picture) {
    this.#picture = picture;
    this.#reachable = picture.passing.map((byte, row) => byte & picture.drawn[row]);
    if (this.#marks.cursor !== null && !this.#reachable[this.#marks.cursor]) this.#marks.cursor = null;
    this.#theme = chartTheme();
    const view = this.#view;
    await draw(this.#plot, mapChart.figure(picture, ranges(view, this.#size), this.#theme));
    this.#drawnView = view;
    this.#schedule();
  }

  /** @param {Partial<Marks>} marks those that change */
  mark(marks) {
    Object.assign(this.#marks, marks);
    this.#schedule();
  }

  /** @param {number} factor above 1: nearer */
  zoom(factor) {
    const { width, height } = this.#size;
    this.#setView(zoomAt(this.#view, this.#size, [width / 2, height / 2], factor, this.#home));
  }

  /** Shows a view that was asked for; null: all of the map. @param {import("../../../mapdata/viewport.js").Viewport | null} view */
  show(view) {
    this.#setView(view ?? this.#home);
  }

  /**
   * Offers the map as it is seen, with a legend, as files for a paper.
   * @param {string} title
   * @param {string} name of the files, without extension
   */
  async publish(title, name) {
    const picture = this.#picture;
    if (!picture) return;
    const { width, height } = this.#size;
    const seen = ranges(this.#view, this.#size);
    await publish({
      title,
      caption: `${title}. ${source(location.href)}`,
      name,
      aspect: height / width,
      figure: (theme) => mapChart.savedFigure(picture, seen, theme, title),
      table: null,
    });
  }

  #listenToHands() {
    const size = () => this.#size;
    listenForGestures(
      this.#stage,
      {
        onPan: (moved) => this.#setView(pan(this.#view, size(), moved)),
        onZoom: (at, factor) => this.#setView(zoomAt(this.#view, size(), at, factor, this.#home)),
        onPinch: (before, after) => this.#setView(pinch(this.#view, size(), before, after, this.#home)),
        onLasso: (path, isDone) => this.#onLasso(path, isDone),
        onTap: (at) => this.#handlers.onPick(this.#rowAt(at)),
        onHover: (at) => this.#onHover(at),
      },
      () => this.#isLassoTool,
    );
  }

  /** @param {[number, number]} at px */
  #rowAt(at) {
    if (!this.#picture) return null;
    const reach = REACH_PX * unitsPerPx(this.#view, this.#size);
    return nearestRow(this.#picture, this.#reachable, toMap(this.#view, this.#size, at), reach);
  }

  /** @param {[number, number] | null} at px */
  #onHover(at) {
    const [picture, row] = [this.#picture, at && this.#rowAt(at)];
    this.#handlers.onHover(row, row === null || !picture ? [0, 0] : this.#inWindow(picture, row));
  }

  /** Where a row is seen, in px from the window's top left. @param {MapPicture} picture @param {number} row @returns {[number, number]} */
  #inWindow(picture, row) {
    const { left, top } = this.#stage.getBoundingClientRect();
    const [x, y] = this.#placeOf(picture, row);
    return [left + x, top + y];
  }

  /** @param {MapPicture} picture @param {number} row @returns {[number, number]} px from the stage's top left */
  #placeOf({ x, y }, row) {
    return toPx(this.#view, this.#size, [x[row], y[row]]);
  }

  /** @param {[number, number][]} path px @param {boolean} isDone */
  #onLasso(path, isDone) {
    const polygon = path.map((at) => toMap(this.#view, this.#size, at));
    this.#path = isDone || path.length === 0 ? null : polygon;
    if (isDone) this.#handlers.onLasso(polygon);
    this.#schedule();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#picture) return;
    if (!this.#act(event.key)) return;
    event.preventDefault();
  }

  /** Whether a key did something. @param {string} key */
  #act(key) {
    if (Object.hasOwn(DIRECTIONS, key)) this.#moveCursor(DIRECTIONS[/** @type {keyof typeof DIRECTIONS} */ (key)]);
    else if (key === "Enter" && this.#marks.cursor !== null) this.#handlers.onPick(this.#marks.cursor);
    else if (key === "+" || key === "=") this.zoom(KEY_ZOOM);
    else if (key === "-") this.zoom(1 / KEY_ZOOM);
    else if (key === "0") this.show(null);
    else if (key === "Escape") this.#escape();
    else return false;
    return true;
  }

  #escape() {
    this.mark({ cursor: null });
    this.#handlers.onHover(null, [0, 0]);
    this.#handlers.onClear();
  }

  /** @param {readonly [number, number]} direction */
  #moveCursor(direction) {
    const [picture, { cursor, picked }] = [this.#picture, this.#marks];
    if (!picture) return;
    const from = cursor ?? (picked !== null && this.#reachable[picked] ? picked : null);
    const row =
      from === null
        ? nearestRow(picture, this.#reachable, [this.#view.x, this.#view.y])
        : nextRow(picture, this.#reachable, from, direction);
    if (row === null) return;
    this.mark({ cursor: row });
    this.#keepInSight(picture, row);
    this.#handlers.onHover(row, this.#inWindow(picture, row));
    this.#handlers.onCursor(row);
  }

  /** @param {MapPicture} picture @param {number} row */
  #keepInSight(picture, row) {
    const { width, height } = this.#size;
    const [x, y] = this.#placeOf(picture, row);
    const inside = x > EDGE_PX && x < width - EDGE_PX && y > EDGE_PX && y < height - EDGE_PX;
    if (!inside) this.#setView({ ...this.#view, x: picture.x[row], y: picture.y[row] });
  }

  /** @param {import("../../../mapdata/viewport.js").Viewport} view */
  #setView(view) {
    this.#view = view;
    this.#schedule();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(), SETTLE_MS);
  }

  async #settle() {
    if (!this.#picture) return;
    const view = this.#view;
    await moveAxes(this.#plot, ranges(view, this.#size));
    this.#drawnView = view;
    this.#schedule();
    this.#handlers.onView(view === this.#home ? null : view);
  }

  #onResize() {
    const wasHome = this.#view === this.#home;
    this.#home = fit(this.#extent, this.#size);
    this.#setView(wasHome ? this.#home : this.#view);
  }

  #schedule() {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint() {
    if (!this.#picture) return;
    const { scale, dx, dy } = transform(this.#drawnView, this.#view, this.#size);
    const isAtRest = this.#drawnView === this.#view;
    this.#plot.style.transform = isAtRest ? "" : `translate(${dx}px, ${dy}px) scale(${scale})`;
    const marks = this.#path ? { ...this.#marks, lasso: this.#path } : this.#marks;
    this.#overlay.draw(marks, this.#picture, { view: this.#view, size: this.#size }, this.#theme);
  }
}
