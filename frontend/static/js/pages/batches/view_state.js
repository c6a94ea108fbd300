/** How a batch is looked at, in the page's address, so that a link shows the same rows. */

const SHOWS = /** @type {const} */ (["all", "scored", "refused"]);
const SORTS = /** @type {const} */ (["position", "name", "score"]);

/**
 * @typedef {object} ViewState
 * @property {typeof SHOWS[number]} show
 * @property {typeof SORTS[number]} sort
 * @property {boolean} isDescending
 * @property {string} query part of a file's name
 * @property {number} page from 1
 */

/** @type {Readonly<ViewState>} */
export const START = Object.freeze({ show: "all", sort: "position", isDescending: false, query: "", page: 1 });

/**
 * @param {string} search
 * @returns {ViewState} parts that cannot be read are those of `START`
 */
export function readState(search) {
  const query = new URLSearchParams(search);
  const page = Number.parseInt(query.get("page") ?? "", 10);
  return {
    show: SHOWS.find((name) => name === query.get("show")) ?? START.show,
    sort: SORTS.find((name) => name === query.get("sort")) ?? START.sort,
    isDescending: query.has("descending"),
    query: query.get("name") ?? START.query,
    page: page >= 1 ? page : START.page,
  };
}

/**
 * The query that `readState` reads, empty for `START`.
 * @param {ViewState} state
 */
export function writeState({ show, sort, isDescending, query, page }) {
  const search = new URLSearchParams();
  if (show !== START.show) search.set("show", show);
  if (sort !== START.sort) search.set("sort", sort);
  if (isDescending) search.set("descending", "");
  if (query) search.set("name", query);
  if (page !== START.page) search.set("page", String(page));
  const text = search.toString();
  return text && `?${text}`;
}

/**
 * The state after a click on the head of a column: sorted by it, or the other way round where it was already.
 * @param {ViewState} state
 * @param {ViewState["sort"]} sort
 * @returns {ViewState}
 */
export function sortedBy(state, sort) {
  return { ...state, sort, isDescending: state.sort === sort && !state.isDescending, page: 1 };
}

/**
 * Where a page of a list begins and ends, and how many pages there are; a page that is not there is the last.
 * @param {number} count
 * @param {{page: number, size: number}} wanted
 */
export function pageOf(count, { page, size }) {
  const pages = Math.max(Math.ceil(count / size), 1);
  const current = Math.min(page, pages);
  return { page: current, pages, from: (current - 1) * size, to: Math.min(current * size, count) };
}
