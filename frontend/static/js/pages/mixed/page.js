/** The lab of two distortions: one picture in every cell of a grid, beside what people said; the address says which. */

import { ChartCard } from "../../drawing/chart_card.js";
import { knownCells } from "../../drawing/matrix.js";
import { onBars } from "../../drawing/plot.js";
import { distortionName, fillDistortions } from "../../kit/distortions.js";
import { datum, element, fillSelect, named, setContent, setText } from "../../kit/dom/element.js";
import { onCsvWanted, saveText } from "../../kit/dom/saving.js";
import { exportName } from "../../kit/export.js";
import * as format from "../../kit/language/format.js";
import { qualityName } from "../../kit/language/words.js";
import { asProblem } from "../../kit/net/problem.js";
import { askInTurn } from "../../lab/lanes.js";
import { OpenedPage } from "../../lab/opened_page.js";
import { interval } from "../../lab/words.js";
import * as leading from "./charts/leading.js";
import * as people from "./charts/people.js";
import * as scores from "./charts/scores.js";
import { gridCsv } from "./csv.js";
import { axesOf, gridOf, placesOf, ratedOf, within } from "./grid.js";
import { compareOrder } from "./order.js";
import { LEVELS_GRID, readState, writeState } from "./state.js";
import * as words from "./words.js";

const CHARTS = [scores, people, leading.clusters, leading.experts];
/** Names of the mark that says when all is on the page; tests read it. */
const ALL_SHOWN = "mixed-all-shown";
/** So many pairs that people and checkpoint order differently are told one by one. */
const TOLD = 6;

/**
 * @typedef {import("./state.js").MixedState} MixedState
 * @typedef {import("./view.js").Place} Place
 * @typedef {import("contract").AnalysisResponse} Analysis
 * @typedef {import("contract").CellResponse} Cell
 * @typedef {import("../../kit/net/problem.js").ProblemError} ProblemError
 */

/** @type {import("../../kit/distortions.js").Applicable} */
const APPLICABLE = JSON.parse(datum(named("mixed-page"), "applicable"));

/** @extends {OpenedPage<MixedState>} */
class MixedPage extends OpenedPage {
  #cards = CHARTS.map((chart) => ({ chart, card: new ChartCard(chart, "h2", chart.words) }));
  #first = named("first", "select");
  #second = named("second", "select");
  #amounts = named("amounts", "select");
  #sliders = { row: named("row", "input"), column: named("column", "input") };
  #picture = named("cell-picture", "img");
  /** @type {import("contract").RatedGridResponse[]} */
  #rated = [];
  /** @type {Map<string, Cell>} every answer so far, by `key` */
  #answers = new Map();
  /** @type {Map<string, ProblemError>} of what is asked now */
  #failures = new Map();
  #hearsBars = false;

