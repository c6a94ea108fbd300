/** What stands around the map: its choices, its tools, and what is said about it. */

import { element, fillSelect, named, onClick, setContent, setText } from "../../../kit/dom/element.js";
import { onCsvWanted } from "../../../kit/dom/saving.js";
import * as format from "../../../kit/language/format.js";
import { checkpointText } from "../../../kit/language/words.js";
import { map as words } from "../words.js";

/**
 * @typedef {object} FrameHandlers
 * @property {(checkpoint: string) => void} onCheckpoint
 * @property {(address: string) => void} onMap
 * @property {(field: string) => void} onColor
 * @property {(isLasso: boolean) => void} onTool
 * @property {(factor: number) => void} onZoom
 * @property {() => void} onReset
 * @property {() => void} onClear
 * @property {(options: import("../../../kit/csv.js").CsvOptions) => void} onCsv
 * @property {() => void} onPublish
 */

const ZOOM = 1.6;

export class MapFrame {
  #checkpoint = named("checkpoint", "select");
  #map = named("map-choice", "select");
  #color = named("color-by", "select");
  #progress = named("progress", "progress");
  #progressText = named("progress-text");

  /** @param {FrameHandlers} handlers */
  constructor(handlers) {
    this.#checkpoint.addEventListener("change", () => handlers.onCheckpoint(this.#checkpoint.value));
    this.#map.addEventListener("change", () => handlers.onMap(this.#map.value));
    this.#color.addEventListener("change", () => handlers.onColor(this.#color.value));
    onClick("tool-move", () => this.#chooseTool(false, handlers));
    onClick("tool-lasso", () => this.#chooseTool(true, handlers));
    onClick("zoom-in", () => handlers.onZoom(ZOOM));
    onClick("zoom-out", () => handlers.onZoom(1 / ZOOM));
    onClick("reset-view", handlers.onReset);
    onClick("clear-selection", handlers.onClear);
    onCsvWanted("save-csv", handlers.onCsv);
    onClick("save-figure", handlers.onPublish);
  }

  /** @param {boolean} isLasso @param {FrameHandlers} handlers */
  #chooseTool(isLasso, handlers) {
    named("tool-move").setAttribute("aria-pressed", String(!isLasso));
    named("tool-lasso").setAttribute("aria-pressed", String(isLasso));
    handlers.onTool(isLasso);
  }

  /** @param {number} received_bytes @param {number} total_bytes */
  progress(received_bytes, total_bytes) {
    [this.#progress.value, this.#progress.max] = [received_bytes, total_bytes];
    this.#progressText.textContent = words.progress(format.bytes(received_bytes), format.bytes(total_bytes));
  }

  /** @param {import("../../../mapdata/source.js").Choice} choice */
  fillCheckpoints({ checkpoints }) {
    fillSelect(
      this.#checkpoint,
      checkpoints.map(({ id, title }) => [id, checkpointText(title)]),
    );
  }

  /** @param {string} checkpoint */
  pickCheckpoint(checkpoint) {
    this.#checkpoint.value = checkpoint;
  }

  /** @param {import("contract").MapResponse[]} maps @param {string} picked address */
  fillMaps(maps, picked) {
    fillSelect(
      this.#map,
      maps.map(({ address, image_set: images, count }) => [address, words.mapChoice(images.name, format.count(count))]),
    );
    this.#map.value = picked;
    named("which-map").hidden = maps.length < 2;
  }

  /** @param {[string, string][]} fields name and title */
  fillColors(fields) {
    fillSelect(this.#color, fields);
  }

  /** @param {string} field */
  pickColor(field) {
    this.#color.value = field;
  }

  /** @param {import("contract").StudyResponse | null} study @param {string} checkpoint */
  sayWhyEmpty(study, checkpoint) {
    if (study === null) return;
    const isComing = study.state === "queued" || study.state === "running";
    setText("empty-title", isComing && !study.maps.includes(checkpoint) ? words.notYet : words.none);
    setText("empty-text", isComing ? words.notYetText : words.noneText);
  }

  /** @param {import("contract").MapFaultResponse[]} refused */
  listRefused(refused) {
    setContent("refused-maps", ...refused.map((map) => element("li", {}, words.refused(map))));
  }

  /** @param {import("contract").MapResponse} map */
  about({ projection, space, image_set: images }) {
    const text = words.projection(projection.method, projection.library, space.source, format.count(space.dim));
    setText("about-projection", text);
    const credits = images.credits.map(({ credit, references }) =>
      element("li", {}, words.credited(references), element("span", { lang: "en" }, credit)),
    );
    setContent("credits", ...credits);
  }

  /** @param {number} shown @param {number} total @param {number} drawn */
  count(shown, total, drawn) {
    const [some, all, seen] = [shown, total, drawn].map(format.count);
    setText("shown-line", shown === total ? words.shownAll(all) : words.shown(some, all));
    setText("sampled-line", drawn === total ? "" : words.sampled(seen, all));
  }
}
