/** A page of one thing that is made in the background: followed to its end, or until it is gone. */

import { named } from "../kit/dom/element.js";
import { hasCode } from "../kit/net/problem.js";
import { WorkStream } from "../kit/net/work_stream.js";
import { Page } from "../kit/page.js";

/**
 * @template Work
 * @typedef {object} WorkOf what there is to know of the thing
 * @property {string} gone the service's code for one that is not there
 * @property {() => Promise<Work>} read as it is now
 * @property {(work: Work) => void} show puts it on the page
 * @property {(isLost: boolean) => void} showLost
 * @property {{lost: string, found: string}} words said where the connection goes and comes
 */

/**
 * @template Work
 * @template {{sequence: number}} Item
 */
export class WorkPage extends Page {
  /** @type {WorkStream<Work, Item> | null} */
  #stream = null;
  #wasLost = false;
  /** @type {WorkOf<Work>} */
  #work;

  /** @param {string} id of its element @param {WorkOf<Work>} work */
  constructor(id, work) {
    super(id);
    this.#work = work;
  }

  listen() {
    addEventListener("pagehide", () => this.stopFollowing());
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  }

  /**
   * @param {string} url of its events
   * @param {{onProgress: (work: Work) => void, onItem?: (item: Item) => void, onEnd: (work: Work) => void}} handlers
   */
  followWork(url, { onEnd, ...handlers }) {
    this.#stream = new WorkStream(url, {
      ...handlers,
      onEnd: (work) => {
        this.#showLost(false);
        onEnd(work);
      },
      onLost: (isLost) => this.#showLost(isLost),
      mayReturn: () => this.#isStillThere(),
    });
    this.#stream.open();
  }

  stopFollowing() {
    this.#stream?.close();
  }

  /** Whether what failed is that the thing is gone; then the page says so. @param {unknown} error */
  tellIfGone(error) {
    if (!hasCode(error, this.#work.gone)) return false;
    this.stopFollowing();
    this.show("unknown");
    const title = named("unknown-title");
    title.focus();
    this.announce(title.textContent);
    return true;
  }

  /** @param {boolean} isLost */
  #showLost(isLost) {
    if (isLost === this.#wasLost) return;
    this.#wasLost = isLost;
    this.#work.showLost(isLost);
    this.announce(isLost ? this.#work.words.lost : this.#work.words.found);
  }

  /** Whether to go on following after the service refused: yes, unless the thing is gone. */
  async #isStillThere() {
    try {
      this.#work.show(await this.#work.read());
      return true;
    } catch (error) {
      return !this.tellIfGone(error);
    }
  }
}
