/** The section of the leaderboard: dots and intervals, all figures, each against each. */

import { tableElement } from "../../../drawing/table.js";
import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { rankedRows } from "../board.js";
import * as leaderboard from "../charts/leaderboard.js";
import * as pairwise from "../charts/pairwise.js";
import { board as words, page, pairwise as pairWords, splits, verdictNames } from "../words.js";
import { CompareCard } from "./card.js";
import { ComparePart } from "./part.js";

/**
 * @typedef {object} Shown what a section is to show
 * @property {import("../data.js").CompareData} data
 * @property {import("../state.js").CompareState} state with both checkpoints named
 * @property {{a: string, b: string}} pair
 * @property {AbortSignal} signal
 */

export class BoardSection {
  #dots = new CompareCard(leaderboard);
  #matrix = new CompareCard(pairwise);
  #missing = element("p", { className: "notice small" });
  #table = element("div", {
    className: "table-scroll",
    tabIndex: 0,
    attributes: { role: "region", "aria-label": words.tableCaption },
  });
  #rule = element("p", { className: "small muted" });
  #figures = element(
    "div",
    { className: "board-table" },
    element("h3", {}, words.tableCaption),
    element("p", { className: "muted small" }, words.tableHelp),
    this.#table,
    this.#rule,
  );
  #part;

  constructor() {
    const holder = named("board-body");
    this.#part = new ComparePart(holder, this.#missing, this.#dots.element, this.#figures, this.#matrix.element);
  }

  /** @param {Shown} shown */
  async show({ data, state, pair, signal }) {
    await this.#part.show(async () => {
      const board = await data.leaderboard();
      signal.throwIfAborted();
      this.#showMissing(board, state.features);
      await this.#showRows(board, state, pair);
      await this.#showMatrix(board, pair);
    }, signal);
  }

  /**
   * @param {import("contract").LeaderboardResponse} board
   * @param {import("../state.js").CompareState} state
   * @param {{a: string, b: string}} pair
   */
  async #showRows(board, state, pair) {
    const rows = rankedRows(board, state.part, state.features);
    this.#figures.hidden = this.#dots.element.hidden = rows.length === 0;
    if (rows.length === 0) return;
    this.#table.replaceChildren(tableElement(boardTable(rows, state.part), words.tableCaption));
    this.#rule.textContent = words.rule(
      format.number(board.rule.level),
      format.count(board.rule.min_splits),
      format.count(board.rule.min_splits_corrected),
    );
    const says = measured(board, rows, state);
    await this.#dots.show({ rows, part: state.part, pair }, `leaderboard-${state.part}`, says);
  }

  /** @param {import("contract").LeaderboardResponse} board @param {{a: string, b: string}} pair */
  async #showMatrix({ pairwise: matrices }, pair) {
    const most = Math.max(...matrices.num_pairs.flat().map((count) => count ?? 0));
    const says = pairWords.measured(splits(most, format.count(most)));
    await this.#matrix.show({ pairwise: matrices, pair }, "pairwise", says);
  }

  /** @param {import("contract").LeaderboardResponse} board @param {"frozen" | "fine_tuned"} features */
  #showMissing(board, features) {
    const missing = board.checkpoints.filter((row) => row[features] === null).map(({ id }) => id);
    this.#missing.textContent = missing.length ? page.notMeasured(missing.join(", ")) : "";
  }
}

/**
 * @param {import("contract").LeaderboardResponse} board
 * @param {import("../board.js").RankedRow[]} rows
 * @param {import("../state.js").CompareState} state
 */
function measured(board, rows, { part, features }) {
  const counts = rows.map((row) => row.measured.num_splits);
  const most = Math.max(...counts, 0);
  const says = words[part](splits(most, format.count(most)), format.shortHash(board.split_sha256));
  return `${says} ${features === "frozen" ? words.frozen : words.fineTuned}`;
}

/**
 * @param {import("../board.js").RankedRow[]} rows
 * @param {"photographs" | "synthetic"} part
 * @returns {import("../../../drawing/table.js").Table}
 */
function boardTable(rows, part) {
  const { columns } = words;
  return {
    columns: [
      { label: columns.checkpoint, format: "text" },
      { label: columns.rank, format: "count" },
      { label: columns.srcc, format: "correlation" },
      { label: columns.interval, format: "text" },
      { label: columns.against, format: "text" },
      { label: columns.verdict, format: "text" },
      { label: columns.plcc, format: "correlation" },
      { label: columns.krcc, format: "correlation" },
      { label: columns.rmse, format: "points" },
      { label: columns.parameters, format: "count" },
      { label: columns.formulation, format: "text" },
    ],
    rows: rows.map(({ row, measured: found, rank }) => {
      const { srcc, plcc, krcc, rmse, srcc_interval: interval } = found.figures[part];
      const ends = [interval.low, interval.high].map((end) => format.cell(end, "correlation"));
      return [
        row.id,
        rank,
        srcc?.median ?? null,
        words.ends(ends[0], ends[1]),
        ...against(found.matched_baseline?.[part]),
        plcc?.median ?? null,
        krcc?.median ?? null,
        rmse?.median ?? null,
        row.parameter_count,
        row.formulation === "seed" ? page.seed : page.stable,
      ];
    }),
  };
}

/** @param {import("contract").AgainstBaseline | undefined} found */
function against(found) {
  if (!found) return [words.baselineItself, null];
  const { median_difference: difference, interval } = found.comparison;
  const texts = [difference, interval.low, interval.high].map((value) => format.cell(value, "signedCorrelation"));
  return [words.against(texts[0], texts[1], texts[2]), verdictNames[found.verdict]];
}
