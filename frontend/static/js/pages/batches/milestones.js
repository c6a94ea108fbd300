/** When to say aloud how far a batch is: at each tenth, but not more often than every few seconds. */

const STEPS = 10;
const PAUSE_MS = 8000;

export class Milestones {
  #step = 0;
  #said_ms = -Infinity;

  /**
   * Whether it is time to say how far it is.
   * @param {{finished: number, total: number}} job
   * @param {number} now_ms
   */
  reached({ finished, total }, now_ms) {
    const step = Math.floor((STEPS * finished) / Math.max(total, 1));
    if (step <= this.#step || now_ms - this.#said_ms < PAUSE_MS) return false;
    this.#step = step;
    this.#said_ms = now_ms;
    return true;
  }
}
