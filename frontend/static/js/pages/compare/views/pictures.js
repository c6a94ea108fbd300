/** The section of linked pictures: both scores of each, those that differ most, and clusters against clusters. */

import { onPoints } from "../../../drawing/plot.js";
import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { HoverCard } from "../../../mapdata/hover_card.js";
import * as contingencyChart from "../charts/contingency.js";
import * as linkedChart from "../charts/linked.js";
import { agreement, contingency } from "../contingency.js";
import { mostChanged, summary } from "../joining.js";
import { linkedMaps, linkedPhotographs } from "../linked.js";
import { contingencyWords, pictures as words } from "../words.js";
import { CompareCard } from "./card.js";
import { linkedFacts, linkedItem } from "./linked_picture.js";
import { ComparePart } from "./part.js";

const CHANGED = 12;

export class PicturesSection {
  #scatter = new CompareCard(linkedChart);
  #clusters = new CompareCard(contingencyChart);
  #hover = new HoverCard();
  #lines = named("pictures-lines");
  #changed = named("changed");
  #picked = named("picked");
  #order = named("changed-order", "select");
  #note = element("p", { className: "notice small" });
  #onPick;
  #part;
  #clusterPart;
  #isListening = false;
  /** @type {import("../linked.js").Linked | null} */
  linked = null;
  #pair = { a: "", b: "" };

  /** @param {(id: string) => void} onPick called with the id of the picture that the reader picked */
  constructor(onPick) {
    this.#onPick = onPick;
    this.#part = new ComparePart(
      named("pictures-body"),
      this.#scatter.element,
      named("pictures-side"),
    );
    this.#clusterPart = new ComparePart(named("pictures-clusters"), this.#note, this.#clusters.element);
    this.#order.addEventListener("change", () => this.#showChanged());
    this.#changed.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button) this.#pick(Number(button.dataset.index));
    });
  }

  /** @param {import("./board.js").Shown} shown */
  async show({ data, pair, state, signal }) {
    this.linked = null; // until the new pair's is there, nothing may be saved under its name
    this.#pair = pair;
    this.#hover.hide();
    await this.#part.show(async () => {
      const linked = await (state.set === "map"
        ? linkedMaps(data, pair.a, pair.b)
        : linkedPhotographs(data, pair.a, pair.b, await clusterNames(data, pair)));
      signal.throwIfAborted();
      this.linked = linked;
      this.#showNone(linked === null, state.set);
      if (linked) await this.#showLinked(linked, state);
    }, signal);
    await this.#clusterPart.show(() => this.#showClusters(), signal);
  }

  /** @param {boolean} isNone @param {"map" | "photographs"} set */
  #showNone(isNone, set) {
    for (const part of [this.#scatter.element, named("pictures-side")]) part.hidden = isNone;
    if (isNone)
      this.#lines.replaceChildren(
        element("p", { className: "notice" }, set === "map" ? words.noCommon : words.otherSplits),
      );
  }

  /** @param {import("../linked.js").Linked} linked @param {import("./board.js").ShownState} state */
  async #showLinked({ joined }, state) {
    this.#showSummary(joined);
    this.#showChanged();
    await this.showPicked(state.picture);
    if (!this.#isListening) {
      this.#isListening = true;
      onPoints(this.#scatter.plot, {
        onHover: (index, at) => this.#point(index, at),
        onLeave: () => this.#hover.hide(),
        onPick: (index) => this.#pick(index),
      });
    }
  }

  /** @param {import("../joining.js").Joined} joined */
  #showSummary(joined) {
    const { srcc, medianSize, meanDelta, mostPlaces } = summary(joined);
    const { a, b } = joined.unmatched;
    const texts = [
      words.summary(format.correlation(srcc), format.score(medianSize), format.count(mostPlaces)),
      (meanDelta < 0 ? words.lower : words.higher)(format.score(Math.abs(meanDelta))),
      ...(a || b ? [words.unmatched(format.count(a), format.count(b))] : []),
    ];
    this.#lines.replaceChildren(element("p", {}, texts.join(" ")));
  }

  /** @param {import("../linked.js").Linked} linked */
  #measured({ joined, maps, name }) {
    const count = format.count(joined.ids.length);
    return maps ? words.measuredMap(count, name) : words.measuredPhotographs(count);
  }

  #showChanged() {
    const { linked } = this;
    if (!linked) return;
    const values = this.#order.value === "places" ? linked.joined.places : linked.joined.delta;
    this.#changed.replaceChildren(...mostChanged(values, CHANGED).map((index) => linkedItem(linked, index)));
  }

  /** Shows the picture of an id as picked, if there is one. @param {string | null} id */
  async showPicked(id) {
    const { linked } = this;
    if (!linked) return;
    const index = id === null ? -1 : linked.joined.ids.indexOf(id);
    const picked = index < 0 ? null : index;
    this.#picked.replaceChildren(
      picked === null
        ? element("p", { className: "muted small" }, words.pickedEmpty)
        : linkedFacts(linked, picked, this.#pair, { hasLinks: true }),
    );
    const data = { linked, pair: this.#pair, picked };
    const note = linkedChart.tableNote(data);
    await this.#scatter.show(data, `${this.#pair.a}-${this.#pair.b}`, [this.#measured(linked), note].filter(Boolean).join(" "));
  }

  /** @param {number} index @param {[number, number]} at px from the window's top left */
  #point(index, at) {
    if (this.linked) this.#hover.show(linkedFacts(this.linked, index, this.#pair, { hasLinks: false }), at);
  }

  /** @param {number} index */
  #pick(index) {
    this.#hover.hide();
    if (this.linked) this.#onPick(this.linked.joined.ids[index]);
  }

  async #showClusters() {
    const { linked } = this;
    const [first, second] = [linked?.joined.clusterA, linked?.joined.clusterB];
    const isKnown = linked && first && second;
    this.#clusters.element.hidden = !isKnown;
    this.#note.textContent = linked && !isKnown ? words.noClusters : "";
    if (!isKnown) return;
    const table = contingency(first, second);
    const says = `${this.#measured(linked)} ${contingencyWords.agreement(format.percent(agreement(table)))}`;
    await this.#clusters.show(
      { contingency: table, pair: this.#pair },
      `${this.#pair.a}-${this.#pair.b}-clusters`,
      says,
    );
  }
}

/**
 * Names of both checkpoints' clusters, which their maps tell; null where there are none to ask.
 * @param {import("../data.js").CompareData} data
 * @param {{a: string, b: string}} pair
 * @returns {Promise<[string[] | null, string[] | null]>}
 */
async function clusterNames(data, { a, b }) {
  const names = async (/** @type {string} */ id) => {
    try {
      return (await data.maps(id)).maps[0]?.categories.cluster ?? null;
    } catch {
      return null; // Numbers will do.
    }
  };
  return Promise.all([names(a), names(b)]);
}
