/** Whether two checkpoints were measured on the same pictures. */

/**
 * Whether both sides stand on the same splits. A side that cannot say which is not taken for another one: that its
 * metrics cannot be read is said elsewhere.
 * @param {readonly {split_sha256: string | null}[]} pair answers about one checkpoint each, predictions or metrics
 */
export function sameSplit(pair) {
  const named = pair.flatMap(({ split_sha256: split }) => split ?? []);
  return new Set(named).size < 2;
}
