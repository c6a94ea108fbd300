/** What is about to be sent as a study: pictures, a table of labels, and what is said of it. No DOM. */

/** @typedef {import("../../sending/selection.js").Candidate} Candidate */

const TABLE = /\.(?:csv|tsv)$/i;

/** What the reader says of a table; an empty text says nothing. */
export const NOTHING_SAID = Object.freeze({ low: "", high: "", direction: "", columns: /** @type {Columns} */ ({}) });

/**
 * @typedef {Partial<Record<keyof import("contract").LabelColumns, string>>} Columns
 * @typedef {{low: string, high: string, direction: string, columns: Columns}} Said
 */

/**
 * Pictures, and tables of labels among them.
 * @param {readonly Candidate[]} candidates
 */
export function parted(candidates) {
  return {
    pictures: candidates.filter(({ file }) => !TABLE.test(file.name)),
    tables: candidates.filter(({ file }) => TABLE.test(file.name)).map(({ file }) => file),
  };
}

/**
 * What is said of a table as a form has it.
 * @param {Said} said
 * @returns {[string, string][]}
 */
export function saidFields({ low, high, direction, columns }) {
  /** @type {[string, string][]} */
  const fields = [];
  if (low !== "" && high !== "") fields.push(["low", low], ["high", high]);
  if (direction !== "") fields.push(["direction", direction]);
  if (Object.keys(columns).length) fields.push(["columns", JSON.stringify(columns)]);
  return fields;
}

/**
 * The name that the folder of all pictures or their archive gives; empty where there is none.
 * @param {import("../../sending/selection.js").Selection} selection
 */
export function nameOf({ isArchive, chosen }) {
  if (isArchive) return chosen[0].path.replace(/\.zip$/i, "");
  const folders = new Set(chosen.map(({ path }) => (path.includes("/") ? path.split("/")[0] : "")));
  return folders.size === 1 ? [...folders][0] : "";
}
