/** The section of distortion types. */

import * as types from "../charts/compare/types.js";
import { rankedRows } from "../compare/board.js";
import * as format from "../format.js";
import { splits, types as words } from "../words/compare.js";
import { CompareCard } from "./compare_card.js";
import { ComparePart } from "./compare_part.js";

export class TypesSection {
  #card = new CompareCard(types);
  #part = new ComparePart(document.getElementById("types-body"), this.#card.element);

  /** @param {import("./compare_board.js").Shown} shown */
  async show({ data, signal }) {
    await this.#part.show(async () => {
      const rows = rankedRows(await data.leaderboard(), "synthetic", "frozen");
      signal.throwIfAborted();
      const count = Math.max(...rows.map(({ measured }) => measured.num_splits));
      await this.#card.show({ rows }, "types", words.measured(splits(count, format.count(count))));
    }, signal);
  }
}
