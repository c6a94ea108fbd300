import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { awayRoutingTable, awayTable, paysText } from "../../../../frontend/static/js/pages/compare/away.js";
import { board, spread } from "../../samples/boards.js";

const comparison = { median_difference: 0.02, interval: { low: 0.01, high: 0.03 }, p_value: null, num_pairs: 1 };

const at = (name, kind, srcc, ridge) => ({
  name,
  kind,
  num_heads: 1,
  srcc: spread(srcc),
  plcc: spread(srcc),
  routing: {
    own: spread(srcc),
    uniform: spread(srcc - 0.02),
    shuffled: spread(srcc - 0.1),
    mean: null,
    uniform_cost: comparison,
    shuffled_cost: comparison,
    mean_cost: null,
  },
  coverage: spread(0.8),
  mean_width: spread(31),
  plain: { ridge: spread(ridge), table: null },
  against_ridge: comparison,
});

const withAway = (byId) => ({
  ...board,
  checkpoints: board.checkpoints.map((row) => ({ ...row, frozen: { ...row.frozen, away: byId[row.id] ?? [] } })),
});

const measured = withAway({
  moe: [at("ss01", "source", 0.8, 0.77), at("ss02", "source", 0.43, 0.44)],
  no_gmm: [at("ss01", "source", 0.75, 0.77), at("ss02", "source", 0.41, 0.44)],
});

describe("away from home", () => {
  test("nothing is shown where nothing was measured", () => {
    assert.equal(awayTable(board, "frozen"), null);
    assert.equal(awayTable(measured, "fine_tuned"), null);
  });

  test("places stand beside home, and the ridge has a row of its own", () => {
    const { columns, rows } = awayTable(measured, "frozen");
    assert.equal(columns.length, 5);
    assert.deepEqual(rows[0].slice(3), [0.8, 0.43]);
    const ridge = rows.at(-1);
    assert.deepEqual(ridge.slice(1), [null, null, 0.77, 0.44]);
    assert.equal(rows.length, board.checkpoints.length + 1);
  });

  test("a mixture pays where it is above both the baseline and the ridge", () => {
    const said = paysText(measured, "frozen");
    assert.match(said, /pays here: photographs of source ss01/);
    assert.match(said, /does not here: photographs of source ss02/);
    const worse = withAway({ moe: [at("ss01", "source", 0.7, 0.77)], no_gmm: [at("ss01", "source", 0.6, 0.77)] });
    assert.match(paysText(worse, "frozen"), /pays nowhere/);
  });

  test("what is lost without the own routing is the paired difference", () => {
    const { rows } = awayRoutingTable(measured, "frozen");
    assert.deepEqual(rows[0].slice(2), [0.8, 0.78, 0.7000000000000001, null, 0.02, 0.8, 31]);
  });
});
