/** The Distortion lab: one picture under one distortion at five levels; the address says which. */

import { ChartCard } from "../../drawing/chart_card.js";
import { mixedAddress } from "../../kit/addresses.js";
import { distortionName, fillDistortions, groupOf } from "../../kit/distortions.js";
import { datum, element, named, setText } from "../../kit/dom/element.js";
import { exportName } from "../../kit/export.js";
import * as format from "../../kit/language/format.js";
import { qualityName } from "../../kit/language/words.js";
import { asProblem } from "../../kit/net/problem.js";
import { OpenedPage } from "../../lab/opened_page.js";
import { interval } from "../../lab/words.js";
import { MapData } from "../../mapdata/data.js";
import * as experts from "./charts/experts.js";
import * as path from "./charts/path.js";
import * as posteriors from "./charts/posteriors.js";
import * as score from "./charts/score.js";
import { askLevels } from "./levels.js";
import { readState, writeState } from "./state.js";
import { CHART_LEVELS } from "./view.js";
import { LevelStrip } from "./views/level_strip.js";
import { PicturePair } from "./views/picture_pair.js";
import * as words from "./words.js";

const CHARTS = [score, path, posteriors, experts];
/** Names of the marks that say when the chosen level, and when all, were on the page; benchmarks read them. */
const CHOSEN_SHOWN = "lab-chosen-shown";
const ALL_SHOWN = "lab-all-shown";

/**
 * @typedef {import("./state.js").LabState} LabState
 * @typedef {import("contract").LevelResponse} Level
 * @typedef {import("../../kit/net/problem.js").ProblemError} ProblemError
 */

/** @type {import("../../kit/distortions.js").Applicable} */
const APPLICABLE = JSON.parse(datum(named("lab-page"), "applicable"));

/** @extends {OpenedPage<LabState>} */
class LabPage extends OpenedPage {
  #strip = new LevelStrip({ onLevel: (level) => this.#chooseLevel(level), onRetry: (level) => this.#askAgain(level) });
  #pair = new PicturePair(this.api);
  #cards = CHARTS.map((chart) => ({ chart, card: new ChartCard(chart, "h2", chart.words) }));
  #type = named("type", "select");
  /** @type {AbortSignal} of what is asked */
  #signal = new AbortController().signal;
  /** @type {Map<string, Level>} every answer so far, by `key` */
  #answers = new Map();
  /** @type {Map<string, ProblemError>} */
  #failures = new Map();
  /** @type {{checkpoint: string, points: {x: Float32Array, y: Float32Array} | null} | null} */
  #map = null;
  #isNear = false;

