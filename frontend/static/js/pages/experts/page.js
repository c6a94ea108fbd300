/** The Experts page: how one checkpoint uses its experts and clusters; the address holds all of its state. */

import { ChartCard } from "../../drawing/chart_card.js";
import { preloadPlotly } from "../../drawing/plot.js";
import { chartTheme } from "../../drawing/theme.js";
import { datum, element, fillSelect, named, setContent, setText } from "../../kit/dom/element.js";
import * as format from "../../kit/language/format.js";
import { checkpointText } from "../../kit/language/words.js";
import { Latest } from "../../kit/net/latest.js";
import { AddressedPage } from "../../kit/page.js";
import { mapSource } from "../../mapdata/source.js";
import { showStudyLine } from "../../mapdata/study_line.js";
import { CHARTS } from "./charts/all.js";
import { bicFinding } from "./findings.js";
import { readState, writeState } from "./state.js";
import { clusterItems } from "./views/cluster_examples.js";
import { keyElement, keyFigures, lackingLines, measuredLines, verdict } from "./views/overview.js";
import { portraitItems } from "./views/portraits.js";
import * as words from "./words.js";

/** @typedef {import("./state.js").ExpertsState} ExpertsState */

/** @extends AddressedPage<ExpertsState> */
class ExpertsPage extends AddressedPage {
  #checkpoint = named("checkpoint", "select");
  #map = named("map-choice", "select");
  #opening = new Latest();
  #cards = CHARTS.map((chart) => ({ chart, card: new ChartCard(chart, "h3", words.charts[chart.id]) }));
  #source = mapSource(this.api, this.state.study);
  /** @type {string | null} */
  #defaultCheckpoint = null;
  /** @type {import("contract").CheckpointResponse[]} */
  #checkpoints = [];
  /** @type {import("contract").ExpertsResponse | null} */
  #experts = null;

  constructor() {
    super("experts-page", { read: readState, write: writeState });
    for (const { chart, card } of this.#cards) {
      card.element.hidden = true;
      named(`${chart.section}-charts`).append(card.element);
    }
  }

  listen() {
    this.#checkpoint.addEventListener("change", () =>
      this.change({ checkpoint: this.#checkpoint.value, map: null }),
    );
    this.#map.addEventListener("change", () => this.change({ map: this.#map.value }));
    for (const button of choiceButtons()) {
      button.addEventListener("click", () => this.change({ [choiceOf(button)]: button.value }));
    }
  }

  get isShown() {
    return this.#experts !== null;
  }

  async open() {
    // Meanwhile, so that the first chart need not wait for it.
    preloadPlotly();
    await this.#openSource();
    await this.#load();
  }

  /** The checkpoints that are measured: all, or those of a study. */
  async #openSource() {
    this.#source = mapSource(this.api, this.state.study);
    const choice = await this.#source.choice();
    this.#checkpoints = choice.checkpoints;
    fillSelect(
      this.#checkpoint,
      choice.checkpoints.map(({ id, title }) => [id, checkpointText(title)]),
    );
    showStudyLine(choice.study, "map");
    this.#defaultCheckpoint = choice.default;
    this.fillGaps();
  }

