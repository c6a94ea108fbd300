/** The only module that touches Plotly; the bundle is fetched when the first chart is near. */

import { element } from "../kit/dom/element.js";

/** @typedef {{data: object[], layout: object}} Figure what Plotly draws */

/**
 * @typedef {{format: "png", scale: number, width: number, height: number, filename: string}} Download
 * @typedef {{format: "svg", width: number, height: number}} Drawing
 *
 * @typedef {object} Plotly the part of it that is used here
 * @property {(element: HTMLElement, data: object[], layout: object, config: object) => Promise<unknown>} react
 * @property {(element: HTMLElement, changes: Record<string, unknown>) => Promise<unknown>} relayout
 * @property {{resize: (element: HTMLElement) => Promise<unknown>}} Plots
 * @property {(figure: Figure, options: Download) => Promise<unknown>} downloadImage
 * @property {(figure: Figure, options: Drawing) => Promise<string>} toImage an address that begins with `data:`
 *
 * @typedef {{points: {customdata: number, curveNumber: number, pointNumber: number}[], event: MouseEvent}} PointEvent
 *
 * @typedef {HTMLElement & {on(name: string, listener: (event: PointEvent) => void): void}} Plot an element that was drawn in
 */

const CONFIG = Object.freeze({
  // Without the mode bar there is no Plotly logo and no "Share chart" button, which would upload the figure.
  displayModeBar: false,
});
const BUNDLE = new URL("../../vendor/plotly/plotly-strict.min.js", import.meta.url).href;

/**
 * When it loads, the bundle inserts MapLibre's rules as a `<style>`, which the Content-Security-Policy forbids, unless
 * an element with this id is there already. We draw no maps, so an empty one stands in.
 */
export const MAPLIBRE_STYLE_ID = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";

/** @type {Promise<Plotly> | undefined} */
let loading;

/** Loads Plotly once; resolves to its API. */
export function loadPlotly() {
  loading ??= importPlotly().catch((error) => {
    loading = undefined; // the next one tries again
    throw error;
  });
  return loading;
}

/** Loads Plotly meanwhile; whoever draws is told if that fails. */
export function preloadPlotly() {
  loadPlotly().catch(() => {});
}

async function importPlotly() {
  document.head.append(element("meta", { id: MAPLIBRE_STYLE_ID }));
  // The bundle is a classic script: imported for its effect, it puts itself on the global object.
  await import(BUNDLE);
  return /** @type {typeof globalThis & {Plotly: Plotly}} */ (globalThis).Plotly;
}

/** Px of the places that are drawn in, as they were when last drawn. @type {WeakMap<Element, string>} */
const drawnSizes = new WeakMap();
/** Plotly itself looks at the window alone, and a place may change without it: when a neighbour comes or goes. */
const places = globalThis.ResizeObserver && new ResizeObserver((entries) => entries.forEach(({ target }) => void fitTo(target)));

/**
 * Draws a figure, or moves the one that is there to the new data; it follows the size of its place from then on.
 * @param {HTMLElement} element
 * @param {Figure} figure
 */
export async function draw(element, { data, layout }) {
  const plotly = await loadPlotly();
  await plotly.react(element, data, layout, CONFIG);
  drawnSizes.set(element, sizeOf(element));
  places.observe(element);
}

/** @param {Element} place */
async function fitTo(place) {
  const element = /** @type {HTMLElement} */ (place);
  const size = sizeOf(element);
  if (element.offsetWidth === 0 || size === drawnSizes.get(element)) return;
  drawnSizes.set(element, size);
  const plotly = await loadPlotly();
  await plotly.Plots.resize(element);
}

/** @param {HTMLElement} element */
function sizeOf({ offsetWidth, offsetHeight }) {
  return `${offsetWidth} ${offsetHeight}`;
}

/**
 * Tells which point of what is drawn the pointer is on, and which was clicked; once drawn, and once only.
 * @param {HTMLElement} element
 * @param {{onHover: (id: number, at: [number, number]) => void, onLeave: () => void, onPick: (id: number) => void}} handlers
 *   with the point's `customdata`, and px from the window's top left
 */
export function onPoints(element, { onHover, onLeave, onPick }) {
  const plot = /** @type {Plot} */ (element);
  plot.on("plotly_hover", ({ points, event }) =>
    onHover(points[0].customdata, [event.clientX, event.clientY]),
  );
  plot.on("plotly_unhover", onLeave);
  plot.on("plotly_click", ({ points }) => onPick(points[0].customdata));
}

/**
 * Tells which bar of the first trace of what is drawn was clicked, by its number; once drawn, and once only.
 * @param {HTMLElement} element
 * @param {(number: number) => void} onPick
 */
export function onBars(element, onPick) {
  /** @type {Plot} */ (element).on("plotly_click", ({ points: [point] }) => {
    if (point.curveNumber === 0) onPick(point.pointNumber);
  });
}

/**
 * Moves the axes of what is drawn, without a look at its data.
 * @param {HTMLElement} element
 * @param {{x: [number, number], y: [number, number]}} ranges
 */
export async function moveAxes(element, { x, y }) {
  const plotly = await loadPlotly();
  await plotly.relayout(element, { "xaxis.range": x, "yaxis.range": y });
}

/**
 * A figure that is not on the page, as SVG.
 * @param {Figure} figure
 * @param {{width: number, height: number}} size px
 */
export async function drawnSvg(figure, { width, height }) {
  const plotly = await loadPlotly();
  const address = await plotly.toImage(figure, { format: "svg", width, height });
  return decodeURIComponent(address.slice(address.indexOf(",") + 1));
}

/**
 * Saves a figure that is not on the page as PNG.
 * @param {Figure} figure
 * @param {{width: number, height: number, scale: number}} size px, and by how much it is enlarged
 * @param {string} filename without extension
 */
export async function saveFigurePng(figure, { width, height, scale }, filename) {
  const plotly = await loadPlotly();
  await plotly.downloadImage(figure, { format: "png", scale, width, height, filename });
}

/** The script of Plotly, as it is loaded. */
export async function libraryText() {
  const response = await fetch(BUNDLE);
  if (!response.ok) throw new TypeError(`got ${response.status}, expected the chart library`);
  return response.text();
}
