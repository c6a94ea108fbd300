/** Analyses already received, so that switching back to a checkpoint or going back asks nothing of the service. */

export class Archive {
  #api;
  /** @type {Map<string, Map<string, import("contract").AnalysisResponse>>} by id, then checkpoint */
  #analyses = new Map();

  /** @param {Pick<import("../../kit/net/api.js").Api, "analysis" | "rescore">} api */
  constructor(api) {
    this.#api = api;
  }

  /** @param {import("contract").AnalysisResponse} analysis */
  keep(analysis) {
    const byCheckpoint = this.#analyses.get(analysis.id) ?? new Map();
    this.#analyses.set(analysis.id, byCheckpoint.set(analysis.checkpoint, analysis));
  }

  /**
   * @param {string} id
   * @param {string | null} checkpoint null: the one received first
   * @returns {import("contract").AnalysisResponse | null}
   */
  find(id, checkpoint) {
    const byCheckpoint = this.#analyses.get(id);
    if (!byCheckpoint) return null;
    return (checkpoint === null ? byCheckpoint.values().next().value : byCheckpoint.get(checkpoint)) ?? null;
  }

  /**
   * A picture's analysis under another checkpoint: from here, from the service, or made now.
   * @param {import("contract").AnalysisResponse} analysis of the picture
   * @param {string} checkpoint
   * @param {AbortSignal} signal
   */
  async under({ id, scored_checkpoints: scored }, checkpoint, signal) {
    const known = this.find(id, checkpoint);
    if (known) return known;
    return scored.includes(checkpoint)
      ? this.#api.analysis(id, checkpoint, signal)
      : this.#api.rescore(id, checkpoint, signal);
  }
}
