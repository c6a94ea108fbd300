/** Tables of figures: the readable twins of what is drawn. */

import { element } from "../kit/dom/element.js";
import * as format from "../kit/language/format.js";

/**
 * @typedef {object} Table the readable twin of a chart; cells are raw, the page formats them
 * @property {{label: string, format: import("../kit/language/format.js").CellFormat}[]} columns
 * @property {(string | number | null)[][]} rows
 */

/**
 * @param {Table} table
 * @param {string} caption
 */
export function tableElement({ columns, rows }, caption) {
  const head = columns.map(({ label, format: kind }) => element("th", { scope: "col", className: kind }, label));
  const body = rows.map((row) =>
    element("tr", {}, ...row.map((value, index) => cell(value, columns[index].format, index))),
  );
  return element(
    "table",
    {},
    element("caption", { className: "visually-hidden" }, caption),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...body),
  );
}

/**
 * @param {string | number | null} value
 * @param {import("../kit/language/format.js").CellFormat} kind
 * @param {number} index the first column names its row
 */
function cell(value, kind, index) {
  const text = format.cell(value, kind);
  return index === 0
    ? element("th", { scope: "row", className: kind }, text)
    : element("td", { className: kind }, text);
}

/**
 * Where a table that is wider or longer than its place is scrolled, also by keyboard.
 * @param {string} label
 * @param {...Node} content
 */
export function scrollRegion(label, ...content) {
  return element("div", { className: "table-scroll", tabIndex: 0, attributes: { role: "region", "aria-label": label } }, ...content);
}
