/** One map's data: each column fetched once, when it is first asked for. */

import { decodeCodes, decodeNumbers, readBytes } from "./columns.js";
import { extentOf } from "./histograms.js";

export class MapData {
  #api;
  #signal;
  #onBytes;
  /** @type {Map<string, Promise<ArrayBuffer>>} */
  #buffers = new Map();
  /** @type {Promise<import("contract").ImageSetRows> | undefined} */
  #rows;

  /**
   * @param {import("../kit/net/api.js").Api} api
   * @param {import("contract").MapResponse} map
   * @param {AbortSignal} signal ends what is under way
   * @param {(received_bytes: number) => void} onBytes
   */
  constructor(api, map, signal, onBytes) {
    this.#api = api;
    this.map = map;
    this.#signal = signal;
    this.#onBytes = onBytes;
  }

  /** Ids and references of the pictures. */
  rows() {
    this.#rows ??= this.#api.imageSetRows(this.map.image_set.rows_url, this.#signal);
    return this.#rows;
  }

  /**
   * A column as numbers, NaN where there is none; a vector's come row by row.
   * @param {string} name
   */
  async numbers(name) {
    return decodeNumbers(await this.#buffer(name), this.map.columns[name]);
  }

  /**
   * A column as codes with their names; rows without one have the code `names.length`.
   * @param {string} name
   */
  async categories(name) {
    const [buffer, names] = await Promise.all([this.#buffer(name), this.#names(name)]);
    const record = this.map.columns[name];
    if (names === null) return unnamedCategories(buffer, record);
    return { codes: decodeCodes(buffer, record, names.length), names };
  }

  /**
   * Names of a column's categories, or of a vector's places; null where they have none.
   * @param {string} name
   */
  async #names(name) {
    const { labels } = this.map.columns[name];
    if (labels === null) return null;
    return labels === "reference"
      ? (await this.rows()).references.map((reference) => reference.name)
      : this.map.categories[labels];
  }

  /**
   * A vector per picture with the names of its places.
   * @param {string} name
   */
  async vectors(name) {
    const { shape, labels } = this.map.columns[name];
    const names = labels === null ? [] : this.map.categories[labels];
    return { values: await this.numbers(name), width: shape[1], names };
  }

  /** @param {string} name */
  #buffer(name) {
    const known = this.#buffers.get(name) ?? this.#fetch(name);
    this.#buffers.set(name, known);
    return known;
  }

  /** @param {string} name */
  async #fetch(name) {
    try {
      return await readBytes(await this.#api.bytes(this.map.columns[name].url, this.#signal), this.#onBytes);
    } catch (error) {
      // So that trying again asks again.
      this.#buffers.delete(name);
      throw error;
    }
  }
}

/**
 * Codes without names are called by their numbers.
 * @param {ArrayBuffer} buffer
 * @param {import("./columns.js").ColumnRecord} record
 */
function unnamedCategories(buffer, record) {
  const [, highest] = extentOf(decodeNumbers(buffer, record)) ?? [0, -1];
  const names = Array.from({ length: highest + 1 }, (_, code) => String(code));
  return { codes: decodeCodes(buffer, record, names.length), names };
}
