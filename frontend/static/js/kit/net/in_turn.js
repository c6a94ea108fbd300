/** Many requests, one after the other: what fails is told, and the rest goes on. */

/**
 * Works through items in their order; ends early, without a word, when the signal is aborted.
 * @template Item, Result
 * @param {readonly Item[]} items
 * @param {object} steps
 * @param {(item: Item, signal: AbortSignal) => Promise<Result>} steps.work
 * @param {(item: Item, count: number) => void} steps.onStart called with the item and how many are done
 * @param {(item: Item, result: Result) => void} steps.onResult
 * @param {(item: Item, error: unknown) => void} steps.onFailure
 * @param {AbortSignal} signal
 */
export async function inTurn(items, { work, onStart, onResult, onFailure }, signal) {
  for (const [count, item] of items.entries()) {
    if (signal.aborted) return;
    onStart(item, count);
    try {
      const result = await work(item, signal);
      if (!signal.aborted) onResult(item, result);
    } catch (error) {
      if (!signal.aborted) onFailure(item, error);
    }
  }
}
