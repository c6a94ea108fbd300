/** What is known of one picture: thumbnail, score, error, top cluster, and bars of its experts or clusters. */

import { element } from "../../../kit/dom/element.js";
import { thumbnail } from "../../../mapdata/thumbnail.js";

/** @typedef {import("../../../mapdata/pictures.js").PictureFacts} PictureFacts */

/**
 * @param {number} row
 * @param {PictureFacts} picture
 * @param {import("../../../mapdata/thumbnails.js").Thumbnails} thumbnails
 */
export function pictureCard(row, { name, facts, bars }, thumbnails) {
  const list = facts.map(([label, value]) => element("div", {}, element("dt", {}, label), element("dd", {}, value)));
  return element(
    "div",
    { className: "picture-card" },
    thumbnail(thumbnails, row),
    element(
      "div",
      { className: "picture-facts" },
      element("p", { className: "picture-name" }, name),
      element("dl", {}, ...list),
      ...(bars ? [barList(bars)] : []),
    ),
  );
}

/** @param {NonNullable<PictureFacts["bars"]>} bars */
function barList({ title, bars }) {
  const items = bars.map(({ name, text, share, color }) => {
    const bar = element("span", { className: "bar" });
    bar.style.width = `${100 * share}%`;
    bar.style.backgroundColor = color;
    const track = element("span", { className: "bar-track", attributes: { "aria-hidden": "true" } }, bar);
    return element("li", {}, element("span", {}, name), track, element("span", { className: "bar-text" }, text));
  });
  return element(
    "div",
    { className: "bar-list" },
    element("p", { className: "muted" }, title),
    element("ul", {}, ...items),
  );
}
