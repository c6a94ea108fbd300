/** The canvas over the map: lasso, cursor, picked picture, neighbours and the placed upload, without a call to Plotly. */

import { toPx } from "../../../mapdata/viewport.js";

/**
 * @typedef {object} Marks what lies over the map; places are in the map's units
 * @property {readonly (readonly [number, number])[] | null} lasso
 * @property {number | null} cursor row
 * @property {number | null} picked row
 * @property {Record<string, number[]>} neighbours rows by space
 * @property {[number, number] | null} upload
 */

const RING_PX = 7;
const TAU = 2 * Math.PI;

export class MapOverlay {
  #canvas;
  #context;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    const context = canvas.getContext("2d");
    if (context === null) throw new TypeError("got no context, expected a canvas that draws");
    this.#context = context;
  }

  /**
   * @param {Marks} marks
   * @param {{x: Float32Array, y: Float32Array}} points
   * @param {{view: import("../../../mapdata/viewport.js").Viewport, size: import("../../../mapdata/viewport.js").Size}} seen
   * @param {import("../../../drawing/theme.js").Theme} theme
   */
  draw(marks, points, { view, size }, theme) {
    this.#clear(size);
    const at = (/** @type {number} */ row) => toPx(view, size, [points.x[row], points.y[row]]);
    if (marks.lasso)
      this.#polygon(
        marks.lasso.map(([x, y]) => toPx(view, size, [x, y])),
        theme,
      );
    const { features = [], posteriors = [] } = marks.neighbours;
    if (marks.picked !== null) for (const row of features) this.#spoke(at(marks.picked), at(row), theme);
    for (const row of posteriors) this.#square(at(row), theme);
    for (const row of features) this.#ring(at(row), RING_PX, 1.5, theme);
    if (marks.picked !== null) this.#ring(at(marks.picked), RING_PX + 3, 3, theme);
    if (marks.cursor !== null) this.#cross(at(marks.cursor), theme);
    if (marks.upload) this.#upload(toPx(view, size, marks.upload), theme);
  }

  /** @param {import("../../../mapdata/viewport.js").Size} size */
  #clear({ width, height }) {
    const ratio = devicePixelRatio;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** A line that is seen on any colour: the page's surface below, its ink on top. @param {number} width @param {import("../../../drawing/theme.js").Theme} theme */
  #stroke(width, theme) {
    const context = this.#context;
    [context.strokeStyle, context.lineWidth] = [theme.surface, width + 2.5];
    context.stroke();
    [context.strokeStyle, context.lineWidth] = [theme.ink, width];
    context.stroke();
  }

  /** @param {[number, number][]} corners @param {import("../../../drawing/theme.js").Theme} theme */
  #polygon(corners, theme) {
    const context = this.#context;
    context.beginPath();
    for (const [x, y] of corners) context.lineTo(x, y);
    context.closePath();
    context.globalAlpha = 0.05;
    context.fillStyle = theme.ink;
    context.fill();
    context.globalAlpha = 1;
    context.setLineDash([5, 3]);
    this.#stroke(1.25, theme);
    context.setLineDash([]);
  }

  /** @param {[number, number]} from @param {[number, number]} to @param {import("../../../drawing/theme.js").Theme} theme */
  #spoke([x0, y0], [x1, y1], theme) {
    this.#context.beginPath();
    this.#context.moveTo(x0, y0);
    this.#context.lineTo(x1, y1);
    this.#context.globalAlpha = 0.5;
    this.#stroke(1, theme);
    this.#context.globalAlpha = 1;
  }

  /** @param {[number, number]} centre @param {number} radius @param {number} width @param {import("../../../drawing/theme.js").Theme} theme */
  #ring([x, y], radius, width, theme) {
    this.#context.beginPath();
    this.#context.arc(x, y, radius, 0, TAU);
    this.#stroke(width, theme);
  }

  /** @param {[number, number]} centre @param {import("../../../drawing/theme.js").Theme} theme */
  #square([x, y], theme) {
    this.#context.beginPath();
    this.#context.rect(x - RING_PX, y - RING_PX, 2 * RING_PX, 2 * RING_PX);
    this.#stroke(1.5, theme);
  }

  /** The keyboard's cursor: four arms around the point. @param {[number, number]} centre @param {import("../../../drawing/theme.js").Theme} theme */
  #cross([x, y], theme) {
    const context = this.#context;
    context.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      context.moveTo(x + dx * 6, y + dy * 6);
      context.lineTo(x + dx * 15, y + dy * 15);
    }
    this.#stroke(2, theme);
  }

  /** @param {[number, number]} centre @param {import("../../../drawing/theme.js").Theme} theme */
  #upload([x, y], theme) {
    const context = this.#context;
    context.beginPath();
    for (const [dx, dy] of [
      [0, -11],
      [11, 0],
      [0, 11],
      [-11, 0],
    ])
      context.lineTo(x + dx, y + dy);
    context.closePath();
    context.fillStyle = theme.surface;
    context.fill();
    this.#stroke(3, theme);
    context.beginPath();
    context.arc(x, y, 3, 0, TAU);
    context.fillStyle = theme.ink;
    context.fill();
  }
}
