/** Whose maps a page shows: those beside the checkpoints, or those of a study, which are asked for alike. */

/**
 * @typedef {object} Choice of checkpoints
 * @property {import("contract").CheckpointResponse[]} checkpoints
 * @property {string | null} default
 * @property {import("contract").StudyResponse | null} study whose pictures the maps show; null: those beside the checkpoints
 */

/** The maps that lie beside the checkpoints. */
class CheckpointMaps {
  isOwn = false;
  #api;

  /** @param {import("../kit/net/api.js").Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** @returns {Promise<Choice>} */
  async choice() {
    return { ...(await this.#api.checkpoints()), study: null };
  }

  /** @param {string} checkpoint @param {AbortSignal} [signal] */
  maps(checkpoint, signal) {
    return this.#api.maps(checkpoint, signal);
  }

  /** @param {string} checkpoint @param {string | null} map @param {AbortSignal} [signal] */
  experts(checkpoint, map, signal) {
    return this.#api.experts(checkpoint, map, signal);
  }

  /** @param {string} analysis @param {{checkpoint: string, map: string}} where @param {AbortSignal} [signal] */
  place(analysis, where, signal) {
    return this.#api.place(analysis, where, signal);
  }
}

/** The maps of a study: of its checkpoints, the best by default. */
class StudyMaps {
  isOwn = true;
  #api;
  #study;

  /** @param {import("../kit/net/api.js").Api} api @param {string} study id */
  constructor(api, study) {
    this.#api = api;
    this.#study = study;
  }

  /** @returns {Promise<Choice>} */
  async choice() {
    const [list, study] = await Promise.all([this.#api.checkpoints(), this.#api.study(this.#study)]);
    const checkpoints = list.checkpoints.filter(({ id }) => study.checkpoints.includes(id));
    return { checkpoints, default: study.outcome?.best ?? checkpoints[0]?.id ?? null, study };
  }

  /** @param {string} checkpoint @param {AbortSignal} [signal] */
  maps(checkpoint, signal) {
    return this.#api.studyMap(this.#study, checkpoint, signal);
  }

  /** @param {string} checkpoint @param {string | null} map @param {AbortSignal} [signal] */
  experts(checkpoint, map, signal) {
    return this.#api.studyExperts(this.#study, checkpoint, map, signal);
  }

  /** @param {string} analysis @param {{checkpoint: string, map: string}} where @param {AbortSignal} [signal] */
  place(analysis, where, signal) {
    return this.#api.studyPlace(this.#study, { ...where, analysis }, signal);
  }
}

/**
 * @param {import("../kit/net/api.js").Api} api
 * @param {string | null} study id; null: the maps beside the checkpoints
 */
export function mapSource(api, study) {
  return study === null ? new CheckpointMaps(api) : new StudyMaps(api, study);
}
