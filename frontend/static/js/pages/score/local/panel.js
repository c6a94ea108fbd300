/** Quality in place: a layer of windows over the picture, drawn cell by cell, read by pointer or keyboard. */

import { categoryEntries, viridis } from "../../../drawing/colours.js";
import { swatch } from "../../../drawing/swatch.js";
import { tableElement } from "../../../drawing/table.js";
import { chartTheme } from "../../../drawing/theme.js";
import { element, named } from "../../../kit/dom/element.js";
import { svgElement } from "../../../kit/dom/svg.js";
import * as format from "../../../kit/language/format.js";
import { displayName, qualityName, qualityWords } from "../../../kit/language/words.js";
import { Latest } from "../../../kit/net/latest.js";
import { asProblem } from "../../../kit/net/problem.js";
import {
  cellOf,
  clusterAt,
  clusterCounts,
  colourRange,
  extremes,
  layerAddress,
  moved,
  placeAt,
  places,
  readLayer,
  scoreAt,
  windowOf,
} from "./windows.js";
import * as words from "./words.js";

/** @typedef {import("contract").AnalysisResponse} Analysis */
/** @typedef {import("contract").LocalQualityResponse} LocalQuality */
/** @typedef {import("./windows.js").Place} Place */

const BAR_STEPS = 50;
const ABSENT = "local-quality-absent";

export class LocalQualityView {
  #view = named("picture-view");
  #picture = named("picture", "img");
  #overlay = named("local-overlay");
  #panel = named("local");
  #body = named("local-body");
  #status = named("local-status");
  #retry = named("local-retry");
  #key = named("local-key");
  #reading = named("local-reading");
  #summary = named("local-summary");
  #help = named("local-help");
  #table = named("local-table");
  #opacity = named("local-opacity", "input");
  #opacityText = named("local-opacity-text");
  #native = named("local-native", "input");
  #layers = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[name=local-layer]")]);
  #latest = new Latest();
  #api;
  #announce;
  /** @type {Map<string, LocalQuality>} */
  #known = new Map();
  /** @type {Analysis | null} */
  #analysis = null;
  /** @type {LocalQuality | null} what is on the page */
  #local = null;
  /** @type {Place | null} */
  #cursor = null;
  #cells = svgElement("g", { "shape-rendering": "crispEdges" });
  #marks = svgElement("g", { "vector-effect": "non-scaling-stroke" });
  #drawing = svgElement("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }, this.#cells, this.#marks);

  /**
   * @param {import("../../../kit/net/api.js").Api} api
   * @param {(text: string) => void} announce says a text to screen readers
   */
  constructor(api, announce) {
    this.#api = api;
    this.#announce = announce;
    this.#overlay.append(this.#drawing);
    for (const input of this.#layers) input.addEventListener("change", () => this.#switch());
    this.#opacity.addEventListener("input", () => this.#fade());
    this.#native.addEventListener("change", () => this.#size());
    this.#picture.addEventListener("load", () => {
      this.#panel.hidden = false;
      this.#size();
    });
    this.#picture.addEventListener("error", () => (this.#panel.hidden = true));
    this.#retry.addEventListener("click", () => this.#renew());
    named("local-lowest").addEventListener("click", () => this.#goToLowest());
    this.#overlay.addEventListener("pointermove", (event) => this.#point(event));
    this.#overlay.addEventListener("pointerdown", (event) => this.#point(event));
    this.#overlay.addEventListener("pointerleave", () => this.#move(null));
    this.#overlay.addEventListener("keydown", (event) => this.#press(event));
    this.#overlay.addEventListener("blur", () => this.#move(null));
    this.#fade();
  }

  get #layer() {
    return /** @type {import("./windows.js").Layer} */ (this.#layers.find((input) => input.checked)?.value ?? "off");
  }

  /** Takes the layer from the page's address. */
  follow() {
    const layer = readLayer(location.search);
    for (const input of this.#layers) input.checked = input.value === layer;
  }

  /**
   * Shows the layer that is on for this analysis.
   * @param {Analysis} analysis
   */
  async show(analysis) {
    this.#analysis = analysis;
    this.#panel.hidden = this.#picture.hidden; // there is no picture to lay it over
    this.#offerClusters(analysis.cluster_names !== null);
    this.#size();
    await this.#renew();
  }

  /** Where the checkpoint has no clusters, their layer cannot be chosen, and gives way to the scores. @param {boolean} hasClusters */
  #offerClusters(hasClusters) {
    const isOn = this.#layer === "cluster";
    for (const input of this.#layers) {
      if (input.value === "quality" && isOn && !hasClusters) input.checked = true;
      if (input.value !== "cluster") continue;
      input.disabled = !hasClusters;
      for (const label of input.labels ?? []) label.title = hasClusters ? "" : words.noClusters;
    }
  }

