/** Runs one task at a time: a new one aborts the one before, whose outcome is then nobody's business. */

export class Latest {
  #controller = new AbortController();

  /**
   * The task's result; null when it was cancelled or overtaken, whatever became of it.
   * @template T
   * @param {(signal: AbortSignal) => Promise<T>} task
   * @returns {Promise<T | null>} rejects with the task's own error
   */
  async run(task) {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const result = await task(controller.signal);
      return controller.signal.aborted ? null : result;
    } catch (error) {
      if (controller.signal.aborted) return null;
      throw error;
    }
  }

  /** Aborts the running task, if any. */
  cancel() {
    this.#controller.abort();
  }
}
