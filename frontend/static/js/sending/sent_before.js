/** What was sent before: a list in parts, newest first, looked at now and then while something in it is at work. */

import { named } from "../kit/dom/element.js";

const PART = 20;
const RENEWAL_MS = 3000;

/**
 * @template {{id: string, created_at: string}} Entry
 * @typedef {object} ListOf what there is to know of a list
 * @property {{show(entries: readonly Entry[]): void, focus(id: string): void}} view
 * @property {HTMLElement} none shown where the list is empty
 * @property {(part: {cursor: string | null, limit: number}) => Promise<{items: Entry[], next_cursor: string | null}>} read
 * @property {(entry: Entry) => boolean} isOpen whether there is more to do
 * @property {() => boolean} mayRenew whether now is a time to look
 * @property {(error: unknown, again: () => void) => void} fail says what failed of what the reader asked for
 */

/** @template {{id: string, created_at: string}} Entry */
export class SentBefore {
  #more = named("more");
  #list;
  /** @type {Entry[]} newest first */
  #entries = [];
  /** @type {string | null} */
  #cursor = null;

  /** @param {ListOf<Entry>} list */
  constructor(list) {
    this.#list = list;
  }

  listen() {
    this.#more.addEventListener("click", () => this.#readMore());
    // A page that the browser kept aside comes back as it was left.
    addEventListener("pageshow", ({ persisted }) => persisted && this.#renew());
    setInterval(() => this.#renewWhileOpen(), RENEWAL_MS);
  }

  /** The first part, whatever was there before. */
  async load() {
    try {
      this.#showPart(await this.#list.read({ cursor: null, limit: PART }), []);
    } catch (error) {
      this.#list.fail(error, () => this.load());
    }
  }

  /** @param {string} id */
  find(id) {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** Takes an entry out, and the reader to its neighbour; false where it has none. @param {string} id */
  drop(id) {
    const index = this.#entries.findIndex((entry) => entry.id === id);
    const heir = this.#entries[index + 1] ?? this.#entries[index - 1];
    this.#show(this.#entries.filter((other) => other.id !== id));
    if (heir) this.#list.view.focus(heir.id);
    return heir !== undefined;
  }

  async #readMore() {
    const before = this.#entries.length;
    try {
      this.#showPart(await this.#list.read({ cursor: this.#cursor, limit: PART }), this.#entries);
    } catch (error) {
      this.#list.fail(error, () => this.#readMore());
    }
    const first = this.#entries[before];
    if (first) this.#list.view.focus(first.id);
  }

  /** @param {{items: Entry[], next_cursor: string | null}} part @param {readonly Entry[]} before */
  #showPart({ items, next_cursor: cursor }, before) {
    const known = new Set(before.map(({ id }) => id));
    this.#cursor = cursor;
    this.#show([...before, ...items.filter(({ id }) => !known.has(id))]);
  }

  /** @param {Entry[]} entries */
  #show(entries) {
    this.#entries = entries;
    this.#list.view.show(entries);
    this.#more.hidden = this.#cursor === null;
    this.#list.none.hidden = entries.length > 0;
  }

  /** The list is not followed by events: a look now and then is enough, and only while there is something to see. */
  async #renewWhileOpen() {
    if (document.hidden || !this.#list.mayRenew() || !this.#entries.some(this.#list.isOpen)) return;
    await this.#renew();
  }

  /** The first part anew; what was read of further parts stays as it is. */
  async #renew() {
    try {
      const { items } = await this.#list.read({ cursor: null, limit: PART });
      const renewed = new Set(items.map(({ id }) => id));
      const oldest = items.at(-1)?.created_at ?? "";
      const rest = this.#entries.filter(({ id, created_at: created }) => !renewed.has(id) && created < oldest);
      this.#show([...items, ...rest]);
    } catch {
      // The next look may bring it; what was asked for by the reader says what fails.
    }
  }
}
