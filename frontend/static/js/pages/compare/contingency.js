/** Which cluster of one checkpoint a picture is in, against which of another. */

/**
 * @typedef {object} Contingency
 * @property {string[]} rows clusters of the first, those with most pictures first
 * @property {string[]} columns clusters of the second
 * @property {number[][]} counts pictures, by row and column
 * @property {number} left pictures without a cluster in either
 */

/**
 * Rows go from the largest cluster to the smallest; columns follow them, so that agreement lies on the diagonal.
 * @param {(string | null)[]} first (N)
 * @param {(string | null)[]} second (N)
 * @returns {Contingency}
 */
export function contingency(first, second) {
  /** @type {Map<string, Map<string, number>>} */
  const table = new Map();
  let left = 0;
  first.forEach((row, index) => {
    const column = second[index];
    if (row === null || column === null) {
      left += 1;
      return;
    }
    const cells = table.get(row) ?? new Map();
    cells.set(column, (cells.get(column) ?? 0) + 1);
    table.set(row, cells);
  });
  const lines = [...table].sort(([, one], [, other]) => total(other) - total(one));
  const columns = matched(lines.map(([, cells]) => cells));
  const counts = lines.map(([, cells]) => columns.map((column) => cells.get(column) ?? 0));
  return { rows: lines.map(([row]) => row), columns, counts, left };
}

/** @param {Map<string, number>} cells */
function total(cells) {
  return [...cells.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * For each row in turn the column, not yet taken, that it shares most pictures with; then what is left.
 * @param {Map<string, number>[]} rows
 */
function matched(rows) {
  const left = new Set(rows.flatMap((cells) => [...cells.keys()]));
  const order = [];
  for (const row of rows) {
    const cells = [...row].filter(([column]) => left.has(column));
    if (cells.length === 0) continue;
    const [best] = cells.reduce((most, cell) => (cell[1] > most[1] ? cell : most));
    order.push(best);
    left.delete(best);
  }
  return [...order, ...[...left].sort()];
}

/**
 * Share of the pictures that lie on the diagonal: how far the two divide them alike, names aside.
 * @param {Contingency} table
 */
export function agreement({ counts }) {
  const sum = counts.flat().reduce((all, count) => all + count, 0);
  const diagonal = counts.reduce((all, row, index) => all + (row[index] ?? 0), 0);
  return sum ? diagonal / sum : Number.NaN;
}
