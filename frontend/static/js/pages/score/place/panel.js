/** The picture's place on the checkpoint's map: looked for when the reader comes near it. */

import { ChartCard } from "../../../drawing/chart_card.js";
import { chartTheme } from "../../../drawing/theme.js";
import { mapAddress } from "../../../kit/addresses.js";
import { element, named } from "../../../kit/dom/element.js";
import { exportName } from "../../../kit/export.js";
import * as format from "../../../kit/language/format.js";
import { Latest } from "../../../kit/net/latest.js";
import { asProblem } from "../../../kit/net/problem.js";
import { thumbnail } from "../../../mapdata/thumbnail.js";
import { placing } from "../../../mapdata/words.js";
import * as place from "./chart.js";
import { MAX_SMALL, loadSmallMap } from "./small_map.js";
import { place as words } from "./words.js";

/** @typedef {import("contract").AnalysisResponse} Analysis */

export class PlacePanel {
  #api;
  #card = new ChartCard(place, "h3", place.words);
  #section = named("place");
  #status = named("place-status");
  #again = named("place-again");
  #body = named("place-body");
  #neighbours = named("place-neighbours");
  #latest = new Latest();
  #near = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#look());
  /** @type {Map<string, import("./small_map.js").SmallMap>} by checkpoint and map */
  #maps = new Map();
  /** @type {Analysis | null} */
  #current = null;
  /** @type {place.Subject | null} what is drawn */
  #drawn = null;

  /** @param {import("../../../kit/net/api.js").Api} api */
  constructor(api) {
    this.#api = api;
    named("place-chart").append(this.#card.element);
    this.#again.addEventListener("click", () => this.#look());
  }

  /** The analysis on the page is another one; its place is looked for once this part is seen. @param {Analysis} analysis */
  show(analysis) {
    const before = this.#current;
    this.#current = analysis;
    if (before?.id === analysis.id && before.checkpoint === analysis.checkpoint && this.#drawn) return;
    this.#latest.cancel();
    this.#drawn = null;
    this.#body.hidden = true;
    this.#again.hidden = true;
    this.#status.textContent = words.loading;
    this.#status.className = "muted small";
    this.#near.disconnect();
    this.#near.observe(this.#section);
  }

  async #look() {
    this.#near.disconnect();
    this.#again.hidden = true;
    this.#status.textContent = words.loading;
    const analysis = this.#current;
    if (!analysis) return;
    try {
      await this.#latest.run((signal) => this.#place(analysis, signal));
    } catch (error) {
      this.#status.textContent = `${words.failed} ${asProblem(error).problem.detail}`;
      this.#again.hidden = false;
    }
  }

  /** @param {Analysis} analysis @param {AbortSignal} signal */
  async #place(analysis, signal) {
    const { checkpoint } = analysis;
    const { maps } = await this.#api.maps(checkpoint, signal);
    if (!maps.length) {
      if (!signal.aborted) this.#status.textContent = words.noMap;
      return;
    }
    const [small, placement] = await Promise.all([
      this.#smallMap(checkpoint, maps[0], signal),
      this.#api.place(analysis.id, { checkpoint, map: maps[0].address }, signal),
    ]);
    signal.throwIfAborted();
    this.#fill(analysis, small, placement);
    this.#drawn = { ...small, placement, nameOf: (row) => small.pictures.nameOf(row) };
    await this.draw();
  }

  /** @param {string} checkpoint @param {import("contract").MapResponse} map @param {AbortSignal} signal */
  async #smallMap(checkpoint, map, signal) {
    const key = `${checkpoint}/${map.columns.x.url}`;
    const small = this.#maps.get(key) ?? (await loadSmallMap(this.#api, map, signal));
    this.#maps.set(key, small);
    return small;
  }

  /**
   * @param {Analysis} analysis
   * @param {import("./small_map.js").SmallMap} small
   * @param {import("contract").PlaceResponse} placement
   */
  #fill(analysis, small, placement) {
    const [distance, limit] = [placement.distance, placement.warning_distance].map(format.number);
    const text = placement.is_far ? placing.placedFar(distance, limit) : placing.placed(distance, limit);
    const { count } = small.map;
    const sampled = count > MAX_SMALL ? ` ${words.sampled(format.count(MAX_SMALL), format.count(count))}` : "";
    this.#status.textContent = text + sampled;
    this.#status.className = placement.is_far ? "far" : "muted small";
    const items = placement.neighbours.map((neighbour) => neighbourItem(analysis, small, neighbour));
    this.#neighbours.replaceChildren(...items);
    named("place-map").setAttribute("href", mapAddress(analysis));
    this.#body.hidden = false;
  }

  /** The chart in the colours now in force. */
  async draw() {
    if (!this.#drawn || !this.#current) return;
    await this.#card.show(this.#drawn, chartTheme(), exportName(this.#current, "place"));
  }
}

/**
 * A thumbnail that leads to its picture on the map, where the upload stands, too.
 * @param {Analysis} analysis
 * @param {import("./small_map.js").SmallMap} small
 * @param {{row: number, distance: number}} neighbour
 */
function neighbourItem(analysis, { pictures }, { row, distance }) {
  const [name, away] = [pictures.nameOf(row), format.number(distance)];
  const label = words.openNeighbour(name, away);
  const link = element(
    "a",
    { href: `${mapAddress(analysis)}&row=${row}`, title: name, attributes: { "aria-label": label } },
    thumbnail(pictures.thumbnails, row),
    element("span", { className: "small" }, name),
    element("span", { className: "small muted" }, `${words.distance} ${away}`),
  );
  return element("li", {}, link);
}
