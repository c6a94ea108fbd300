/** One picture under two checkpoints: its thumbnail, both scores, and how far they lie apart. */

import { element } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { thumbnail } from "../../../mapdata/thumbnail.js";
import { pictures as words } from "../words.js";

/** @typedef {import("../linked.js").Linked} Linked */

/**
 * A picture to pick, with its difference and its places.
 * @param {Linked} linked
 * @param {number} index
 */
export function linkedItem(linked, index) {
  const { joined, thumbnails } = linked;
  const name = linked.nameOf(index);
  const captions = [
    words.points(format.signed(joined.delta[index])),
    words.placesShort(format.signedCount(joined.places[index])),
  ];
  const button = element(
    "button",
    { type: "button", className: "picture-button", title: name, dataset: { index: String(index) } },
    ...(thumbnails ? [thumbnail(thumbnails, joined.rows[index])] : [element("code", { className: "small" }, name)]),
    element("span", { className: "visually-hidden" }, words.pick(name)),
    ...captions.map((text) => element("span", { className: "picture-caption" }, text)),
  );
  return element("li", {}, button);
}

/**
 * @param {Linked} linked
 * @param {number} index
 * @param {{a: string, b: string}} pair
 * @param {{hasLinks: boolean}} options
 */
export function linkedFacts(linked, index, pair, { hasLinks }) {
  const { joined, thumbnails } = linked;
  const list = facts(linked, index, pair).map(([label, value]) =>
    element("div", {}, element("dt", {}, label), element("dd", {}, value)),
  );
  const picture = thumbnails
    ? thumbnail(thumbnails, joined.rows[index])
    : element("p", { className: "no-thumbnail small muted" }, words.noThumbnail);
  return element(
    "div",
    { className: "picture-card" },
    picture,
    element(
      "div",
      { className: "picture-facts" },
      element("p", { className: "picture-name" }, linked.nameOf(index)),
      element("dl", {}, ...list),
      ...(hasLinks ? mapLinks(linked, index, pair) : []),
    ),
  );
}

/**
 * @param {Linked} linked
 * @param {number} index
 * @param {{a: string, b: string}} pair
 * @returns {[string, string][]}
 */
function facts({ joined, labelOf, labelKind }, index, { a, b }) {
  const [clusterA, clusterB] = [joined.clusterA?.[index] ?? null, joined.clusterB?.[index] ?? null];
  const label = labelOf(index);
  const total = format.count(joined.ids.length);
  const [from, to] = [joined.rankA[index], joined.rankB[index]].map(format.number);
  const found = [
    [a, format.score(joined.a[index])],
    [b, format.score(joined.b[index])],
    [words.difference, words.points(format.signed(joined.delta[index]))],
    [words.rank, words.ranks(from, to, total, format.signedCount(joined.places[index]))],
    [words.cluster, clusterA === null && clusterB === null ? null : words.clusters(clusterA ?? "–", clusterB ?? "–")],
    [labelKind === "pseudo_mos" ? words.pseudoMos : words.mos, label === null ? null : format.score(label)],
  ];
  return /** @type {[string, string][]} */ (found.filter(([, value]) => value !== null));
}

/** @param {Linked} linked @param {number} index @param {{a: string, b: string}} pair */
function mapLinks({ maps, joined }, index, pair) {
  if (!maps) return [];
  // The image set is the same, so that a picture has the same row on both maps.
  const row = String(joined.rows[index]);
  const links = (pair.a === pair.b ? [pair.a] : [pair.a, pair.b]).map((checkpoint) =>
    element("a", { href: `/map?${new URLSearchParams({ checkpoint, row })}` }, words.onMap(checkpoint)),
  );
  return [element("p", { className: "small map-links" }, ...links)];
}
