/** Numbers and sizes to text: the only place where the page does so. */

import { LOCALE } from "./translate.js";

/**
 * @typedef {"text" | "written" | "score" | "points" | "percent" | "number" | "count" | "signed" | "signedCount"
 *   | "correlation" | "signedCorrelation"} CellFormat `written`: a figure that is a text already
 */

const MISSING = "–";

/** @param {Intl.NumberFormatOptions} options */
function formatter(options) {
  const format = new Intl.NumberFormat(LOCALE, options);
  return (/** @type {number} */ value) => format.format(value);
}

/** A score or an interval's end, one decimal. */
export const score = formatter({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A difference of scores with its sign, one decimal. */
export const signed = formatter({ minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" });

/** Points of a score, two decimals, so that sums can be checked by eye. */
export const points = formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A correlation or another figure whose third decimal counts, three decimals. */
export const correlation = formatter({ minimumFractionDigits: 3, maximumFractionDigits: 3 });

/** A difference of correlations with its sign, three decimals. */
export const signedCorrelation = formatter({
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
  signDisplay: "exceptZero",
});

/** A difference of counts with its sign. */
export const signedCount = formatter({ maximumFractionDigits: 0, signDisplay: "exceptZero" });

/** A share of one as per cent, one decimal. */
export const percent = formatter({ style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** The same in whole per cent. */
export const wholePercent = formatter({ style: "percent", maximumFractionDigits: 0 });

/** Any other number, at most three decimals. */
export const number = formatter({ maximumFractionDigits: 3 });

/** A count, with separators of thousands. */
export const count = formatter({ maximumFractionDigits: 0 });

/** A large count in short, such as 4.6M. */
export const shortCount = formatter({ notation: "compact", maximumFractionDigits: 1 });

/** A duration in milliseconds. */
export const milliseconds = formatter({ style: "unit", unit: "millisecond", maximumFractionDigits: 1 });

/** A short duration in seconds, at most two decimals. */
export const shortSeconds = formatter({ style: "unit", unit: "second", maximumFractionDigits: 2 });

/** A duration in seconds. */
export const seconds = formatter({ style: "unit", unit: "second", maximumFractionDigits: 0 });

const minutes = formatter({ style: "unit", unit: "minute", maximumFractionDigits: 0 });
const hours = formatter({ style: "unit", unit: "hour", maximumFractionDigits: 1 });

/**
 * A duration in the unit that suits it: seconds, minutes or hours.
 * @param {number} value in seconds
 */
export function duration(value) {
  if (value < 90) return seconds(Math.ceil(value));
  return value < 5400 ? minutes(value / 60) : hours(value / 3600);
}

const kilobytes = formatter({ style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
const megabytes = formatter({ style: "unit", unit: "megabyte", maximumFractionDigits: 1 });

/**
 * A size in decimal kilobytes or megabytes.
 * @param {number} value in bytes
 */
export function bytes(value) {
  return value < 1e6 ? kilobytes(Math.ceil(value / 1e3)) : megabytes(value / 1e6);
}

const oneDecimal = formatter({ maximumFractionDigits: 1 });

/**
 * A size beside a limit of the service, which are in mebibytes.
 * @param {number} value in bytes
 */
export function mebibytes(value) {
  return `${oneDecimal(value / 2 ** 20)} MiB`;
}

const dateFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });

/**
 * A moment in the reader's time zone.
 * @param {string} iso ISO 8601
 */
export function dateTime(iso) {
  return dateFormat.format(new Date(iso));
}

/**
 * The first twelve digits of a hash.
 * @param {string} sha256
 */
export function shortHash(sha256) {
  return sha256.slice(0, 12);
}

/** @type {Record<CellFormat, (value: number) => string>} */
const CELL_FORMATS = {
  text: String,
  written: String,
  score,
  points,
  percent,
  number,
  count,
  signed,
  signedCount,
  correlation,
  signedCorrelation,
};

/**
 * One cell of a table as text; an absent value is a dash.
 * @param {string | number | null} value
 * @param {CellFormat} format
 */
export function cell(value, format) {
  if (value === null) return MISSING;
  return typeof value === "string" ? value : CELL_FORMATS[format](value);
}
