/** The colour of an expert or a cluster beside its name: a group's hue where it is called by one, else neutral. */

import { groupColor } from "../taxonomy.js";
import { swatch } from "./swatch.js";

/**
 * @param {string} name
 * @param {import("../contract.js").Theme} theme
 */
export function partSwatch(name, theme) {
  return swatch({ color: groupColor(name, theme), symbol: "square" });
}
