/** Asks for the levels of one distortion: first the one that the reader looks at, then the others, nearest first. */

/** Two at a time: while one is scored, the next is distorted. */
const LANES = 2;

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
  const askNext = async () => {
    const level = nearest(waiting, chosen());
    waiting.delete(level);
    await ask(level);
  };
  const lane = async () => {
    while (waiting.size > 0 && !signal.aborted) await askNext();
  };
  // Alone, so that nothing takes a core from the one that is looked at.
  if (waiting.size > 0) await askNext();
  await Promise.all(Array.from({ length: LANES }, lane));
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
