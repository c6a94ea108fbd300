/** What both labs have in common: a picture is opened, asked about, and charts follow what is known so far. */

import { preloadPlotly } from "../drawing/plot.js";
import { chartTheme } from "../drawing/theme.js";
import { rememberPicture } from "../kit/context.js";
import { fillSelect, named, setText } from "../kit/dom/element.js";
import { shownName } from "../kit/language/names.js";
import { checkpointText, problems } from "../kit/language/words.js";
import { Latest } from "../kit/net/latest.js";
import { ProblemError } from "../kit/net/problem.js";
import { AddressedPage } from "../kit/page.js";
import { checkSize, fetchSample } from "../sending/files.js";
import { listenForIntent, listenForPictures } from "../sending/intake.js";
import { status } from "./words.js";

const NARROW = "(width < 56rem)";

/**
 * @typedef {import("contract").AnalysisResponse} Analysis
 * @typedef {{emptyTitle: string, title: (filename: string) => string}} Titles of the document
 * @typedef {object} OpenedState
 * @property {string | null} analysis null: nothing was chosen yet
 * @property {string | null} checkpoint null: the analysis's own, else the service's default
 */

/**
 * A lab overrides `ask` and `draw`, and `prepare` and `fillChoices` where it has more to choose.
 * @template {OpenedState} State
 * @extends {AddressedPage<State>}
 */
export class OpenedPage extends AddressedPage {
  #titles;
  #limit_bytes = Number(this.root.dataset.maxUploadBytes);
  #checkpoint = named("checkpoint", "select");
  #narrow = matchMedia(NARROW);
  #defaultCheckpoint = "";
  #opening = new Latest();
  /** @type {Promise<void> | null} */
  #drawing = null;
  #isStale = false;

  /** What is asked of the picture. */
  asking = new Latest();
  /** @type {Analysis | null} the picture that is open */
  analysis = null;

  /**
   * @param {string} id
   * @param {{read: (search: string) => State, write: (state: State) => string}} address
   * @param {Titles} titles
   */
  constructor(id, address, titles) {
    super(id, address);
    this.#titles = titles;
  }

  get isShown() {
    return this.analysis !== null;
  }

  get isNarrow() {
    return this.#narrow.matches;
  }

  /** The checkpoint that scores next. */
  get picked() {
    return this.state.checkpoint ?? this.analysis?.checkpoint ?? this.#defaultCheckpoint;
  }

  /** What a lab needs before it can show anything. */
  async prepare() {}

  /** Asks for everything that is not known yet; what was asked before is given up. */
  async ask() {}

  /** Draws the charts of what is known. @param {Analysis} _analysis @param {import("../drawing/theme.js").Theme} _theme */
  async draw(_analysis, _theme) {}

  /** Another picture is open. @param {Analysis} _analysis */
  opened(_analysis) {}

  async open() {
    if (this.state.analysis) {
      this.#busy(status.loading);
      preloadPlotly();
    }
    const [list] = await Promise.all([this.api.checkpoints(), this.prepare()]);
    fillSelect(
      this.#checkpoint,
      list.checkpoints.map(({ id, title }) => [id, checkpointText(title)]),
    );
    this.#defaultCheckpoint = list.default ?? "";
    await this.#showState();
  }

  listen() {
    listenForIntent(preloadPlotly);
    listenForPictures({
      onFile: (file, files) => this.#upload(file.name, async () => file, files.length),
      onSample: (sample) => this.#upload(sample.name, (signal) => fetchSample(sample, signal)),
      onNothing: () => this.fail(new ProblemError(problems.noPictureGiven)),
    });
    this.#checkpoint.addEventListener("change", () => this.change(changed({ checkpoint: this.#checkpoint.value })));
    named("another").addEventListener("click", () => this.change(changed({ analysis: null })));
    named("cancel").addEventListener("click", () => this.#cancel());
    this.#narrow.addEventListener("change", () => this.redrawSoon());
  }

  failed() {
    this.#stay();
  }

  async repaint() {
    await this.redraw();
  }

  async catchUp() {
    await this.guard(() => this.#showState());
  }

  /** What the reader can choose, as the state has it. */
  fillChoices() {
    this.#checkpoint.value = this.picked;
  }

  /** Draws the charts of what is known; what becomes known meanwhile is drawn together afterwards. */
  async redraw() {
    this.#isStale = true;
    this.#drawing ??= this.#redrawUntilFresh().finally(() => (this.#drawing = null));
    await this.#drawing;
  }

  /** The same beside other work. */
  redrawSoon() {
    this.redraw().catch((error) => this.fail(error, () => this.redrawSoon()));
  }

  async #redrawUntilFresh() {
    while (this.#isStale && this.analysis) {
      this.#isStale = false;
      await this.draw(this.analysis, chartTheme());
    }
  }

  /** Uploads a picture or a sample, as the Score page does, and opens it. */
  async #upload(/** @type {string} */ name, /** @type {(signal: AbortSignal) => Promise<File>} */ obtain, count = 1) {
    await this.guard(async () => {
      this.#busy(status.uploading(name));
      const analysis = await this.#opening.run(async (signal) => {
        const file = await obtain(signal);
        checkSize(file, this.#limit_bytes);
        return this.api.analyse(file, this.picked, signal);
      });
      if (!analysis) return;
      this.step(changed({ analysis: analysis.id, checkpoint: analysis.checkpoint }));
      this.#present(analysis);
      named("filename").focus({ preventScroll: true });
      setText("notice", count > 1 ? status.onlyFirst(count) : "");
      await this.ask();
    });
  }

  /** Brings the page to the state. */
  async #showState() {
    const { analysis: id } = this.state;
    this.fillChoices();
    if (id === null) {
      this.#clear();
      return;
    }
    if (this.analysis?.id === id) {
      this.#opening.cancel();
      this.show("lab");
    } else {
      this.#busy(status.loading);
      const analysis = await this.#opening.run((signal) => this.api.analysis(id, null, signal));
      if (!analysis) return;
      this.#present(analysis);
    }
    await this.ask();
  }

  #clear() {
    this.#opening.cancel();
    this.asking.cancel();
    this.analysis = null;
    this.show("empty");
    document.title = this.#titles.emptyTitle;
  }

  #cancel() {
    this.#opening.cancel();
    this.announce(status.cancelled);
    this.#stay();
  }

  /** What was asked for did not come: the page goes on with the picture that it has, if any. */
  #stay() {
    this.show(this.analysis ? "lab" : "empty");
    if (!this.analysis || this.state.analysis === this.analysis.id) return;
    this.keep(changed({ analysis: this.analysis.id }));
  }

  /** @param {string} text */
  #busy(text) {
    this.show("busy");
    named("busy-text").textContent = text;
    this.announce(text);
  }

  /** @param {Analysis} analysis */
  #present(analysis) {
    this.analysis = analysis;
    rememberPicture(analysis);
    this.show("lab");
    this.fillChoices();
    document.title = this.#titles.title(analysis.filename);
    setText("notice", "");
    setText("filename", shownName(analysis.filename));
    named("to-score").setAttribute("href", analysis.links.page);
    this.opened(analysis);
  }
}

/**
 * Changes of what every lab's state has, as changes of one lab's.
 * @template {OpenedState} State
 * @param {Partial<OpenedState>} changes
 * @returns {Partial<State>}
 */
function changed(changes) {
  return /** @type {Partial<State>} */ (changes);
}
