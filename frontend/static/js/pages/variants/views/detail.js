/** One checkpoint in full: what it is, its parts, figures, data, links and card. */

import { scrollRegion, tableElement } from "../../../drawing/table.js";
import { element, named, setContent, setText } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { checkpointText, displayName, featuresNames } from "../../../kit/language/words.js";
import { elsewhere } from "../state.js";
import { detail as words, formulationHelp, setName } from "../words.js";
import { partsFlow } from "./parts_flow.js";
import { spreadText } from "./table.js";

const FILES = Object.freeze(["MODEL_CARD.md", "metrics.json", "config.json"]);

/** @typedef {import("contract").CardSummary} Card */

export class VariantDetail {
  #root = named("detail");
  #card = named("card");
  #cardProblem = named("card-problem");

  /**
   * @param {Card} card
   * @param {{parts: import("contract").CardSummary["parts"][number][], apiUrl: string, baseline: string | null}} context `baseline`: what it is compared with
   */
  show(card, { parts, apiUrl, baseline }) {
    this.#begin(card.id, checkpointText(card.title), apiUrl);
    setText("detail-what", checkpointText(card.description));
    setContent("detail-links", ...links(card, baseline));
    setContent("flow", partsFlow(parts, card.parts));
    setContent("detail-facts", ...factEntries(card));
    setContent("figures", ...figuresPart(card));
    setContent("data", dataTable(card));
    this.#showSections(true);
  }

  /**
   * A refused one: of its files, at least, something can be said.
   * @param {string} id
   * @param {string} apiUrl
   */
  showRefused(id, apiUrl) {
    this.#begin(id, id, apiUrl);
    setText("detail-what", "");
    setContent("detail-links");
    this.#showSections(false);
  }

  /** @param {string} id @param {string} title @param {string} apiUrl */
  #begin(id, title, apiUrl) {
    this.#root.hidden = false;
    setText("detail-id", id);
    setText("detail-title", title);
    setContent("downloads", ...downloads(id, apiUrl));
    this.#card.replaceChildren();
    this.#cardProblem.hidden = true;
  }

  /** @param {boolean} isKnown */
  #showSections(isKnown) {
    for (const id of ["detail-parts", "detail-figures", "detail-data"]) named(id).hidden = !isKnown;
  }

  /** Takes the reader to it. */
  focus() {
    const title = named("detail-title");
    title.focus({ preventScroll: true });
    this.#root.scrollIntoView({ block: "start" });
  }

  /** The model card, as the service made it safe. @param {string} html */
  showCard(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    this.#card.replaceChildren(...parsed.body.childNodes);
  }

  /** @param {string} text */
  showCardProblem(text) {
    this.#cardProblem.hidden = false;
    this.#cardProblem.textContent = text;
  }
}

/** @param {Card} card @param {string | null} baseline */
function links({ id, parts }, baseline) {
  const { map, experts, compare } = elsewhere(id, { hasExperts: parts.includes("experts"), baseline });
  const targets = /** @type {[string, string | null][]} */ ([
    [words.openMap, map],
    [words.openExperts, experts],
    [words.openCompare, compare],
  ]);
  return targets
    .filter(([, href]) => href !== null)
    .map(([label, href]) => element("a", { className: "button", href }, label));
}

/** @param {Card} card */
function factEntries(card) {
  const trunk = card.is_fine_tuned ? words.tuned(card.backbone) : words.frozen(card.backbone);
  const facts = /** @type {[string, string | Node][]} */ ([
    [words.variant, element("code", {}, card.variant)],
    [words.formulation, formulationHelp[card.formulation] ?? card.formulation],
    [words.parameters, format.count(card.parameter_count)],
    [words.clusters, countOrNone(card.num_clusters)],
    [words.experts, countOrNone(card.num_experts)],
    [words.trunk, trunk],
    [words.recipe, element("code", {}, card.recipe)],
    [words.weights, element("code", { title: card.weights_sha256 }, format.shortHash(card.weights_sha256))],
  ]);
  return facts.map(([label, value]) => element("div", {}, element("dt", {}, label), element("dd", {}, value)));
}

/** @param {number | null} count */
function countOrNone(count) {
  return count === null ? words.none : format.count(count);
}

/** @param {Card} card */
function figuresPart(card) {
  if (card.num_splits === null || card.features === null) return [element("p", { className: "muted" }, words.noFigures)];
  const columns = [
    { label: words.on, format: /** @type {const} */ ("text") },
    ...[words.srcc, words.plcc].map((label) => ({ label, format: /** @type {const} */ ("written") })),
  ];
  const rows = card.figures.map((figures) => [setName(figures), spreadText(figures.srcc), spreadText(figures.plcc)]);
  const table = tableElement({ columns, rows }, words.figures);
  const notes = [
    words.standOn(featuresNames[card.features]),
    words.splits(card.num_splits, format.count(card.num_splits)),
    ...(card.features === "fine_tuned" ? [words.further] : []),
  ];
  return [scrollRegion(words.figures, table), element("p", { className: "muted small" }, notes.join(" "))];
}

/** @param {Card} card */
function dataTable(card) {
  const columns = [
    { label: words.dataset, format: /** @type {const} */ ("text") },
    { label: words.pictures, format: /** @type {const} */ ("count") },
  ];
  const rows = card.datasets.map(({ name, num_pictures: count }) => [displayName(name), count]);
  const fitted = element(
    "p",
    { className: "muted small" },
    words.fittedOn,
    " ",
    element("span", { lang: "en" }, `${card.fitted_on}.`),
  );
  const table = tableElement({ columns, rows }, words.trainingData);
  return element("div", {}, scrollRegion(words.trainingData, table), fitted);
}

/** @param {string} id @param {string} apiUrl */
function downloads(id, apiUrl) {
  return FILES.map((name) => {
    const href = `${apiUrl}/checkpoints/${encodeURIComponent(id)}/files/${name}`;
    return element("a", { className: "button small", href, download: `${id}-${name}` }, name);
  });
}