  constructor() {
    super("mixed-page", { read: (search) => readState(search, APPLICABLE), write: writeState }, words.titles);
    for (const { chart, card } of this.#cards) named(`chart-${chart.id}`).append(card.element);
    for (const select of [this.#first, this.#second]) fillDistortions(select, APPLICABLE);
  }

  async prepare() {
    this.#rated = (await this.api.ratedGrids()).grids;
  }

  listen() {
    super.listen();
    this.#first.addEventListener("change", () => this.change({ first: this.#first.value, grid: LEVELS_GRID }));
    this.#second.addEventListener("change", () => this.change({ second: this.#second.value, grid: LEVELS_GRID }));
    this.#amounts.addEventListener("change", () => this.change({ grid: this.#amounts.value }));
    for (const [axis, slider] of Object.entries(this.#sliders))
      slider.addEventListener("input", () => this.#look({ ...this.#chosen, [axis]: Number(slider.value) }));
    named("again").addEventListener("click", () => this.guard(() => this.ask()));
    onCsvWanted("grid-csv", (options) => this.#saveCsv(options));
  }

  get #grid() {
    return gridOf(this.state, this.#rated, this.#names);
  }

  /** The cell that the reader looks at. */
  get #chosen() {
    return within(this.#grid, this.state);
  }

  fillChoices() {
    super.fillChoices();
    const { first, second } = this.state;
    this.#first.value = first;
    this.#second.value = second;
    const rated = ratedOf(this.#rated, { first, second });
    fillSelect(this.#amounts, [
      [LEVELS_GRID, words.levelsChoice],
      ...rated.map(({ name, database }) => /** @type {[string, string]} */ ([name, words.ratedChoice(database)])),
    ]);
    const grid = this.#grid;
    this.#amounts.value = grid.rated?.name ?? LEVELS_GRID;
    const { names, units, rows, columns } = grid.axes;
    this.#sliders.row.max = String(rows.length - 1);
    this.#sliders.column.max = String(columns.length - 1);
    setText("row-label", words.sliderName(names[0], units[0]));
    setText("column-label", words.sliderName(names[1], units[1]));
  }

  /** @returns {[string, string]} */
  get #names() {
    return [distortionName(this.state.first, APPLICABLE), distortionName(this.state.second, APPLICABLE)];
  }

  /** @param {Place} place */
  #key({ row, column }) {
    return [this.state.analysis, this.picked, this.#grid.name, row, column].join("/");
  }

  /** Asks for every cell that is not known yet, the chosen one first; what was asked before is given up. */
  async ask() {
    this.#failures.clear();
    performance.clearMarks();
    const places = placesOf(this.#grid, this.#chosen);
    const wanted = places.filter((place) => !this.#answers.has(this.#key(place)));
    const done = this.asking.run(async (signal) => {
      const waiting = [...wanted];
      await askInTurn({ next: () => waiting.shift(), ask: (place) => this.#askCell(place, signal), signal });
      signal.throwIfAborted();
      if (wanted.length > 0 && this.#failures.size === 0) this.announce(words.finished);
      await this.redraw();
      performance.mark(ALL_SHOWN);
    });
    this.#showChosen();
    this.#showProgress();
    this.redrawSoon();
    await done;
  }

  /** @param {Place} place @param {AbortSignal} signal */
  async #askCell(place, signal) {
    const [key, { analysis }] = [this.#key(place), this.state];
    if (analysis === null) return;
    try {
      const wanted = { grid: this.#grid.name, ...place, checkpoint: this.picked };
      this.#answers.set(key, await this.api.cell(analysis, wanted, signal));
    } catch (error) {
      if (signal.aborted) return;
      this.#failures.set(key, asProblem(error));
    }
    if (signal.aborted) return;
    if (key === this.#key(this.#chosen)) this.#showChosen();
    this.#showDifference();
    this.#showProgress();
    this.redrawSoon();
  }

  /** The reader looks at another cell, which is on its way already. @param {Place} place */
  #look(place) {
    this.keep(place);
    this.#showChosen();
    this.redrawSoon();
  }

  #showProgress() {
    const { rows, columns } = this.#grid.axes;
    const all = rows.length * columns.length;
    const done = placesOf(this.#grid, this.#chosen).filter((place) => this.#answers.has(this.#key(place))).length;
    const bar = named("grid-progress", "progress");
    bar.max = all;
    bar.value = done;
    setText("progress-text", words.progress(done, all));
    named("progress-row").hidden = done === all;
    const failures = this.#failures.size;
    named("failures").hidden = failures === 0;
    setText("failures-text", failures === 0 ? "" : words.failed(failures));
  }

  #showChosen() {
    const place = this.#chosen;
    const { axes } = this.#grid;
    const { rows, columns } = axes;
    const name = words.cellName(axes, place);
    for (const [axis, amounts] of /** @type {const} */ ([["row", rows], ["column", columns]])) {
      this.#sliders[axis].value = String(place[axis]);
      this.#sliders[axis].setAttribute("aria-valuetext", amounts[place[axis]]);
      setText(`${axis}-amount`, amounts[place[axis]]);
    }
    setText("verdict-title", name);
    const answer = this.#answers.get(this.#key(place));
    const failure = this.#failures.get(this.#key(place));
    named("verdict").setAttribute("aria-busy", String(!answer && !failure));
    this.problem.hide();
    if (failure) this.problem.show(failure, () => this.guard(() => this.ask()));
    if (answer) this.#showAnswer(answer, name);
    else for (const id of ["score-value", "score-word", "score-interval", "score-difference"]) setText(id, "");
  }

  /** @param {Cell} answer @param {string} name */
  #showAnswer({ score: { value, word, low, high }, picture, equals_original: isUnchanged }, name) {
    setText("score-value", format.score(value));
    setText("score-word", qualityName(word));
    setText("score-interval", interval(format.score(low), format.score(high)));
    named("unchanged").hidden = !isUnchanged;
    this.#showDifference();
    this.announce(words.announced(name, format.score(value), qualityName(word)));
    if (!this.analysis) return;
    this.#picture.alt = words.pictureAlt(name, this.analysis.filename);
    if (this.#picture.getAttribute("src") !== picture) this.#picture.src = picture;
  }

  /** How far the chosen cell is from the mildest one, once both are known. */
  #showDifference() {
    const [chosen, mildest] = [this.#chosen, { row: 0, column: 0 }].map((place) => this.#answers.get(this.#key(place)));
    const difference = chosen && mildest ? chosen.score.value - mildest.score.value : null;
    setText("score-difference", difference === null ? "" : words.difference(format.signed(difference)));
  }

  /** Where people and checkpoint order cells differently, in words. */
  #showOrder() {
    const view = this.#view;
    setContent("order-pairs");
    if (view.people === null) return setText("order-text", words.order.none);
    if (view.grid.rated === null) return setText("order-text", words.order.choose(view.people.rated.database));
    if (view.cells.flat().includes(null)) return setText("order-text", words.order.waiting);
    const { clear, same, others } = compareOrder(view.grid.rated, scores.valuesOf(view));
    setText("order-text", words.order.said(same, clear, format.wholePercent(same / clear)));
    const nameAt = (/** @type {Place} */ place) => words.cellName(view.grid.axes, place);
    const told = others.slice(0, TOLD).map(({ better, worse, gain }) =>
      element("li", {}, words.order.other(nameAt(better), nameAt(worse), format.score(gain))),
    );
    const more = others.length - told.length;
    setContent("order-pairs", ...told, ...(more > 0 ? [element("li", {}, words.order.more(more))] : []));
  }

  /** @returns {import("./view.js").MixedView} */
  get #view() {
    const grid = this.#grid;
    const rated = grid.rated ?? ratedOf(this.#rated, this.state)[0] ?? null;
    return {
      grid,
      chosen: this.#chosen,
      cells: grid.axes.rows.map((_, row) =>
        grid.axes.columns.map((_amount, column) => this.#answers.get(this.#key({ row, column })) ?? null),
      ),
      people: rated && { rated, axes: axesOf(rated, this.#names) },
      isNarrow: this.isNarrow,
    };
  }

  /** @param {Analysis} analysis @param {import("../../drawing/theme.js").Theme} theme */
  async draw(analysis, theme) {
    const view = this.#view;
    for (const { chart, card } of this.#cards)
      await card.show(view, theme, exportName({ ...analysis, checkpoint: this.picked }, chart.id));
    this.#showOrder();
    this.#showAbsent(view);
    this.#hearBars(view);
  }

  /** What this variant does not have, once anything is known of it. @param {import("./view.js").MixedView} view */
  #showAbsent(view) {
    const absent = scores.applies(view) ? [leading.clusters, leading.experts].filter((chart) => !chart.applies(view)) : [];
    setContent("absent", ...absent.map((chart) => element("li", {}, chart.words.absence)));
  }

  /** A press on a cell of the scores looks at it. @param {import("./view.js").MixedView} view */
  #hearBars(view) {
    if (this.#hearsBars || !scores.applies(view)) return;
    this.#hearsBars = true;
    const [{ card }] = this.#cards;
    onBars(card.plot, (number) => this.#look(knownCells(scores.valuesOf(this.#view))[number]));
  }

  /** @param {{isProtected: boolean}} options */
  #saveCsv(options) {
    if (!this.analysis) return;
    const name = exportName({ ...this.analysis, checkpoint: this.picked }, `${this.#grid.name}.csv`);
    saveText(gridCsv(this.#view, this.state, options), name, "text/csv");
  }
}

await new MixedPage().start();
