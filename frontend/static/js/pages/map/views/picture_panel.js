/** The picked picture with its nearest neighbours in each space, and the placed upload with its own. */

import { chartTheme } from "../../../drawing/theme.js";
import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { pictures as pictureWords, placing } from "../../../mapdata/words.js";
import { map as words } from "../words.js";
import { pictureCard } from "./picture_card.js";
import { pictureItem } from "./picture_grid.js";

/**
 * @typedef {object} Origin
 * @property {string} id
 * @property {string | null} url of the picture at full size, where it may be passed on, or of its small copy
 * @property {boolean} isSmall whether that is a small copy
 */

export class PicturePanel {
  #empty = named("picture-empty");
  #body = named("picture-body");
  #neighbours = named("neighbours");
  #placed = named("placed");
  #placedBody = named("placed-body");

  /** @param {(row: number) => void} onPick */
  constructor(onPick) {
    for (const holder of [this.#neighbours, this.#placedBody]) {
      holder.addEventListener("click", (event) => {
        const button = /** @type {HTMLElement} */ (event.target).closest("button");
        if (button) onPick(Number(button.dataset.row));
      });
    }
  }

  clear() {
    this.#empty.hidden = false;
    this.#body.replaceChildren();
    this.#neighbours.replaceChildren();
  }

  /**
   * @param {number} row
   * @param {import("../../../mapdata/pictures.js").Pictures} pictures
   * @param {Origin | null} origin
   */
  show(row, pictures, origin) {
    this.#empty.hidden = true;
    this.#body.replaceChildren(
      pictureCard(row, pictures.factsOf(row, chartTheme()), pictures.thumbnails),
      ...(origin ? [originLine(origin)] : []),
    );
  }

  /**
   * @param {{space: string, found: import("contract").NeighbourList}[]} spaces
   * @param {import("../../../mapdata/pictures.js").Pictures} pictures
   */
  showNeighbours(spaces, pictures) {
    this.#neighbours.replaceChildren(
      ...spaces.map(({ space, found }) =>
        neighbourList(words.spaces[space], words.distances[space], found.neighbours, found.tied, pictures),
      ),
    );
  }

  /** The service is being asked where the upload lies. */
  showPlacing() {
    this.#placed.hidden = false;
    this.#placedBody.replaceChildren(element("p", { className: "muted small" }, words.placing));
  }

  /**
   * @param {{analysis: import("contract").AnalysisResponse, placement: import("contract").PlaceResponse} | null} placed
   * @param {import("../../../mapdata/pictures.js").Pictures} pictures
   */
  showPlaced(placed, pictures) {
    this.#placed.hidden = placed === null;
    if (placed) this.#placedBody.replaceChildren(...placedParts(placed, pictures));
  }
}

/** @param {Origin} origin */
function originLine({ id, url, isSmall }) {
  const text = isSmall ? words.smallCopy : words.fullSize;
  const link = url ? [" · ", element("a", { href: url, target: "_blank", rel: "noopener" }, text)] : [];
  return element("p", { className: "small muted" }, `${words.id} `, element("code", {}, id), ...link);
}

/**
 * @param {string} title
 * @param {string} unit of the distances
 * @param {{row: number, distance: number}[]} neighbours
 * @param {number} tied
 * @param {import("../../../mapdata/pictures.js").Pictures} pictures
 */
function neighbourList(title, unit, neighbours, tied, pictures) {
  const items = neighbours.map(({ row, distance }) => pictureItem(row, pictures, format.number(distance)));
  return element(
    "section",
    {},
    element("h3", { className: "small" }, `${title} `, element("span", { className: "muted" }, words.inUnit(unit))),
    element("ul", { className: "grid" }, ...items),
    ...(tied ? [element("p", { className: "small muted" }, words.tied(format.count(tied)))] : []),
  );
}

/**
 * @param {{analysis: import("contract").AnalysisResponse, placement: import("contract").PlaceResponse}} placed
 * @param {import("../../../mapdata/pictures.js").Pictures} pictures
 */
function placedParts({ analysis, placement }, pictures) {
  const [distance, limit] = [placement.distance, placement.warning_distance].map(format.number);
  const text = placement.is_far ? placing.placedFar(distance, limit) : placing.placed(distance, limit);
  const picture = element("img", {
    src: analysis.links.thumbnail,
    alt: words.uploadAlt,
    className: "placed-thumbnail",
  });
  const name = element("a", { href: analysis.links.page }, element("bdi", {}, shownName(analysis.filename)));
  const score = pictureWords.scoreWithStd(format.score(analysis.score.value), format.score(analysis.score.std));
  const line = words.scoredBy(score, analysis.checkpoint);
  return [
    element(
      "div",
      { className: "picture-card" },
      picture,
      element(
        "div",
        { className: "picture-facts" },
        element("p", { className: "placed-name" }, name),
        element("p", {}, line),
      ),
    ),
    element("p", { className: placement.is_far ? "far" : "muted small" }, text),
    neighbourList(words.spaces.placing, words.distances.placing, placement.neighbours, 0, pictures),
  ];
}
