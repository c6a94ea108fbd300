/** How fast something goes on, from how far it was in the last seconds. */

const WINDOW_MS = 6000;
/** Below this, the time left would be a guess. */
const SHORTEST_MS = 800;

export class Pace {
  /** @type {{at_ms: number, done: number}[]} */
  #seen = [];

  /** @param {number} at_ms @param {number} done */
  note(at_ms, done) {
    this.#seen.push({ at_ms, done });
    while (this.#seen.length > 2 && at_ms - this.#seen[1].at_ms > WINDOW_MS) this.#seen.shift();
  }

  /**
   * Null while there is nothing to tell it by.
   * @param {number} total
   */
  secondsLeft(total) {
    const [first, last] = [this.#seen[0], this.#seen[this.#seen.length - 1]];
    if (!first || last.at_ms - first.at_ms < SHORTEST_MS || last.done <= first.done) return null;
    return ((total - last.done) * (last.at_ms - first.at_ms)) / (last.done - first.done) / 1000;
  }
}