  constructor() {
    super("lab-page", { read: (search) => readState(search, APPLICABLE), write: writeState }, words.titles);
    for (const { chart, card } of this.#cards) named(`chart-${chart.id}`).append(card.element);
    fillDistortions(this.#type, APPLICABLE);
  }

  listen() {
    super.listen();
    this.#type.addEventListener("change", () => this.change({ type: this.#type.value }));
    named("extent").addEventListener("click", () => this.#toggleExtent());
  }

  fillChoices() {
    super.fillChoices();
    this.#type.value = this.state.type;
    named("to-mixed").setAttribute("href", mixedAddress({ ...this.state, checkpoint: this.picked }));
  }

  /** @param {import("contract").AnalysisResponse} analysis */
  opened({ filename, image: { width, height }, links }) {
    this.#pair.open({ url: links.picture, filename, width, height });
  }

  /** @param {number} level @param {LabState} [state] */
  #key(level, { analysis, type } = this.state) {
    // The clean picture is the same under every type.
    return [analysis, this.picked, level === 0 ? "" : type, level].join("/");
  }

  /** @param {number} level */
  #outcome(level) {
    return this.#answers.get(this.#key(level)) ?? this.#failures.get(this.#key(level)) ?? null;
  }

  /** Asks for every level that is not known yet, the chosen one first; what was asked before is given up. */
  async ask() {
    this.#failures.clear();
    performance.clearMarks();
    const done = this.asking.run(async (signal) => {
      this.#signal = signal;
      const wanted = CHART_LEVELS.filter((level) => !this.#answers.has(this.#key(level)));
      if (wanted.length > 0) this.announce(words.asking(nameOf(this.state.type)));
      this.#loadMap(signal);
      await askLevels({ wanted, chosen: () => this.state.level, ask: (level) => this.#askLevel(level, signal), signal });
      signal.throwIfAborted();
      await this.redraw();
      performance.mark(ALL_SHOWN);
    });
    this.#showLevels();
    await done;
  }

  /** @param {number} level @param {AbortSignal} signal */
  async #askLevel(level, signal) {
    const [key, { analysis, type }] = [this.#key(level), this.state];
    if (analysis === null) return;
    try {
      this.#answers.set(key, await this.api.level(analysis, { type, level, checkpoint: this.picked }, signal));
    } catch (error) {
      if (signal.aborted) return;
      this.#failures.set(key, asProblem(error));
    }
    if (!signal.aborted) this.#showLevels(level);
  }

  /** @param {number} level */
  async #askAgain(level) {
    this.#failures.delete(this.#key(level));
    this.#showLevels(level);
    await this.#askLevel(level, this.#signal);
  }

  /** The slider asks for nothing that is not on its way already. @param {number} level */
  #chooseLevel(level) {
    this.keep({ level });
    this.#showLevels(level);
  }

  /** Puts on the page what is known; `changed` is the level that has news. @param {number | null} [changed] */
  #showLevels(changed = this.state.level) {
    const { level } = this.state;
    const outcomes = CHART_LEVELS.map((each) => this.#outcome(each));
    this.#strip.show(level, outcomes);
    // Until the first answer the charts are those of the distortion before.
    named("lab").setAttribute("aria-busy", String(outcomes.every((outcome) => outcome === null)));
    if (changed === level) this.#showChosen();
    this.#showDifference();
    this.redrawSoon();
  }

  #showChosen() {
    const { level, type } = this.state;
    const outcome = this.#outcome(level);
    if (this.analysis) setText("verdict-title", words.verdict(this.analysis.filename, nameOf(type), level));
    this.problem.hide();
    named("verdict").setAttribute("aria-busy", String(outcome === null));
    if (outcome === null) {
      this.#pair.wait();
      return;
    }
    if (outcome instanceof Error) {
      for (const id of ["score-word", "score-interval"]) setText(id, "");
      setText("score-value", words.states.none);
      named("unchanged").hidden = true;
      this.#pair.showNone(words.levelFailed(level));
      this.problem.show(outcome, () => this.#askAgain(level));
      return;
    }
    const { value, word, low, high } = outcome.score;
    setText("score-value", format.score(value));
    setText("score-word", qualityName(word));
    setText("score-interval", interval(format.score(low), format.score(high)));
    named("unchanged").hidden = !outcome.equals_original;
    this.announce(words.announced(level, format.score(value), qualityName(word)));
    performance.mark(CHOSEN_SHOWN);
    this.#showPicture(outcome);
  }

  /** @param {Level} answer */
  async #showPicture({ picture, level, distortion_type: type }) {
    const alt = words.pictures.distortedAlt(nameOf(type), level);
    try {
      await this.#pair.show({ url: picture, label: words.levelName(level), alt });
    } catch (error) {
      const again = this.#outcome(level);
      if (again === null || again instanceof Error || again.picture !== picture) return;
      this.fail(error, () => this.#showChosen());
    }
  }

  /** How far the chosen level is from the clean picture, once both are known. */
  #showDifference() {
    const [chosen, clean] = [this.state.level, 0].map((level) => this.#answers.get(this.#key(level)));
    const difference = chosen && clean ? chosen.score.value - clean.score.value : null;
    setText("score-difference", difference === null ? "" : words.difference(format.signed(difference)));
  }

  /** The map of the picked checkpoint, once; the charts do without it until then. @param {AbortSignal} signal */
  async #loadMap(signal) {
    const checkpoint = this.picked;
    if (this.#map?.checkpoint === checkpoint) return;
    this.#map = null;
    try {
      const { maps } = await this.api.maps(checkpoint, signal);
      this.#map = { checkpoint, points: maps.length > 0 ? await this.#points(maps[0], signal) : null };
      this.redrawSoon();
    } catch (error) {
      if (!signal.aborted) this.fail(error, () => this.#loadMap(signal));
    }
  }

  /** @param {import("contract").MapResponse} map @param {AbortSignal} signal */
  async #points(map, signal) {
    const data = new MapData(this.api, map, signal, () => {});
    const [x, y] = await Promise.all([data.numbers("x"), data.numbers("y")]);
    return { x, y };
  }

  #toggleExtent() {
    this.#isNear = !this.#isNear;
    this.redrawSoon();
  }

  /** @returns {import("./view.js").LabView} */
  get #view() {
    const { type, level } = this.state;
    return {
      type,
      group: groupOf(type, APPLICABLE) ?? "",
      chosen: level,
      levels: CHART_LEVELS.map((each) => this.#answers.get(this.#key(each)) ?? null),
      isNarrow: this.isNarrow,
      points: this.#map?.checkpoint === this.picked ? this.#map.points : null,
      isNear: this.#isNear,
    };
  }

  /** @param {import("contract").AnalysisResponse} analysis @param {import("../../drawing/theme.js").Theme} theme */
  async draw(analysis, theme) {
    const view = this.#view;
    const isWaiting = CHART_LEVELS.some((level) => this.#outcome(level) === null);
    if (isWaiting && view.levels.every((level) => level === null)) return;
    for (const { chart, card } of this.#cards)
      await card.show(view, theme, exportName({ ...analysis, checkpoint: this.picked }, `${view.type}-${chart.id}`));
    this.#showAbsent(view);
  }

  /** What this variant does not have, once that is known. @param {import("./view.js").LabView} view */
  #showAbsent(view) {
    named("extent-row").hidden = !path.applies(view);
    setText("extent", words.extent(this.#isNear));
    const isKnown = this.#map?.checkpoint === this.picked;
    const absent = CHARTS.filter((chart) => !chart.applies(view) && (chart !== path || (isKnown && !view.points)));
    const lines = absent.map((chart) => element("li", {}, chart.words.absence));
    named("absent").replaceChildren(...lines);
  }
}

/** A type as people read it. @param {string} type */
function nameOf(type) {
  return distortionName(type, APPLICABLE);
}

await new LabPage().start();
