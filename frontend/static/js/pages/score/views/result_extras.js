/** What a result can be looked at beside: the other checkpoints, and known pictures around it. */

import { PlacePanel } from "../place/panel.js";
import { SideBySide } from "../side_by_side/panel.js";

export class ResultExtras {
  #beside;
  #place;

  /**
   * @param {import("../../../kit/net/api.js").Api} api
   * @param {import("../archive.js").Archive} archive
   * @param {(checkpoint: string) => void} onPick
   */
  constructor(api, archive, onPick) {
    this.#beside = new SideBySide(api, archive, onPick);
    this.#place = new PlacePanel(api);
    document.addEventListener("themechange", () => {
      this.#beside.draw();
      this.#place.draw();
    });
  }

  /** @param {import("contract").AnalysisResponse} analysis */
  show(analysis) {
    this.#beside.show(analysis);
    this.#place.show(analysis);
  }
}
