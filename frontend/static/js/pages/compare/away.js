/** The leaderboard at home and away from home, side by side, and by rule where a mixture pays. */

import { BASELINE } from "../../kit/baseline.js";
import { rankedRows } from "./board.js";
import { away as words } from "./words.js";

/** @typedef {import("contract").LeaderboardResponse} Board */
/** @typedef {import("contract").AwayResponse} Away */
/** @typedef {"frozen" | "fine_tuned"} Features */

/** @param {Away} found */
const nameOf = ({ kind, name }) => words[kind](name);

/**
 * Every place away from home that any checkpoint was measured at.
 * @param {Board} board
 * @param {Features} features
 * @returns {Away[]} the first figures of each
 */
export function placesOf(board, features) {
  const found = rankedRows(board, "photographs", features).flatMap(({ measured }) => measured.away);
  return [...new Map(found.toReversed().map((away) => [away.name, away])).values()].toReversed();
}

/** @param {import("./board.js").RankedRow} row @param {string} name */
const awayOf = ({ measured }, name) => measured.away.find((found) => found.name === name);

/**
 * SRCC at home and everywhere else, a row for each checkpoint and for each predictor without a network.
 * @param {Board} board
 * @param {Features} features
 * @returns {import("../../drawing/table.js").Table | null} null where nothing was measured away from home
 */
export function awayTable(board, features) {
  const places = placesOf(board, features);
  if (places.length === 0) return null;
  const ranked = rankedRows(board, "photographs", features);
  const rows = ranked.map((entry) => [
    entry.row.id,
    entry.measured.figures.photographs.srcc?.median ?? null,
    entry.measured.figures.synthetic.srcc?.median ?? null,
    ...places.map(({ name }) => awayOf(entry, name)?.srcc?.median ?? null),
  ]);
  const home = ranked.find(({ measured }) => measured.plain)?.measured.plain;
  const plain = (/** @type {"ridge" | "table"} */ which) => [
    words[which],
    home?.photographs[which]?.median ?? null,
    home?.synthetic[which]?.median ?? null,
    ...places.map((place) => place.plain[which]?.median ?? null),
  ];
  const withoutNetwork = [plain("ridge"), plain("table")].filter((row) => row.slice(1).some((value) => value !== null));
  return {
    columns: [
      { label: words.checkpoint, format: "text" },
      { label: words.homePhotographs, format: "correlation" },
      { label: words.homeSynthetic, format: "correlation" },
      ...places.map((place) => ({ label: nameOf(place), format: /** @type {const} */ ("correlation") })),
    ],
    rows: [...rows, ...withoutNetwork],
  };
}

/**
 * What is left of SRCC away from home under other weights, and what the intervals hold there.
 * @param {Board} board
 * @param {Features} features
 * @returns {import("../../drawing/table.js").Table}
 */
export function awayRoutingTable(board, features) {
  const rows = rankedRows(board, "photographs", features).flatMap(({ row, measured }) =>
    measured.away.map((found) => [
      row.id,
      nameOf(found),
      ...[found.routing?.own, found.routing?.uniform, found.routing?.shuffled, found.routing?.mean].map(
        (spread) => spread?.median ?? null,
      ),
      found.routing?.uniform_cost?.median_difference ?? null,
      found.coverage?.median ?? null,
      found.mean_width?.median ?? null,
    ]),
  );
  const { columns } = words;
  return {
    columns: [
      { label: words.checkpoint, format: "text" },
      { label: columns.pictures, format: "text" },
      ...[columns.own, columns.uniform, columns.shuffled, columns.mean].map((label) => ({
        label,
        format: /** @type {const} */ ("correlation"),
      })),
      { label: columns.cost, format: "signedCorrelation" },
      { label: columns.coverage, format: "percent" },
      { label: columns.width, format: "points" },
    ],
    rows,
  };
}

/**
 * Where the best mixture is above the baseline and above the ridge: the results page says the same by the same rule.
 * @param {Board} board
 * @param {Features} features
 */
export function paysText(board, features) {
  const rows = rankedRows(board, "photographs", features);
  const most = Math.max(...rows.map(({ measured }) => measured.num_splits));
  const baseline = rows.find(({ row }) => row.id === BASELINE);
  const places = placesOf(board, features).flatMap((place) => {
    const srcc = (/** @type {import("./board.js").RankedRow} */ entry) => awayOf(entry, place.name)?.srcc?.median;
    const mixtures = rows.filter(({ row, measured }) => row.variant !== BASELINE && measured.num_splits === most);
    const values = mixtures.map(srcc).filter((value) => value !== undefined);
    const [plain, ridge] = [baseline && srcc(baseline), place.plain.ridge?.median];
    if (values.length === 0 || plain === undefined || ridge === undefined) return [];
    const best = Math.max(...values);
    return [{ name: nameOf(place), pays: best > plain && best > ridge }];
  });
  if (places.length === 0) return "";
  const named = (/** @type {boolean} */ pays) => places.filter((one) => one.pays === pays).map(({ name }) => name).join("; ");
  const [above, below] = [named(true), named(false)];
  return [above ? words.pays(above) : words.paysNowhere, ...(above && below ? [words.paysNot(below)] : []), words.rule].join(" ");
}
