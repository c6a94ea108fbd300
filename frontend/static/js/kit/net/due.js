/** Work that many things ask for and that is done now and then. */

/** Does something soon, and at most once in a while, however often it is asked for. */
export class Due {
  #pause_ms;
  #act;
  #now_ms;
  #last_ms = -Infinity;
  #isWaiting = false;

  /** @param {number} pause_ms @param {() => unknown} act @param {() => number} [now_ms] */
  constructor(pause_ms, act, now_ms = () => performance.now()) {
    this.#pause_ms = pause_ms;
    this.#act = act;
    this.#now_ms = now_ms;
  }

  soon() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    // Never at once: what comes in the same moment is one thing to draw.
    const wait_ms = Math.max(this.#pause_ms - (this.#now_ms() - this.#last_ms), 0);
    setTimeout(async () => {
      this.#isWaiting = false;
      this.#last_ms = this.#now_ms();
      await this.#act();
    }, wait_ms);
  }
}
