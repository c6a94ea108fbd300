/** Asks the service for many pictures: the one that is looked at alone, then the others, a few at a time. */

/** Two at a time: while one is scored, the next is distorted. */
const LANES = 2;

/**
 * Resolves when nothing waits any more, or the signal was aborted.
 * @template Wanted
 * @param {object} asking
 * @param {() => Wanted | undefined} asking.next takes what is asked next; `undefined`: nothing waits
 * @param {(wanted: Wanted) => Promise<unknown>} asking.ask says itself what became of it, and never rejects
 * @param {AbortSignal} asking.signal
 */
export async function askInTurn({ next, ask, signal }) {
  const lane = async () => {
    while (!signal.aborted) {
      const wanted = next();
      if (wanted === undefined) return;
      await ask(wanted);
    }
  };
  // Alone, so that nothing takes a core from the one that is looked at.
  const first = next();
  if (first !== undefined) await ask(first);
  await Promise.all(Array.from({ length: LANES }, lane));
}
