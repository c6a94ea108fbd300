/** Asks for the levels of one distortion: first the one that the reader looks at, then the others, nearest first. */

import { askInTurn } from "../../lab/lanes.js";

/**
 * @typedef {object} Asking
 * @property {readonly number[]} wanted levels
 * @property {() => number} chosen the level that the reader looks at now, which may change meanwhile
 * @property {(level: number) => Promise<unknown>} ask one level; says itself what became of it, and never rejects
 * @property {AbortSignal} signal
 */

/**
 * Resolves when every level was asked, or the signal was aborted.
 * @param {Asking} asking
 */
export async function askLevels({ wanted, chosen, ask, signal }) {
  const waiting = new Set(wanted);
  const next = () => {
    const level = nearest(waiting, chosen());
    waiting.delete(level);
    return level;
  };
  await askInTurn({ next, ask, signal });
}

/**
 * The level itself, else the one nearest to it, the milder of two.
 * @param {Iterable<number>} levels
 * @param {number} chosen
 */
export function nearest(levels, chosen) {
  const [first] = [...levels].sort((a, b) => Math.abs(a - chosen) - Math.abs(b - chosen) || a - b);
  return first;
}
