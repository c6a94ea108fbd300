/** The page's whole state in its address, so that a link shows the same map, selection and picture. */

/**
 * @typedef {object} MapState
 * @property {string | null} study whose pictures are shown; null: those of the maps beside the checkpoints
 * @property {string | null} checkpoint null: the service's default, or the study's best
 * @property {string | null} map address of the map; null: the checkpoint's first
 * @property {string} color field that colours the points, where the map has it
 * @property {string[]} hidden names of legend entries that are switched off
 * @property {Record<string, [number, number]>} brushes by field, low to high
 * @property {[number, number][] | null} lasso
 * @property {import("../../mapdata/viewport.js").Viewport | null} view null: all of it
 * @property {number | null} row of the picked picture
 * @property {number} page of the thumbnails, from 1
 * @property {string | null} analysis that is placed on the map
 */

/** @type {Readonly<MapState>} */
export const START = Object.freeze({
  study: null,
  checkpoint: null,
  map: null,
  color: "group",
  hidden: [],
  brushes: {},
  lasso: null,
  view: null,
  row: null,
  page: 1,
  analysis: null,
});
const BRUSH = "in.";
const VIEW_DIGITS = 6;

/**
 * @param {string} search
 * @returns {MapState} parts that cannot be read are those of `START`
 */
export function readState(search) {
  const query = new URLSearchParams(search);
  return {
    study: query.get("study"),
    checkpoint: query.get("checkpoint"),
    map: query.get("map"),
    color: query.get("color") ?? START.color,
    hidden: query.getAll("hide"),
    brushes: readBrushes(query),
    lasso: readLasso(query.get("lasso")),
    view: readView(query.get("view")),
    row: readIndex(query.get("row"), 0),
    page: readIndex(query.get("page"), 1) ?? START.page,
    analysis: query.get("analysis"),
  };
}

/** @param {URLSearchParams} query */
function readBrushes(query) {
  const found = [...query].filter(([key]) => key.startsWith(BRUSH));
  const brushes = found.map(([key, text]) => [key.slice(BRUSH.length), readNumbers(text, 2)]);
  return Object.fromEntries(brushes.filter(([, range]) => range !== null && range[0] < range[1]));
}

/** @param {string | null} text `x,y;x,y;…` */
function readLasso(text) {
  const corners = text?.split(";").map((pair) => readNumbers(pair, 2)) ?? [];
  return corners.length >= 3 && corners.every((corner) => corner !== null)
    ? /** @type {[number, number][]} */ (corners)
    : null;
}

/** @param {string | null} text `x,y,span` */
function readView(text) {
  const numbers = text === null ? null : readNumbers(text, 3);
  return numbers && numbers[2] > 0 ? { x: numbers[0], y: numbers[1], span: numbers[2] } : null;
}

/** @param {string} text @param {number} count */
function readNumbers(text, count) {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  return numbers.length === count && numbers.every(Number.isFinite) ? numbers : null;
}

/** @param {string | null} text @param {number} least */
function readIndex(text, least) {
  return text !== null && /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : null;
}

/**
 * The query that `readState` reads, empty for `START`.
 * @param {MapState} state
 */
export function writeState(state) {
  const query = new URLSearchParams();
  for (const key of /** @type {const} */ (["study", "checkpoint", "map", "analysis"]))
    if (state[key]) query.set(key, state[key]);
  if (state.color !== START.color) query.set("color", state.color);
  for (const name of state.hidden) query.append("hide", name);
  for (const [name, range] of Object.entries(state.brushes)) query.set(BRUSH + name, range.join(","));
  if (state.lasso) query.set("lasso", state.lasso.map((corner) => corner.join(",")).join(";"));
  if (state.view) query.set("view", [state.view.x, state.view.y, state.view.span].map(shortNumber).join(","));
  if (state.row !== null) query.set("row", String(state.row));
  if (state.page !== START.page) query.set("page", String(state.page));
  // Commas and semicolons may stand in a query as they are, and a link that can be read is a better link.
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3B", ";");
  return text && `?${text}`;
}

/** @param {number} value */
function shortNumber(value) {
  return Number(value.toPrecision(VIEW_DIGITS));
}
