/** The section of the leaderboard: dots and intervals, all figures, each against each. */

import { scrollRegion, tableElement } from "../../../drawing/table.js";
import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { featuresNames } from "../../../kit/language/words.js";
import { awayRoutingTable, awayTable, paysText } from "../away.js";
import { pairsOn, rankedRows } from "../board.js";
import * as leaderboard from "../charts/leaderboard.js";
import * as pairwise from "../charts/pairwise.js";
import { away as awayWords, board as words, families, page, pairwise as pairWords, places, splits, testNote, verdictNames } from "../words.js";
import { CompareCard } from "./card.js";
import { ComparePart } from "./part.js";

/**
 * @typedef {import("../state.js").CompareState & {features: "frozen" | "fine_tuned"}} ShownState with its features known
 */

/**
 * @typedef {object} Shown what a section is to show
 * @property {import("../data.js").CompareData} data
 * @property {ShownState} state with both checkpoints named
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
  #away = element("div", { className: "board-table" });
  #part;

  constructor() {
    const holder = named("board-body");
    const parts = [this.#dots.element, this.#figures, this.#away, this.#matrix.element];
    this.#part = new ComparePart(holder, this.#missing, ...parts);
  }

  /** @param {Shown} shown */
  async show({ data, state, pair, signal }) {
    await this.#part.show(async () => {
      const board = await data.leaderboard();
      signal.throwIfAborted();
      this.#showMissing(board, state.features);
      this.#showAway(board, state.features);
      await this.#showRows(board, state, pair);
      await this.#showMatrix(board, state, pair);
    }, signal);
  }

  /**
   * @param {import("contract").LeaderboardResponse} board
   * @param {ShownState} state
   * @param {{a: string, b: string}} pair
   */
  async #showRows(board, state, pair) {
    const rows = rankedRows(board, state.part, state.features);
    this.#figures.hidden = this.#dots.element.hidden = rows.length === 0;
    if (rows.length === 0) return;
    this.#table.replaceChildren(tableElement(boardTable(rows, state.part), words.tableCaption));
    this.#rule.textContent = ruleText(rows, state.part, board.rule);
    const says = measured(board, rows, state);
    await this.#dots.show({ rows, part: state.part, pair }, `leaderboard-${state.part}`, says);
  }

  /**
   * @param {import("contract").LeaderboardResponse} board
   * @param {ShownState} state
   * @param {{a: string, b: string}} pair
   */
  async #showMatrix(board, { features }, pair) {
    const matrices = pairsOn(board, features);
    this.#matrix.element.hidden = matrices === null;
    if (matrices === null) return;
    const says = matrixText(matrices, features, board.rule);
    await this.#matrix.show({ pairwise: matrices, pair }, `pairwise-${features}`, says);
  }

  /** @param {import("contract").LeaderboardResponse} board @param {"frozen" | "fine_tuned"} features */
  #showAway(board, features) {
    const table = awayTable(board, features);
    this.#away.hidden = table === null;
    if (table === null) return;
    this.#away.replaceChildren(
      element("h3", {}, awayWords.title),
      element("p", { className: "small away-pays" }, paysText(board, features)),
      element("p", { className: "muted small" }, awayWords.help),
      scrollRegion(awayWords.title, tableElement(table, awayWords.title)),
      element("h3", {}, awayWords.routingTitle),
      element("p", { className: "muted small" }, awayWords.routingHelp),
      scrollRegion(
        awayWords.routingTitle,
        tableElement(awayRoutingTable(board, features), awayWords.routingTitle),
      ),
    );
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
 * @param {ShownState} state
 */
function measured(board, rows, { part, features }) {
  const counts = rows.map((row) => row.measured.num_splits);
  const most = Math.max(...counts, 0);
  const says = words[part](splits(most, format.count(most)), format.shortHash(board.split_sha256));
  return `${says} ${features === "frozen" ? words.frozen : words.fineTuned}`;
}

/**
 * What was measured for the matrix, what its stars mean where it has any, and by which tests.
 * @param {import("contract").PairwiseResponse} matrices
 * @param {"frozen" | "fine_tuned"} features
 * @param {import("contract").Rule} rule
 */
export function matrixText({ part, num_pairs: counts, verdict, test, num_comparisons: pairs }, features, { level }) {
  const most = Math.max(...counts.flat().map((count) => count ?? 0));
  const [verdicts, tests] = [new Set(verdict.flat()), new Set(test.flat())];
  const isShown = verdicts.has("better") || verdicts.has("worse");
  const isHinted = verdicts.has("hinted at: better") || verdicts.has("hinted at: worse");
  const [count, least] = [format.count(pairs), format.number(level)];
  const [family, splitsText] = [families.pairs(pairs, count), splits(most, format.count(most))];
  return [
    pairWords.measured(places[part], featuresNames[features], splitsText),
    isShown ? pairWords.shown : pairWords.noneShown,
    ...(isHinted ? [pairWords.hinted] : []),
    ...(tests.has("signed_rank") ? [pairWords.byRanks(family, least)] : []),
    ...(tests.has("corrected_t") ? [pairWords.byMean(family, least)] : []),
    ...(tests.has("signed_rank") ? [] : [testNote(splitsText, pairs, count, least)]),
  ].join(" ");
}

/**
 * When a row of the table counts as shown, by the tests that its rows have.
 * @param {import("../board.js").RankedRow[]} rows
 * @param {"photographs" | "synthetic"} part
 * @param {import("contract").Rule} rule
 */
export function ruleText(rows, part, { level }) {
  const against = rows.flatMap(({ measured: { matched_baseline: matched } }) => (matched ? [matched[part]] : []));
  if (against.length === 0) return "";
  const tests = new Set(against.map(({ test }) => test));
  const [{ num_comparisons: count }, limit] = [against[0], format.number(level)];
  const [family, most] = [families.matched(count, format.count(count)), mostSplits(against)];
  const alone = [words.byMean(family, limit), testNote(splits(most, format.count(most)), count, format.count(count), limit)];
  const byMean = tests.has("signed_rank") ? [words.fewByMean(limit)] : alone;
  return [
    ...(tests.has("signed_rank") ? [words.byRanks(family, limit)] : []),
    ...(tests.has("corrected_t") ? byMean : []),
    words.hinted,
  ].join(" ");
}

/** @param {import("contract").AgainstBaseline[]} against */
function mostSplits(against) {
  return Math.max(...against.map(({ comparison }) => comparison.num_pairs));
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
      { label: columns.baseline, format: "text" },
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
        found.matched_baseline?.recipe ?? words.baselineItself,
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
  if (!found) return [null, null];
  const { median_difference: difference, interval } = found.comparison;
  const texts = [difference, interval.low, interval.high].map((value) => format.cell(value, "signedCorrelation"));
  return [words.against(texts[0], texts[1], texts[2]), verdictNames[found.verdict]];
}
