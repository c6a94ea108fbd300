/** The colour of an expert or a cluster beside its name: a group's hue where it is called by one, else neutral. */

import { groupColor } from "../../../drawing/colours.js";
import { swatch } from "../../../drawing/swatch.js";

/**
 * @param {string} name
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
export function partSwatch(name, theme) {
  return swatch({ color: groupColor(name, theme), symbol: "square" });
}
