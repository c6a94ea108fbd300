/** Comma-separated values as RFC 4180 has them: texts as they are, to be joined to files, or safe in spreadsheets. */

// By which spreadsheets know UTF-8.
const BYTE_ORDER_MARK = "\ufeff";
// What begins with one of these is a formula to a spreadsheet; the service's own files go by the same rule.
const FORMULA = /^[=+\-@\t\r]/;

/** @typedef {{isProtected?: boolean}} CsvOptions protected, no text is a formula to a spreadsheet */

/**
 * Lines of cells as text; absent values are empty.
 * @param {(string | number | null)[][]} lines
 * @param {CsvOptions} [options]
 */
export function csvText(lines, { isProtected = false } = {}) {
  const cell = isProtected ? protectedCell : csvCell;
  return `${BYTE_ORDER_MARK}${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** @param {string | number | null} value */
function protectedCell(value) {
  return csvCell(typeof value === "string" && FORMULA.test(value) ? `'${value}` : value);
}

/** @param {string | number | null} value */
function csvCell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
