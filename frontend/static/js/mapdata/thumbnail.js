/** A picture's thumbnail: one tile of a sprite sheet, shown at its own size. */

import { element } from "../kit/dom/element.js";
import { tileOf } from "./thumbnails.js";

/**
 * A decoration without a text of its own; what stands beside it names the picture.
 * @param {import("./thumbnails.js").Thumbnails} thumbnails
 * @param {number} row
 */
export function thumbnail(thumbnails, row) {
  const { sheet, left, top } = tileOf(thumbnails, row);
  const tile = element("span", { className: "thumbnail" });
  tile.style.width = tile.style.height = `${thumbnails.tile_px}px`;
  tile.style.backgroundImage = `url("${sheet}")`;
  tile.style.backgroundPosition = `-${left}px -${top}px`;
  return tile;
}