  /** Where the address names no checkpoint, the service's default or the study's best is meant. */
  fillGaps() {
    this.assume({ checkpoint: this.state.checkpoint ?? this.#defaultCheckpoint });
  }

  async repaint() {
    await this.#show();
  }

  /** @param {ExpertsState} before */
  async catchUp(before) {
    if (before.study !== this.state.study) await this.guard(() => this.#openSource());
    const isOther = /** @type {const} */ (["study", "checkpoint", "map"]).some((key) => before[key] !== this.state[key]);
    await this.guard(() => (isOther || !this.#experts ? this.#load() : this.#show()));
  }

  /** Fetches the figures that the state asks for, and shows them. */
  async #load() {
    this.#experts = null;
    this.show("loading");
    this.root.setAttribute("aria-busy", "true");
    this.announce(words.loading);
    const { checkpoint, map } = { ...this.state, checkpoint: this.state.checkpoint ?? "" };
    this.#checkpoint.value = checkpoint;
    document.title = words.title(checkpoint);
    try {
      const experts = await this.#opening.run((signal) => this.#source.experts(checkpoint, map, signal));
      if (!experts) return;
      this.#experts = experts;
      this.show("figures");
      await this.#show();
      this.announce(words.shown(experts.checkpoint));
      this.root.setAttribute("aria-busy", "false");
    } catch (error) {
      this.root.setAttribute("aria-busy", "false");
      throw error;
    }
  }

  async #show() {
    const [experts, theme] = [this.#experts, chartTheme()];
    if (experts === null) return;
    this.#showChoices(experts);
    this.#showOverview(experts);
    this.#showLists(experts, theme);
    const view = { experts, state: this.state };
    for (const { chart, card } of this.#cards) card.element.hidden = !chart.applies(view);
    for (const section of document.querySelectorAll("[data-section]")) {
      /** @type {HTMLElement} */ (section).hidden = !section.querySelector(".chart:not([hidden]), li");
    }
    for (const { chart, card } of this.#cards) {
      // Another checkpoint was asked for meanwhile.
      if (experts !== this.#experts) return;
      await card.show(view, theme, `${experts.checkpoint}-${chart.id}`);
    }
  }

  /** @param {import("contract").ExpertsResponse} experts */
  #showChoices({ maps, map }) {
    fillSelect(
      this.#map,
      maps.map(({ address, name, count }) => [address, words.mapChoice(name, format.count(count))]),
    );
    if (map) this.#map.value = map.address;
    named("which-map").hidden = maps.length < 2;
    for (const button of choiceButtons()) {
      button.setAttribute("aria-pressed", String(this.state[choiceOf(button)] === button.value));
    }
  }

  /** @param {import("contract").ExpertsResponse} experts */
  #showOverview(experts) {
    const [first, ...more] = verdict(experts);
    setText("verdict", first);
    fillList("verdict-more", more);
    setContent("key-figures", ...keyFigures(experts).map(keyElement));
    fillList("measured", [...measuredLines(experts), ...experts.refused.map(words.refused)]);
    fillList("lacking-list", lackingLines(experts));
    this.#showElsewhere(experts);
    named("lacking").hidden = lackingLines(experts).length === 0;
    const bic = bicFinding(experts);
    setText("bic-line", bic ? words.bicSentence(bic) : "");
    const shared = experts.usage?.cluster_expert_information;
    setText("shared-line", shared ? words.sharedSentence(shared) : "");
  }

  /** Where there are no experts: the checkpoints that have some. @param {import("contract").ExpertsResponse} experts */
  #showElsewhere({ num_experts: count }) {
    const others = count === null ? this.#checkpoints.filter(({ num_experts: has }) => has !== null) : [];
    const links = others.map(({ id, title }) =>
      element("a", { href: location.pathname + writeState({ ...this.state, checkpoint: id, map: null }) }, checkpointText(title)),
    );
    const line = named("elsewhere");
    line.hidden = links.length === 0;
    line.replaceChildren(words.elsewhere, ...links);
  }

  /**
   * @param {import("contract").ExpertsResponse} experts
   * @param {import("../../drawing/theme.js").Theme} theme
   */
  #showLists(experts, theme) {
    const { usage, examples } = experts;
    const portraits = usage?.portraits ? portraitItems(usage, theme) : [];
    setContent("portraits", ...portraits);
    const clusters = examples ? clusterItems(experts, this.state.study, theme) : [];
    setContent("examples", ...clusters);
  }
}

/** @returns {HTMLButtonElement[]} buttons that set a part of the state */
function choiceButtons() {
  return Array.from(document.querySelectorAll("button[data-choice]"));
}

/** @param {HTMLButtonElement} button */
function choiceOf(button) {
  return /** @type {keyof ExpertsState} */ (datum(button, "choice"));
}

/** @param {string} id @param {string[]} lines */
function fillList(id, lines) {
  setContent(id, ...lines.map((line) => element("li", {}, line)));
}

await new ExpertsPage().start();
