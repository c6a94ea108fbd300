/** Two checkpoints on the same pictures: scores side by side, their difference, and how many places a picture moves. */

/**
 * @typedef {object} Scored what one checkpoint says of N pictures
 * @property {string[]} ids (N)
 * @property {ArrayLike<number>} scores (N) points
 * @property {(string | null)[] | null} clusters (N) name of the most probable cluster; null: the variant has none
 *
 * @typedef {object} Joined the M pictures that both have, in the first one's order
 * @property {string[]} ids (M)
 * @property {Int32Array} rows (M) place of each among the first one's pictures
 * @property {Float64Array} a (M) points
 * @property {Float64Array} b (M) points
 * @property {Float64Array} delta (M) a less b, points
 * @property {Float64Array} rankA (M) 1 is the highest score; equal scores share their mean rank
 * @property {Float64Array} rankB (M)
 * @property {Float64Array} places (M) by how many places the first one puts it higher than the second
 * @property {(string | null)[] | null} clusterA (M)
 * @property {(string | null)[] | null} clusterB (M)
 * @property {{a: number, b: number}} unmatched pictures that only one of them has
 */

/**
 * Joins by id.
 * @param {Scored} first
 * @param {Scored} second
 * @returns {Joined}
 */
export function join(first, second) {
  const placeOf = new Map(second.ids.map((id, row) => [id, row]));
  const pairs = first.ids.flatMap((id, row) => {
    const other = placeOf.get(id);
    return other === undefined ? [] : [{ row, other }];
  });
  const rows = Int32Array.from(pairs, ({ row }) => row);
  const others = Int32Array.from(pairs, ({ other }) => other);
  const [clustersA, clustersB] = [first.clusters, second.clusters];
  const a = Float64Array.from(rows, (row) => first.scores[row]);
  const b = Float64Array.from(others, (row) => second.scores[row]);
  const [rankA, rankB] = [ranks(a), ranks(b)];
  return {
    ids: Array.from(rows, (row) => first.ids[row]),
    rows,
    a,
    b,
    delta: a.map((value, index) => value - b[index]),
    rankA,
    rankB,
    places: rankB.map((rank, index) => rank - rankA[index]),
    clusterA: clustersA && Array.from(rows, (row) => clustersA[row]),
    clusterB: clustersB && Array.from(others, (row) => clustersB[row]),
    unmatched: { a: first.ids.length - rows.length, b: second.ids.length - rows.length },
  };
}

/**
 * Rank of each value, 1 for the highest; equal values share their mean rank.
 * @param {ArrayLike<number>} values
 */
export function ranks(values) {
  const order = Array.from(values, (_, index) => index).sort((one, other) => values[other] - values[one]);
  const found = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end += 1;
    for (let place = start; place < end; place += 1) found[order[place]] = (start + 1 + end) / 2;
    start = end;
  }
  return found;
}

/**
 * Pearson's correlation; of ranks it is Spearman's. NaN where one side is constant.
 * @param {Float64Array} one
 * @param {Float64Array} other
 */
export function correlation(one, other) {
  const [meanOne, meanOther] = [mean(one), mean(other)];
  let [product, squares, otherSquares] = [0, 0, 0];
  for (let index = 0; index < one.length; index += 1) {
    const [x, y] = [one[index] - meanOne, other[index] - meanOther];
    product += x * y;
    squares += x * x;
    otherSquares += y * y;
  }
  return product / Math.sqrt(squares * otherSquares);
}

/** @param {Float64Array} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Places of the pictures that differ most, the largest first.
 * @param {ArrayLike<number>} values signed
 * @param {number} count
 */
export function mostChanged(values, count) {
  const order = Array.from(values, (_, index) => index);
  return order.sort((one, other) => Math.abs(values[other]) - Math.abs(values[one])).slice(0, count);
}

/**
 * What a pair of checkpoints comes to on the joined pictures.
 * @param {Joined} joined
 */
export function summary({ delta, places, rankA, rankB, ids }) {
  const sizes = Array.from(delta, Math.abs).sort((one, other) => one - other);
  return {
    count: ids.length,
    srcc: correlation(rankA, rankB),
    meanDelta: mean(delta),
    medianSize: sizes.length ? (sizes[(sizes.length - 1) >> 1] + sizes[sizes.length >> 1]) / 2 : Number.NaN,
    mostPlaces: places.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  };
}
