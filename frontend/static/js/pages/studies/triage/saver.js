/** Keeps the latest of many values that come fast: one is on its way at a time, and what was overtaken is never sent. No DOM. */

/** @template Value */
export class LatestSaver {
  #save;
  /** @type {{value: Value} | null} */
  #next = null;
  #isAtWork = false;

  /** @param {(value: Value) => Promise<void>} save says itself what fails */
  constructor(save) {
    this.#save = save;
  }

  /** @param {Value} value */
  async put(value) {
    this.#next = { value };
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    try {
      while (this.#next) {
        const { value: latest } = this.#next;
        this.#next = null;
        await this.#save(latest);
      }
    } finally {
      this.#isAtWork = false;
    }
  }
}
