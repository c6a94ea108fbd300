/** Comma-separated values as RFC 4180 has them. */

// A spreadsheet would run a cell that begins with one of these as a formula.
const FORMULA_START = /^[=+\-@\t\r]/;

/**
 * Lines of cells as text; texts that a spreadsheet would run begin with an apostrophe, absent values are empty.
 * @param {(string | number | null)[][]} lines
 */
export function csvText(lines) {
  return lines.map((line) => line.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

/** @param {string | number | null} value */
function csvCell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
