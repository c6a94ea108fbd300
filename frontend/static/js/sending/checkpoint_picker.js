/** The list of checkpoints: which one scores, what it is, and which were refused. */

import { element, fillSelect, named, within } from "../kit/dom/element.js";
import * as format from "../kit/language/format.js";
import { checkpointFacts, checkpointText, refusalLine, refusedSummary } from "../kit/language/words.js";

export class CheckpointPicker {
  #select = named("checkpoint", "select");
  #facts = named("checkpoint-facts");
  #refused = named("refused");
  /** @type {Map<string, import("contract").CheckpointResponse>} */
  #checkpoints = new Map();

  /** @param {(id: string) => void} onPick called with the checkpoint that the reader picked */
  constructor(onPick) {
    this.#select.addEventListener("change", () => {
      this.#describe();
      onPick(this.#select.value);
    });
  }

  /** The checkpoint that scores next; null before the list has come, which means the service's default. */
  get picked() {
    return this.#select.value || null;
  }

  /** @param {import("contract").CheckpointList} list */
  fill({ default: preset, checkpoints, refused }) {
    this.#checkpoints = new Map(checkpoints.map((checkpoint) => [checkpoint.id, checkpoint]));
    fillSelect(
      this.#select,
      checkpoints.map(({ id, title }) => [id, checkpointText(title)]),
    );
    this.pick(preset ?? "");
    this.#listRefused(refused);
  }

  /**
   * Shows a checkpoint as picked without scoring; one that is no longer on the list leaves the choice empty.
   * @param {string} id
   */
  pick(id) {
    this.#select.value = id;
    this.#describe();
  }

  /** Leaves only these to be picked. @param {string[]} ids */
  restrict(ids) {
    for (const option of this.#select.options) option.disabled = !ids.includes(option.value);
  }

  #describe() {
    const checkpoint = this.#checkpoints.get(this.#select.value);
    this.#facts.textContent = checkpoint
      ? checkpointFacts(checkpoint, format.shortCount(checkpoint.parameter_count))
      : "";
  }

  /** @param {import("contract").RefusalResponse[]} refused */
  #listRefused(refused) {
    this.#refused.hidden = refused.length === 0;
    within(this.#refused, "summary").textContent = refusedSummary(refused.length);
    within(this.#refused, "ul").replaceChildren(...refused.map((entry) => element("li", {}, refusalLine(entry))));
  }
}
