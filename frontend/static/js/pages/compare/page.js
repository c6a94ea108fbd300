/** The Compare page: a leaderboard, and two of its checkpoints side by side; the address holds what is shown. */

import { preloadPlotly } from "../../drawing/plot.js";
import { element, named } from "../../kit/dom/element.js";
import { saveText } from "../../kit/dom/saving.js";
import * as format from "../../kit/language/format.js";
import { Api } from "../../kit/net/api.js";
import { Latest } from "../../kit/net/latest.js";
import { asProblem } from "../../kit/net/problem.js";
import { ProblemPanel } from "../../kit/problem_panel.js";
import { CompareData } from "./data.js";
import { leaderboardCsv, pairCsv } from "./exporting.js";
import { readState, writeState } from "./state.js";
import { BoardSection } from "./views/board.js";
import { ErrorsSection } from "./views/errors.js";
import { CompareFrame } from "./views/frame.js";
import { ComparePart } from "./views/part.js";
import { PicturesSection } from "./views/pictures.js";
import { RouterSection } from "./views/router.js";
import { TrainingSection } from "./views/training.js";
import { TypesSection } from "./views/types.js";
import { showVerdict } from "./views/verdict.js";
import { page as words, pictures as pictureWords } from "./words.js";

/** The plain regressor: what a mixture is compared with unless asked otherwise. */
const BASELINE = "no_gmm";

/** @typedef {import("./state.js").CompareState} CompareState */

class ComparePage {
  #frame = new CompareFrame({
    onChange: (changes) => this.#change(changes),
    onSwap: () => this.#change({ a: this.#pair.b, b: this.#pair.a }),
    onBoardCsv: () => this.#saveBoard(),
    onPairCsv: () => this.#savePair(),
  });
  #data = new CompareData(new Api(this.#frame.apiUrl));
  #api = new Api(this.#frame.apiUrl);
  #problem = new ProblemPanel();
  #verdict = element("div", { className: "verdict-text" });
  #verdictPart = new ComparePart(named("pair-verdict"), this.#verdict);
  #pictures = new PicturesSection((id) => this.#pick(id));
  #router = new RouterSection([]);
  /** @type {Record<string, {show: (shown: import("./views/board.js").Shown) => Promise<void>}>} */
  #sections = {
    board: new BoardSection(),
    pictures: this.#pictures,
    errors: new ErrorsSection(),
    types: new TypesSection(),
    router: this.#router,
    training: new TrainingSection((term) => this.#change({ term })),
  };
  #state = readState(location.search);
  #showing = new Latest();
  /** @type {{a: string, b: string} | null} checkpoints for where the address names none */
  #usual = null;

  async open() {
    addEventListener("popstate", () => this.#follow());
    document.addEventListener("themechange", () => this.#usual && this.#show());
    preloadPlotly();
    await this.#guard(async () => {
      const { default: usual, checkpoints } = await this.#api.checkpoints();
      const [ids, preset] = [checkpoints.map(({ id }) => id), usual ?? ""];
      this.#router.ids = ids;
      this.#usual = { a: preset, b: ids.includes(BASELINE) ? BASELINE : (ids.find((id) => id !== preset) ?? preset) };
      this.#frame.fill(checkpoints);
      await this.#show();
    });
  }

  get #pair() {
    return { a: this.#state.a ?? this.#usual?.a ?? "", b: this.#state.b ?? this.#usual?.b ?? "" };
  }

  /** @param {() => Promise<unknown>} task */
  async #guard(task) {
    try {
      this.#problem.hide();
      await task();
    } catch (error) {
      if (!this.#usual) this.#frame.state("failed");
      this.#problem.show(asProblem(error), () => this.#guard(task));
    }
  }

  /** A step that the Back button takes back. @param {Partial<CompareState>} changes */
  async #change(changes) {
    this.#state = { ...this.#state, ...changes };
    history.pushState(null, "", location.pathname + writeState(this.#state));
    await this.#show();
  }

  async #follow() {
    this.#state = readState(location.search);
    if (this.#usual) await this.#show();
  }

  /** Brings the page to the state. */
  async #show() {
    const pair = this.#pair;
    const state = { ...this.#state, ...pair };
    document.title = words.title(pair.a, pair.b);
    this.#frame.state("loading");
    this.#frame.show(state);
    await this.#showing.run(async (signal) => {
      const shown = { data: this.#data, state, pair, signal };
      await Promise.all([
        this.#verdictPart.show(() => this.#showVerdict(pair, signal), signal),
        this.#sections[state.view].show(shown),
      ]);
      signal.throwIfAborted();
      this.#frame.state("shown");
    });
  }

  /** @param {{a: string, b: string}} pair @param {AbortSignal} signal */
  async #showVerdict(pair, signal) {
    const board = await this.#data.leaderboard();
    signal.throwIfAborted();
    const hasTuned = board.checkpoints.some((row) => row.fine_tuned !== null);
    this.#frame.offerFeatures(hasTuned || this.#state.features !== "frozen");
    showVerdict(this.#verdict, board, pair);
  }

  /** @param {string} id */
  async #pick(id) {
    this.#state = { ...this.#state, picture: id };
    history.replaceState(null, "", location.pathname + writeState(this.#state));
    const { linked } = this.#pictures;
    if (!linked) return;
    const index = linked.joined.ids.indexOf(id);
    this.#frame.announce(pictureWords.announced(linked.nameOf(index), format.signed(linked.joined.delta[index])));
    await this.#guard(() => this.#pictures.showPicked(id));
  }

  async #saveBoard() {
    await this.#guard(async () => {
      saveText(leaderboardCsv(await this.#data.leaderboard()), "leaderboard.csv", "text/csv");
    });
  }

  async #savePair() {
    const { linked } = this.#pictures;
    if (!linked) return;
    const { a, b } = this.#pair;
    saveText(pairCsv(linked.joined, a, b, linked.labelOf), `${a}-${b}-${linked.name}.csv`, "text/csv");
  }
}

new ComparePage().open();
