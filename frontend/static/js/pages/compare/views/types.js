/** The section of distortion types. */

import { named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { rankedRows } from "../board.js";
import * as types from "../charts/types.js";
import { splits, types as words } from "../words.js";
import { CompareCard } from "./card.js";
import { ComparePart } from "./part.js";

export class TypesSection {
  #card = new CompareCard(types);
  #part = new ComparePart(named("types-body"), this.#card.element);

  /** @param {import("./board.js").Shown} shown */
  async show({ data, signal }) {
    await this.#part.show(async () => {
      const rows = rankedRows(await data.leaderboard(), "synthetic", "frozen");
      signal.throwIfAborted();
      const count = Math.max(...rows.map(({ measured }) => measured.num_splits));
      await this.#card.show({ rows }, "types", words.measured(splits(count, format.count(count))));
    }, signal);
  }
}
