/** What is decided about pictures, as this page knows it: changed at once, then kept by the service in turn. No DOM. */

import { hasCode } from "../../../kit/net/problem.js";

/**
 * @typedef {import("contract").DecisionResponse} Decision
 * @typedef {Pick<Decision, "choice" | "tags" | "corrected_score">} Said what is decided about a picture
 *
 * @typedef {object} BookHost
 * @property {(positions: number[]) => void} onChange about these pictures something else is decided now
 * @property {() => void} onStale another tab was faster: what it decided stands
 * @property {(error: unknown) => void} onFail what was wanted could not be kept, and is taken back
 */

/** @type {Readonly<Said>} */
export const NOTHING = Object.freeze({ choice: null, tags: [], corrected_score: null });
export const STALE = "stale-decision";
/** Of a picture, as the service takes them. */
export const MOST_TAGS = 20;
/** In one request, as the service takes them. */
const MOST_AT_ONCE = 200;

export class DecisionBook {
  #api;
  #id;
  #host;
  /** @type {Map<number, Decision>} as the service has them */
  #kept = new Map();
  /** @type {Map<number, Said>} what is on its way */
  #wanted = new Map();
  /** @type {Map<number, Said>[]} what was decided before each change */
  #before = [];
  #work = Promise.resolve();

  /**
   * @param {Pick<import("../../../kit/net/api.js").Api, "studyDecisions" | "decideAboutPictures">} api
   * @param {string} id of the study
   * @param {BookHost} host
   */
  constructor(api, id, host) {
    this.#api = api;
    this.#id = id;
    this.#host = host;
  }

  /** Takes what the service has for what is decided. */
  async read() {
    const { items } = await this.#api.studyDecisions(this.#id);
    this.#kept = new Map(items.map(({ position, decision }) => [position, decision]));
  }

  /** @param {number} position @returns {Said} */
  of(position) {
    const { choice, tags, corrected_score } = this.#wanted.get(position) ?? this.#kept.get(position) ?? NOTHING;
    return { choice, tags, corrected_score };
  }

  /** How many are kept and rejected. */
  get counts() {
    const choices = this.#positions.map((position) => this.of(position).choice);
    return { keep: choices.filter((one) => one === "keep").length, reject: choices.filter((one) => one === "reject").length };
  }

  /** Every tag that a picture has, in order. */
  get tags() {
    return [...new Set(this.#positions.flatMap((position) => this.of(position).tags))].sort();
  }

  get canUndo() {
    return this.#before.length > 0;
  }

  get #positions() {
    return [...new Set([...this.#kept.keys(), ...this.#wanted.keys()])];
  }

  /** @param {readonly number[]} positions @param {(said: Said) => Said} edit what is decided instead */
  change(positions, edit) {
    this.changeEach(new Map(positions.map((position) => [position, edit])));
  }

  /** The same of pictures that are decided about differently. @param {ReadonlyMap<number, (said: Said) => Said>} edits */
  changeEach(edits) {
    const before = new Map([...edits.keys()].map((position) => [position, this.of(position)]));
    const after = new Map([...edits].map(([position, edit]) => [position, edit(this.of(position))]));
    this.#put(before, after);
  }

  /** Takes the last change back. */
  undo() {
    const before = this.#before.pop();
    if (before) this.#apply(before);
  }

  /** Resolves once nothing is on its way. */
  settled() {
    return this.#work;
  }

  /** @param {Map<number, Said>} before @param {Map<number, Said>} after */
  #put(before, after) {
    for (const [position, said] of after) {
      if (JSON.stringify(said) !== JSON.stringify(before.get(position))) continue;
      before.delete(position);
      after.delete(position);
    }
    if (after.size === 0) return;
    this.#before.push(before);
    this.#apply(after);
  }

  /** @param {Map<number, Said>} after */
  #apply(after) {
    for (const [position, said] of after) this.#wanted.set(position, said);
    this.#host.onChange([...after.keys()]);
    this.#work = this.#work.then(() => this.#send([...after]));
  }

  /** @param {[number, Said][]} changes */
  async #send(changes) {
    for (let first = 0; first < changes.length; first += MOST_AT_ONCE) {
      const part = changes.slice(first, first + MOST_AT_ONCE);
      try {
        const sent = part.map(([position, said]) => ({ position, ...said, revision: this.#kept.get(position)?.revision ?? 0 }));
        const { items } = await this.#api.decideAboutPictures(this.#id, sent);
        for (const { position, decision } of items) this.#kept.set(position, decision);
        this.#arrived(part);
      } catch (error) {
        await this.#failed(part, error);
      }
    }
  }

  /** @param {[number, Said][]} part */
  #arrived(part) {
    for (const [position, said] of part) if (this.#wanted.get(position) === said) this.#wanted.delete(position);
  }

  /** @param {[number, Said][]} part @param {unknown} error */
  async #failed(part, error) {
    const positions = part.map(([position]) => position);
    this.#arrived(part);
    try {
      if (!hasCode(error, STALE)) throw error;
      await this.read();
      this.#host.onChange(positions);
      this.#host.onStale();
    } catch (failure) {
      this.#host.onChange(positions);
      this.#host.onFail(failure);
    }
  }
}

/** Tags as a reader types them: between commas, each once. @param {string} text */
export function tagsOf(text) {
  return [...new Set(text.split(/[,;]/).map((tag) => tag.trim().slice(0, 40).trim()).filter((tag) => tag !== ""))];
}
