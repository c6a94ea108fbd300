/** Events of work that goes on in the service, from the first item on, through lost connections, each item once. */

/**
 * @template Whole
 * @template {{sequence: number}} Item
 * @typedef {object} StreamHandlers
 * @property {(whole: Whole) => void} onProgress
 * @property {(item: Item) => void} [onItem] where it has items, one after the other
 * @property {(whole: Whole) => void} onEnd nothing is left to do; nothing comes after it
 * @property {(isLost: boolean) => void} onLost the connection broke off, or is there again
 * @property {() => Promise<boolean>} mayReturn whether to try again after the service refused; false ends it
 */

const CLOSED = 2;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/**
 * @template Whole
 * @template {{sequence: number}} Item
 */
export class WorkStream {
  #url;
  #handlers;
  #connect;
  #wait;
  /** @type {EventSource | null} */
  #source = null;
  #sequence = 0;
  #wait_ms = FIRST_WAIT_MS;
  #isOver = false;

  /**
   * @param {string} url
   * @param {StreamHandlers<Whole, Item>} handlers
   * @param {{connect?: (url: string) => EventSource, wait?: (ms: number) => Promise<void>}} [means]
   */
  constructor(url, handlers, { connect = (address) => new EventSource(address), wait = pause } = {}) {
    this.#url = url;
    this.#handlers = handlers;
    this.#connect = connect;
    this.#wait = wait;
  }

  open() {
    const source = this.#connect(this.#sequence ? `${this.#url}?after=${this.#sequence}` : this.#url);
    this.#source = source;
    source.addEventListener("open", () => this.#alive());
    source.addEventListener("progress", ({ data }) => this.#handlers.onProgress(JSON.parse(data)));
    source.addEventListener("item", ({ data }) => this.#take(JSON.parse(data)));
    source.addEventListener("end", ({ data }) => {
      this.close();
      this.#handlers.onEnd(JSON.parse(data));
    });
    source.addEventListener("error", () => this.#broken(source));
  }

  close() {
    this.#isOver = true;
    this.#source?.close();
  }

  #alive() {
    this.#wait_ms = FIRST_WAIT_MS;
    this.#handlers.onLost(false);
  }

  /** An item that came before the connection broke off may come again. @param {Item} item */
  #take(item) {
    if (item.sequence <= this.#sequence) return;
    this.#sequence = item.sequence;
    this.#handlers.onItem?.(item);
  }

  /** A broken connection is made anew by the browser, a refused one is not. @param {EventSource} source */
  async #broken(source) {
    if (this.#isOver) return;
    this.#handlers.onLost(true);
    if (source.readyState !== CLOSED) return;
    await this.#wait(this.#wait_ms);
    this.#wait_ms = Math.min(2 * this.#wait_ms, LONGEST_WAIT_MS);
    if (this.#isOver) return;
    if (await this.#handlers.mayReturn()) this.open();
    else this.close();
  }
}

/** @param {number} ms @returns {Promise<void>} */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
