/** All checkpoints in one table: marks for their parts, size and figures; each row leads to its details. */

import { element } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { checkpointText } from "../../../kit/language/words.js";
import { spreadOf } from "../charts/held_out.js";
import { variantAddress } from "../state.js";
import { detail, formulations, parts as partWords, table as words } from "../words.js";

/** @typedef {import("contract").CardSummary} Card */

/**
 * @param {import("contract").CardList} list
 * @param {string | null} selected
 */
export function variantTable({ cards, parts }, selected) {
  const head = [
    heading(words.checkpoint, "text"),
    heading(words.formulation, "text"),
    ...parts.map((part) => heading(partWords[part].name, "mark")),
    heading(words.parameters, "number"),
    heading(words.photographs, "number"),
    heading(words.synthetic, "number"),
  ];
  return element(
    "table",
    { className: "variant-table" },
    element("caption", { className: "visually-hidden" }, words.label),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...cards.map((card) => row(card, parts, card.id === selected))),
  );
}

/** What each part is, for those who meet it first here. @param {import("contract").CardSummary["parts"][number][]} parts */
export function partHelp(parts) {
  return parts.map((part) =>
    element("div", {}, element("dt", {}, partWords[part].name), element("dd", {}, partWords[part].help)),
  );
}

/** @param {string} text @param {string} className */
function heading(text, className) {
  return element("th", { scope: "col", className }, text);
}

/** @param {Card} card @param {import("contract").CardSummary["parts"][number][]} parts @param {boolean} isSelected */
function row(card, parts, isSelected) {
  const link = element("a", { href: variantAddress(card.id), dataset: { checkpoint: card.id } }, checkpointText(card.title));
  if (isSelected) link.setAttribute("aria-current", "true");
  return element(
    "tr",
    { className: isSelected ? "selected" : "" },
    element("th", { scope: "row", className: "text" }, link, element("code", { className: "muted small" }, card.id)),
    element("td", { className: "text" }, formulations[card.formulation] ?? card.formulation),
    ...parts.map((part) => mark(card.parts.includes(part))),
    element("td", {}, format.count(card.parameter_count)),
    element("td", {}, spreadText(spreadOf(card, "photographs"))),
    element("td", {}, spreadText(spreadOf(card, "synthetic"))),
  );
}

/** @param {boolean} has */
function mark(has) {
  return element(
    "td",
    { className: has ? "mark" : "mark muted" },
    element("span", { attributes: { "aria-hidden": "true" } }, has ? "●" : "–"),
    element("span", { className: "visually-hidden" }, has ? words.has : words.hasNot),
  );
}

/** @param {import("contract").Spread | null} spread */
export function spreadText(spread) {
  if (spread === null) return format.cell(null, "number");
  return detail.spread(...spreadTexts(spread));
}

/** @param {import("contract").Spread} spread @returns {[string, string, string]} */
function spreadTexts({ median, low, high }) {
  return [format.correlation(median), format.correlation(low), format.correlation(high)];
}
