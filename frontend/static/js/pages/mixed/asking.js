/** Asks for the cells of a grid: the one that is looked at alone, then the others in their order. */

/** Two at a time, as the lab of one distortion: while one is scored, the next is distorted. */
const LANES = 2;

/**
 * Resolves when every cell was asked, or the signal was aborted.
 * @template Place
 * @param {{wanted: readonly Place[], ask: (place: Place) => Promise<unknown>, signal: AbortSignal}} asking
 *   `ask` says itself what became of a cell, and never rejects
 */
export async function askCells({ wanted, ask, signal }) {
  const waiting = [...wanted];
  const askNext = async () => {
    const next = waiting.shift();
    if (next !== undefined) await ask(next);
  };
  const lane = async () => {
    while (waiting.length > 0 && !signal.aborted) await askNext();
  };
  await askNext();
  await Promise.all(Array.from({ length: LANES }, lane));
}
