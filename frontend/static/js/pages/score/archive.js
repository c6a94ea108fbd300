/** Analyses already received, so that switching back to a checkpoint or going back asks nothing of the service. */

export class Archive {
  /** @type {Map<string, Map<string, import("contract").AnalysisResponse>>} by id, then checkpoint */
  #analyses = new Map();

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
}
