/** The entries of the list of analyses: picture, name, score, where each can be looked at, and how it goes away. */

import { analysisAddress, labAddress, mapAddress } from "../../../kit/addresses.js";
import { datum, element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { qualityName } from "../../../kit/language/words.js";
import { READ_ONLY } from "../../../kit/read_only.js";
import * as words from "../words.js";

/** @typedef {import("contract").AnalysisSummary} AnalysisSummary */

export class AnalysisList {
  #list = named("analyses");

  /** @param {{onMark: (id: string, isMarked: boolean) => void, onDelete: (id: string) => void}} handlers */
  constructor({ onMark, onDelete }) {
    this.#list.addEventListener("change", (event) => {
      const box = /** @type {HTMLInputElement} */ (event.target);
      onMark(idOf(box), box.checked);
    });
    this.#list.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button) onDelete(idOf(button));
    });
  }

  /**
   * Brings the entries in step with a listing; those that stay are left alone, and so is the focus in them.
   * @param {import("../listing.js").Listing} listing
   */
  show({ items, selected }) {
    const there = new Map([...this.#list.children].map((entry) => [entryId(entry), entry]));
    const entries = items.map((item) => there.get(item.id) ?? entryOf(item));
    const staying = new Set(entries);
    for (const entry of there.values()) if (!staying.has(entry)) entry.remove();
    for (const entry of entries) {
      if (!entry.isConnected) this.#list.append(entry);
      const isMarked = selected.has(entryId(entry));
      entry.classList.toggle("is-marked", isMarked);
      const box = entry.querySelector("input");
      if (box) box.checked = isMarked;
    }
  }

  /** Puts the focus on an entry's name. @param {string} id */
  focus(id) {
    const entry = [...this.#list.children].find((child) => entryId(child) === id);
    /** @type {HTMLElement | undefined} */ (entry?.querySelector(".entry-name"))?.focus();
  }
}

/** @param {Element} part of an entry */
function idOf(part) {
  return entryId(/** @type {HTMLElement} */ (part.closest("li")));
}

/** @param {Element} entry */
function entryId(entry) {
  return datum(/** @type {HTMLElement} */ (entry), "id");
}

/** @param {AnalysisSummary} item */
function entryOf(item) {
  const { id, filename, checkpoint, score, created_at: created } = item;
  const box = element("input", { type: "checkbox", attributes: { "aria-label": words.select(filename) } });
  const date = element("time", { dateTime: created }, format.dateTime(created));
  const name = element("a", { className: "entry-name", href: analysisAddress(item) }, element("bdi", {}, shownName(filename)));
  const facts = element("p", { className: "muted small" }, checkpoint, " · ", date);
  const verdict = element(
    "p",
    { className: "entry-score" },
    element("span", { className: "entry-value" }, format.score(score.value)),
    " ",
    element("span", { className: "muted" }, qualityName(score.word)),
  );
  return element(
    "li",
    { dataset: { id } },
    READ_ONLY ? element("span") : element("label", { className: "entry-box" }, box),
    thumbnailOf(item),
    element("div", { className: "entry-facts" }, name, facts),
    verdict,
    actionsOf(item),
  );
}

/** A decoration: the name beside it leads to the same place. @param {AnalysisSummary} item */
function thumbnailOf({ links }) {
  const frame = element("div", { className: "entry-picture" });
  const image = element("img", { src: links.thumbnail, alt: "", loading: "lazy", decoding: "async" });
  image.addEventListener("error", () =>
    frame.replaceChildren(element("span", { className: "muted small" }, words.noPicture)),
  );
  frame.append(image);
  return frame;
}

/** @param {AnalysisSummary} item */
function actionsOf(item) {
  const { filename } = item;
  const link = (/** @type {string} */ href, /** @type {string} */ text, /** @type {string} */ label) =>
    element("a", { href, attributes: { "aria-label": label } }, text);
  const remove = element("button", { type: "button", className: "quiet small" }, words.remove);
  remove.setAttribute("aria-label", words.removeOne(filename));
  return element(
    "div",
    { className: "entry-actions small" },
    link(mapAddress(item), words.map, words.showOnMap(filename)),
    link(labAddress(item), words.lab, words.takeToLab(filename)),
    ...(READ_ONLY ? [] : [remove]),
  );
}