  /** Draws again, in the colours now in force. */
  draw() {
    if (this.#local && this.#layer !== "off") this.#paint(this.#local);
  }

  async #switch() {
    await this.#renew();
    if (this.#local) this.#announce(words.announced(this.#summary.textContent));
  }

  async #renew() {
    history.replaceState(history.state, "", layerAddress(location, this.#layer));
    this.#clear();
    this.#latest.cancel();
    const analysis = this.#analysis;
    if (this.#layer === "off" || !analysis) return;
    try {
      const local = await this.#latest.run((signal) => this.#load(analysis, signal));
      if (local === null) return;
      this.#local = local;
      this.#fill(local, analysis);
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * @param {Analysis} analysis
   * @param {AbortSignal} signal
   */
  async #load({ id, checkpoint, weights_sha256: weights }, signal) {
    const key = [id, checkpoint, weights].join(" ");
    const known = this.#known.get(key);
    if (known) return known;
    this.#say(words.loading);
    const local = await this.#api.localQuality(id, checkpoint, signal);
    this.#known.set(key, local);
    return local;
  }

  #clear() {
    this.#local = null;
    this.#cursor = null;
    this.#overlay.hidden = true;
    this.#body.hidden = true;
    this.#say("");
  }

  /** @param {string} text */
  #say(text) {
    this.#status.textContent = text;
    this.#status.classList.remove("is-failure");
    this.#retry.hidden = true;
  }

  /** @param {unknown} error */
  #fail(error) {
    const problem = asProblem(error);
    const { code, title, detail } = problem.problem;
    const text = code === ABSENT ? words.absent : [title, detail].join(": ");
    this.#say(text);
    this.#status.classList.add("is-failure");
    this.#retry.hidden = !problem.retryable;
  }

  /** @param {LocalQuality} local @param {Analysis} analysis */
  #fill(local, analysis) {
    this.#say("");
    this.#paint(local);
    const { lowest, mean } = extremes(local);
    const count = places(local).length;
    const whole = format.score(analysis.score.value);
    this.#summary.replaceChildren(
      words.meanLine(count, format.count(count), format.score(mean), whole),
      " ",
      words.lowestLine(readingOf(local, lowest)),
    );
    const help = words.help(format.count(local.window_px), format.count(local.stride_px));
    this.#help.textContent = [help, ...local.notes.map((note) => `${note}.`)].join(" ");
    this.#table.replaceChildren(tableElement(tableOf(local), words.tableCaption));
    this.#move(null);
    this.#overlay.hidden = false;
    this.#body.hidden = false;
  }

  /** @param {LocalQuality} local */
  #paint(local) {
    const { width, height } = sizeOf(local);
    this.#drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const isQuality = this.#layer === "quality";
    const colour = isQuality ? qualityColours(local) : clusterColours(local);
    const cells = places(local).map((place) => svgElement("rect", { ...cellOf(local, place), fill: colour(place) }));
    this.#cells.replaceChildren(...cells);
    this.#key.replaceChildren(...(isQuality ? colourBar(local) : clusterLegend(local)));
  }

  #fade() {
    const share = this.#opacity.valueAsNumber / 100;
    this.#cells.setAttribute("opacity", String(share));
    const text = format.wholePercent(share);
    this.#opacityText.textContent = text;
    this.#opacity.setAttribute("aria-valuetext", words.opacity(text));
  }

  /** One pixel of the picture to one of the screen, or as large as the page has room. */
  #size() {
    const isNative = this.#native.checked;
    this.#view.classList.toggle("is-native", isNative);
    this.#picture.style.width = isNative ? `${this.#picture.naturalWidth / devicePixelRatio}px` : "";
    if (isNative) this.#view.setAttribute("tabindex", "0");
    else this.#view.removeAttribute("tabindex");
  }

  /** @param {PointerEvent} event */
  #point({ clientX, clientY }) {
    if (!this.#local) return;
    const { left, top, width, height } = this.#overlay.getBoundingClientRect();
    const size = sizeOf(this.#local);
    const x = ((clientX - left) / width) * size.width;
    const y = ((clientY - top) / height) * size.height;
    this.#move(placeAt(this.#local, x, y));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (!this.#local || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      this.#move(null);
      return;
    }
    const place = moved(this.#local, this.#cursor, event.key);
    if (place === null) return;
    event.preventDefault();
    this.#move(place);
    this.#announce(readingOf(this.#local, place));
  }

  #goToLowest() {
    if (!this.#local) return;
    this.#overlay.focus({ preventScroll: true });
    const { lowest } = extremes(this.#local);
    this.#move(lowest);
    this.#announce(readingOf(this.#local, lowest));
  }

  /** @param {Place | null} place */
  #move(place) {
    this.#cursor = place;
    this.#reading.textContent = place && this.#local ? readingOf(this.#local, place) : words.hint;
    this.#marks.replaceChildren(...(place && this.#local ? outline(this.#local, place) : []));
  }
}

