/** Groups of near-duplicates as members with their scores. No DOM. */

/** @typedef {{position: number, filename: string, score: number}} Member */

/**
 * The groups in the order of the figures, the best picture of each first; what has no second picture is none.
 * @param {import("contract").Duplicates} duplicates
 * @param {import("contract").StudyScores} scores
 * @returns {Member[][]}
 */
export function groupsOf({ checkpoint, groups }, { positions, filenames, checkpoints }) {
  const rowOf = new Map(filenames.map((name, row) => [name, row]));
  const scores = checkpoints.find((one) => one.checkpoint === checkpoint)?.scores ?? [];
  const members = (/** @type {readonly string[]} */ names) =>
    names.flatMap((filename) => {
      const row = rowOf.get(filename);
      return row === undefined ? [] : [{ position: positions[row], filename, score: scores[row] }];
    });
  return groups.map(members).filter(({ length }) => length > 1);
}
