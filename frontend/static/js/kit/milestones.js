/** When to say aloud how far work is: at each tenth, but not more often than every few seconds. */

const STEPS = 10;
const PAUSE_MS = 8000;

export class Milestones {
  #step = 0;
  #said_ms = -Infinity;

  /**
   * Whether it is time to say how far it is.
   * @param {{done: number, total: number}} work
   * @param {number} now_ms
   */
  reached({ done, total }, now_ms) {
    const step = Math.floor((STEPS * done) / Math.max(total, 1));
    if (step <= this.#step || now_ms - this.#said_ms < PAUSE_MS) return false;
    this.#step = step;
    this.#said_ms = now_ms;
    return true;
  }
}
