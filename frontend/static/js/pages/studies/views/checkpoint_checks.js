/** Which checkpoints answer: all but those as the paper writes them, unless the reader says otherwise. */

import { element, named, within } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { checkpointText } from "../../../kit/language/words.js";
import * as words from "../words.js";

/** @typedef {import("contract").CheckpointResponse} Checkpoint */

export class CheckpointChecks {
  #details = named("checkpoints");
  #list = within(this.#details, "ul");

  constructor() {
    this.#list.addEventListener("change", () => this.#summarise());
  }

  /** @param {import("contract").CheckpointList} list */
  fill({ checkpoints }) {
    const [stable, literal] = [true, false].map((is) => checkpoints.filter(({ formulation }) => (formulation === "stable") === is));
    this.#list.replaceChildren(...[...stable, ...literal].map(entryOf));
    this.#summarise();
  }

  /** Ids of those that are to answer. */
  get chosen() {
    return this.#boxes.filter(({ checked }) => checked).map(({ value }) => value);
  }

  get #boxes() {
    return [...this.#list.querySelectorAll("input")];
  }

  #summarise() {
    const texts = [this.chosen.length, this.#boxes.length].map(format.count);
    within(this.#details, "summary").textContent = words.checkpointsChosen(texts[0], texts[1]);
  }
}

/** @param {Checkpoint} checkpoint */
function entryOf({ id, title, formulation }) {
  const isStable = formulation === "stable";
  const box = element("input", { type: "checkbox", value: id, checked: isStable });
  const kind = isStable ? [] : [element("span", { className: "muted" }, ` ${words.asWritten}`)];
  return element("li", {}, element("label", {}, box, " ", checkpointText(title), ...kind));
}
