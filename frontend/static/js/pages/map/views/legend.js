/** The legend: an entry each with its symbol, its live count and a box that switches it off. */

import { swatch } from "../../../drawing/swatch.js";
import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { map as words } from "../words.js";

export class MapLegend {
  #list = named("legend");
  /** @type {HTMLElement[]} */
  #counts = [];

  /** @param {{onToggle: (key: string, isShown: boolean) => void, onAll: () => void, onNone: () => void}} handlers */
  constructor({ onToggle, onAll, onNone }) {
    this.#list.addEventListener("change", (event) => {
      const { value, checked } = /** @type {HTMLInputElement} */ (event.target);
      onToggle(value, checked);
    });
    named("legend-all").addEventListener("click", onAll);
    named("legend-none").addEventListener("click", onNone);
  }

  /**
   * @param {import("../legend.js").NamedEntry[]} entries
   * @param {Uint32Array} totals pictures of each entry; entries without one are left out
   */
  fill(entries, totals) {
    this.#counts = entries.map(() => element("span", { className: "legend-count" }));
    const items = entries.map((entry, code) => {
      const box = element("input", { type: "checkbox", value: entry.key });
      const name = element("span", { className: "legend-name" }, entry.name);
      const label = element("label", {}, box, swatch(entry), name, this.#counts[code]);
      return element("li", { hidden: totals[code] === 0 }, label);
    });
    this.#list.replaceChildren(...items);
  }

  /**
   * @param {Uint32Array} counts pictures of each entry that pass everything else
   * @param {Uint32Array} totals
   * @param {ReadonlySet<string>} hidden keys
   */
  show(counts, totals, hidden) {
    for (const [code, item] of [...this.#list.children].entries()) {
      const box = /** @type {HTMLInputElement} */ (item.querySelector("input"));
      box.checked = !hidden.has(box.value);
      item.classList.toggle("is-off", !box.checked);
      this.#counts[code].textContent = words.ofTotal(format.count(counts[code]), format.count(totals[code]));
    }
  }
}
