/** Comma-separated values as RFC 4180 has them, with texts as they are, so that they can be joined to files. */

// By which spreadsheets know UTF-8.
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Lines of cells as text; absent values are empty.
 * @param {(string | number | null)[][]} lines
 */
export function csvText(lines) {
  return `${BYTE_ORDER_MARK}${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** @param {string | number | null} value */
function csvCell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
