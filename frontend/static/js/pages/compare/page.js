/** The Compare page: a leaderboard, and two of its checkpoints side by side; the address holds what is shown. */

import { preloadPlotly } from "../../drawing/plot.js";
import { BASELINE } from "../../kit/baseline.js";
import { element, named } from "../../kit/dom/element.js";
import { saveText } from "../../kit/dom/saving.js";
import * as format from "../../kit/language/format.js";
import { Latest } from "../../kit/net/latest.js";
import { AddressedPage } from "../../kit/page.js";
import { shippedFeatures } from "./board.js";
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

/** @typedef {import("./state.js").CompareState} CompareState */

/** @extends AddressedPage<CompareState> */
class ComparePage extends AddressedPage {
  #frame = new CompareFrame({
    onChange: (changes) => this.change(changes),
    onSwap: () => this.change({ a: this.#pair.b, b: this.#pair.a }),
    onBoardCsv: (options) => this.#saveBoard(options),
    onPairCsv: (options) => this.#savePair(options),
  });
  #data = new CompareData(this.api);
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
    training: new TrainingSection((term) => this.change({ term })),
  };
  #showing = new Latest();
  /** @type {{a: string, b: string} | null} checkpoints for where the address names none, once they are known */
  #usual = null;

  constructor() {
    super("compare-page", { read: readState, write: writeState });
  }

  get isShown() {
    return this.#usual !== null;
  }

  async open() {
    preloadPlotly();
    const { default: usual, checkpoints } = await this.api.checkpoints();
    const [ids, preset] = [checkpoints.map(({ id }) => id), usual ?? ""];
    this.#router.ids = ids;
    this.#usual = { a: preset, b: ids.includes(BASELINE) ? BASELINE : (ids.find((id) => id !== preset) ?? preset) };
    this.#frame.fill(checkpoints);
    await this.#showState();
  }

  get #pair() {
    return { a: this.state.a ?? this.#usual?.a ?? "", b: this.state.b ?? this.#usual?.b ?? "" };
  }

  async catchUp() {
    await this.guard(() => this.#showState());
  }

  async follow() {
    if (this.#usual) await super.follow();
    else this.reread();
  }

  async repaint() {
    await this.#showState();
  }

  /** Brings the page to the state. */
  async #showState() {
    const pair = this.#pair;
    document.title = words.title(pair.a, pair.b);
    this.show("loading");
    this.announce(words.loading);
    this.#frame.show({ ...this.state, ...pair });
    await this.#showing.run(async (signal) => {
      const state = { ...this.state, ...pair, features: await this.#features() };
      signal.throwIfAborted();
      const shown = { data: this.#data, state, pair, signal };
      await Promise.all([
        this.#verdictPart.show(() => this.#showVerdict(shown), signal),
        this.#sections[state.view].show(shown),
      ]);
      signal.throwIfAborted();
      this.show("shown");
      this.announce(words.loaded);
    });
  }

  /** Those of the address, else those that ship; without a leaderboard, those that every checkpoint has figures on. */
  async #features() {
    if (this.state.features) return this.state.features;
    try {
      return shippedFeatures(await this.#data.leaderboard());
    } catch {
      return "frozen"; // What is wrong with the leaderboard, its own part says.
    }
  }

  /** @param {import("./views/board.js").Shown} shown */
  async #showVerdict({ data, state, pair, signal }) {
    const board = await data.leaderboard();
    signal.throwIfAborted();
    this.#frame.offerFeatures(state.features, shippedFeatures(board) !== "frozen" || state.features !== "frozen");
    showVerdict(this.#verdict, board, state, pair);
  }

  /** @param {string} id */
  async #pick(id) {
    this.keep({ picture: id });
    const { linked } = this.#pictures;
    if (!linked) return;
    const index = linked.joined.ids.indexOf(id);
    this.announce(pictureWords.announced(linked.nameOf(index), format.signed(linked.joined.delta[index])));
    await this.guard(() => this.#pictures.showPicked(id));
  }

  /** @param {import("../../kit/csv.js").CsvOptions} options */
  async #saveBoard(options) {
    await this.guard(async () => {
      saveText(leaderboardCsv(await this.#data.leaderboard(), options), "leaderboard.csv", "text/csv");
    });
  }

  /** @param {import("../../kit/csv.js").CsvOptions} options */
  async #savePair(options) {
    const { linked } = this.#pictures;
    if (!linked) return;
    const { a, b } = this.#pair;
    saveText(pairCsv(linked.joined, a, b, linked.labelOf, options), `${a}-${b}-${linked.name}.csv`, "text/csv");
  }
}

await new ComparePage().start();
