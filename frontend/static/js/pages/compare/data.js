/** What the service says of checkpoints, each answer asked for once; one that failed is asked for again. */

import { MapData } from "../../mapdata/data.js";

export class CompareData {
  #api;
  /** @type {Map<string, Promise<unknown>>} */
  #known = new Map();

  /** @param {import("../../kit/net/api.js").Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** @returns {Promise<import("contract").LeaderboardResponse>} */
  leaderboard() {
    return this.#once("leaderboard", () => this.#api.leaderboard());
  }

  /** @param {string} checkpoint @returns {Promise<import("contract").MetricsResponse>} */
  metrics(checkpoint) {
    return this.#once(`metrics ${checkpoint}`, () => this.#api.metrics(checkpoint));
  }

  /** @param {string} checkpoint @returns {Promise<import("contract").CurveResponse>} */
  curve(checkpoint) {
    return this.#once(`curve ${checkpoint}`, () => this.#api.trainingCurve(checkpoint));
  }

  /** @param {string} checkpoint @returns {Promise<import("contract").PredictionsResponse>} */
  predictions(checkpoint) {
    return this.#once(`predictions ${checkpoint}`, () => this.#api.predictions(checkpoint));
  }

  /** @param {string} checkpoint @returns {Promise<import("contract").MapList>} */
  maps(checkpoint) {
    return this.#once(`maps ${checkpoint}`, () => this.#api.maps(checkpoint));
  }

  /** @param {string} checkpoint @param {import("contract").MapResponse} map @returns {Promise<MapData>} */
  mapData(checkpoint, map) {
    const never = new AbortController().signal;
    return this.#once(`map ${checkpoint} ${map.address}`, async () => new MapData(this.#api, map, never, () => {}));
  }

  /**
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} ask
   * @returns {Promise<T>}
   */
  #once(key, ask) {
    const known = this.#known.get(key);
    if (known) return /** @type {Promise<T>} */ (known);
    const asked = ask();
    this.#known.set(key, asked);
    asked.catch(() => this.#known.delete(key));
    return asked;
  }
}