/**
 * The window's own extent: a dark line under a dashed light one, seen on any picture.
 * @param {LocalQuality} local
 * @param {Place} place
 */
function outline(local, place) {
  const extent = { ...windowOf(local, place), class: "window-outline" };
  const cell = { ...cellOf(local, place), class: "cell-outline" };
  return [
    svgElement("rect", { ...extent, class: "window-outline under" }),
    svgElement("rect", extent),
    svgElement("rect", { ...cell, class: "cell-outline under" }),
    svgElement("rect", cell),
  ];
}

/** Of the picture, in its pixels. @param {LocalQuality} local */
function sizeOf({ columns, rows }) {
  return { width: columns.edges[columns.edges.length - 1], height: rows.edges[rows.edges.length - 1] };
}

/** @param {LocalQuality} local @returns {(place: Place) => string} */
function qualityColours(local) {
  const [low, high] = colourRange(local);
  return (place) => viridis((scoreAt(local, place) - low) / (high - low));
}

/** @param {LocalQuality} local @returns {(place: Place) => string} */
function clusterColours(local) {
  const colourOf = clusterColour(local);
  return (place) => colourOf(clusterAt(local, place) ?? "");
}

/** @param {LocalQuality} local @returns {(name: string) => string} */
function clusterColour({ cluster_names: names }) {
  const theme = chartTheme();
  const colors = new Map(categoryEntries(names ?? [], theme).map(({ key, color }) => [key, color]));
  return (name) => colors.get(name) ?? theme.neutral;
}

/** @param {LocalQuality} local */
function colourBar(local) {
  const [low, high] = colourRange(local);
  const steps = Array.from({ length: BAR_STEPS }, (_, index) =>
    svgElement("rect", { x: index, y: 0, width: 1.05, height: 1, fill: viridis((index + 0.5) / BAR_STEPS) }),
  );
  const viewBox = `0 0 ${BAR_STEPS} 1`;
  const look = { preserveAspectRatio: "none", "shape-rendering": "crispEdges", "aria-hidden": "true", class: "bar" };
  const bar = svgElement("svg", { viewBox, ...look }, ...steps);
  const ends = [low, (low + high) / 2, high].map((score) => element("span", {}, format.count(score)));
  return [bar, element("p", { className: "bar-ends small" }, ...ends), element("p", { className: "muted small" }, words.unit)];
}

/** @param {LocalQuality} local */
function clusterLegend(local) {
  const colourOf = clusterColour(local);
  const items = clusterCounts(local).map(({ name, count }) => {
    const counted = element("span", { className: "muted" }, words.windowCount(count, format.count(count)));
    return element("li", {}, swatch({ color: colourOf(name), symbol: "square" }), displayName(name), counted);
  });
  return [element("ul", { className: "cluster-legend small" }, ...items)];
}

/** @param {LocalQuality} local @param {Place} place */
function readingOf(local, place) {
  const { x, y, width, height } = windowOf(local, place);
  const score = scoreAt(local, place);
  const text = words.reading(span(x, width), span(y, height), format.score(score), qualityName(qualityWord(score)));
  const cluster = clusterAt(local, place);
  return cluster === null ? text : words.readingWithCluster(text, displayName(cluster));
}

/** @param {number} start @param {number} length */
function span(start, length) {
  return words.range(format.count(start), format.count(start + length));
}

/** @param {number} score */
function qualityWord(score) {
  return qualityWords[Math.min(Math.floor((score / 100) * qualityWords.length), qualityWords.length - 1)];
}

/** @param {LocalQuality} local @returns {import("../../../drawing/table.js").Table} */
function tableOf(local) {
  const hasClusters = local.clusters !== null;
  const sorted = places(local).sort((one, other) => scoreAt(local, one) - scoreAt(local, other));
  const rows = sorted.map((place) => {
    const { x, y, width, height } = windowOf(local, place);
    const cluster = hasClusters ? [displayName(clusterAt(local, place) ?? "")] : [];
    return [span(x, width), span(y, height), scoreAt(local, place), ...cluster];
  });
  /** @type {import("../../../drawing/table.js").Table["columns"]} */
  const columns = [
    { label: words.columns.x, format: "text" },
    { label: words.columns.y, format: "text" },
    { label: words.columns.score, format: "score" },
    ...(hasClusters ? [{ label: words.columns.cluster, format: /** @type {const} */ ("text") }] : []),
  ];
  return { columns, rows };
}
