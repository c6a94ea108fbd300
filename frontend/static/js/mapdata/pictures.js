/** What a map knows of each picture, in words: names, captions, facts and rows of a table. */

import { groupColor } from "../drawing/colours.js";
import * as format from "../kit/language/format.js";
import { shownName } from "../kit/language/names.js";
import { displayName, fieldValues, fields, matchedError, pseudoLabel } from "../kit/language/words.js";
import { pictures as words } from "./words.js";

/**
 * @typedef {object} PictureFacts
 * @property {string} name
 * @property {[string, string][]} facts label and value
 * @property {{title: string, bars: {name: string, text: string, share: number, color: string}[]} | null} bars share 0-1
 */

const BARS = 4;
const NUMBERS = /** @type {const} */ (["score", "score_std", "label", "score_error", "level", "cluster_posterior"]);
const TABLE_NUMBERS = /** @type {const} */ (["score", "label", "score_error"]);
const CATEGORIES = /** @type {const} */ (["reference", "type", "cluster"]);
const VECTORS = /** @type {const} */ (["routing_weights", "posteriors"]);

/**
 * @typedef {object} Loaded columns by name; those that the map lacks are missing
 * @property {Record<string, Float32Array>} numbers
 * @property {Record<string, {codes: Uint16Array, names: readonly string[]}>} categories
 * @property {Record<string, {values: Float32Array, width: number, names: readonly string[]}>} vectors
 * @property {readonly string[]} [files] names of the pictures' files, where these are somebody's own
 */

/** @type {Loaded} */
export const NOTHING = Object.freeze({ numbers: {}, categories: {}, vectors: {} });

/**
 * Every column that pictures are described with.
 * @param {import("./data.js").MapData} data
 * @param {{isOwn?: boolean}} [whose] pictures that are somebody's own are called by their files
 * @returns {Promise<Loaded>}
 */
export async function loadPictures(data, { isOwn = false } = {}) {
  const [numbers, categories, vectors] = await Promise.all([
    loadAll(NUMBERS, data, (name) => data.numbers(name)),
    loadAll(CATEGORIES, data, (name) => data.categories(name)),
    loadAll(VECTORS, data, (name) => data.vectors(name)),
  ]);
  return { numbers, categories, vectors, ...(isOwn ? { files: (await data.rows()).ids } : {}) };
}

/**
 * @template T
 * @param {readonly string[]} names
 * @param {import("./data.js").MapData} data
 * @param {(name: string) => Promise<T>} load
 * @returns {Promise<Record<string, T>>}
 */
async function loadAll(names, data, load) {
  const present = names.filter((name) => Object.hasOwn(data.map.columns, name));
  return Object.fromEntries(await Promise.all(present.map(async (name) => [name, await load(name)])));
}

export class Pictures {
  #loaded;
  #labelWords;
  #errorWords;

  /**
   * @param {import("contract").MapResponse} map
   * @param {Loaded} loaded
   */
  constructor({ image_set: images, label_scale: scale }, loaded) {
    this.#loaded = loaded;
    this.thumbnails = images.thumbnails;
    this.#labelWords = images.label_kind === "pseudo_mos" ? words.pseudoLabel : words.label;
    this.#errorWords = scale?.kind === "moments" ? words.matchedError : words.error;
  }

  /** @param {number} row */
  nameOf(row) {
    if (this.#loaded.files) return shownName(this.#loaded.files[row]);
    const reference = this.#category("reference", row);
    if (reference === null) return words.pictureNumber(format.count(row));
    const distortion = this.#distortion(row);
    return distortion ? words.picture(displayName(reference), distortion) : displayName(reference);
  }

  /** @param {number} row */
  #distortion(row) {
    const type = this.#category("type", row);
    if (type === null) return null;
    const level = this.#number("level", row);
    return level ? words.damage(displayName(type), format.count(level)) : displayName(type);
  }

  /** @param {number} row */
  captionOf(row) {
    return format.cell(this.#number("score", row), "score");
  }

  /** @param {string} name @param {number} row */
  #category(name, row) {
    const column = this.#loaded.categories[name];
    return column?.names[column.codes[row]] ?? null;
  }

  /** @param {string} name @param {number} row */
  #number(name, row) {
    const value = this.#loaded.numbers[name]?.[row] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  }

  /**
   * @param {number} row
   * @param {import("../drawing/theme.js").Theme} theme
   * @returns {PictureFacts}
   */
  factsOf(row, theme) {
    return { name: this.nameOf(row), facts: this.#facts(row), bars: this.#bars(row, theme) };
  }

  /** @param {number} row @returns {[string, string][]} */
  #facts(row) {
    const [score, std, label, error] = ["score", "score_std", "label", "score_error"].map((name) =>
      this.#number(name, row),
    );
    const cluster = this.#category("cluster", row);
    const share = this.#number("cluster_posterior", row);
    /** @type {[string, string | null][]} */
    const facts = [
      [fields.score.name, score === null ? null : words.scoreWithStd(format.score(score), format.cell(std, "score"))],
      [this.#labelWords, label === null ? null : format.score(label)],
      [this.#errorWords, error === null ? null : format.signed(error)],
      [words.topCluster, cluster === null ? null : words.share(displayName(cluster), format.cell(share, "percent"))],
    ];
    return /** @type {[string, string][]} */ (facts.filter(([, value]) => value !== null));
  }

  /** The experts with most weight; clusters where there are no experts. @param {number} row @param {import("../drawing/theme.js").Theme} theme */
  #bars(row, theme) {
    const { routing_weights: routing, posteriors } = this.#loaded.vectors;
    const vector = routing ?? posteriors;
    if (!vector) return null;
    const shares = Array.from(vector.values.subarray(row * vector.width, (row + 1) * vector.width));
    const order = shares.map((_, place) => place).sort((a, b) => shares[b] - shares[a]);
    const bars = order.slice(0, BARS).map((place) => {
      const name = vector.names[place] ?? String(place + 1);
      return {
        name: displayName(name),
        text: format.percent(shares[place]),
        share: shares[place],
        color: groupColor(name, theme),
      };
    });
    return { title: routing ? words.experts : words.clusters, bars };
  }

  /**
   * The readable twin of a page of thumbnails.
   * @param {Uint32Array} rows
   * @returns {import("../drawing/table.js").Table}
   */
  tableOf(rows) {
    const { numbers, categories } = this.#loaded;
    const names = TABLE_NUMBERS.filter((name) => numbers[name]);
    const titles = { score: fields.score.name, label: this.#labelWords, score_error: this.#errorWords };
    return {
      columns: [
        { label: words.picturesColumn, format: "text" },
        ...names.map((name) => ({ label: titles[name], format: /** @type {const} */ ("score") })),
        ...(categories.cluster ? [{ label: fields.cluster.name, format: /** @type {const} */ ("text") }] : []),
      ],
      rows: Array.from(rows, (row) => [
        this.nameOf(row),
        ...names.map((name) => this.#number(name, row)),
        ...(categories.cluster ? [displayName(this.#category("cluster", row) ?? fieldValues.missing)] : []),
      ]),
    };
  }
}

/**
 * Name and axis of a field, as this image set's labels are called.
 * @param {string} name
 * @param {import("contract").MapResponse} map
 */
export function fieldWords(name, { columns, image_set: images, label_scale: scale }) {
  const title = columns[name]?.title;
  if (title) return { name: shownName(title), axis: shownName(title) };
  if (name === "label" && images.label_kind === "pseudo_mos") return pseudoLabel;
  return name === "score_error" && scale?.kind === "moments" ? matchedError : fields[name];
}
