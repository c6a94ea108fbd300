/** Messages in the page's language: looked up by their English text in the catalogue that the page brings along. */

const page = globalThis.document;
const embedded = page?.getElementById("catalogue")?.textContent;

/** The page's language, as `Intl` takes it; English where there is no page. */
export const LOCALE = page?.documentElement.lang || "en";

/** @type {Readonly<Record<string, string | string[]>>} */
const catalogue = Object.freeze(embedded ? JSON.parse(embedded) : {});

/**
 * A message with its `{names}` filled in. The message is a literal, so that extraction finds it.
 * @param {string} message in English
 * @param {Readonly<Record<string, string | number>>} [values]
 */
export function t(message, values = {}) {
  const found = Object.hasOwn(catalogue, message) ? catalogue[message] : message;
  return fill(Array.isArray(found) ? found[0] : found, values);
}

/**
 * The message for a number of things; `{count}` is the number unless `values` says it in another way.
 * @param {string} one in English, for one
 * @param {string} many in English, for any other number
 * @param {number} count
 * @param {Readonly<Record<string, string | number>>} [values]
 */
export function tn(one, many, count, values = {}) {
  const forms = Object.hasOwn(catalogue, one) ? catalogue[one] : [one, many];
  const form = Array.isArray(forms) ? forms[Math.min(count === 1 ? 0 : 1, forms.length - 1)] : forms;
  return fill(form, { count, ...values });
}

/**
 * @param {string} message
 * @param {Readonly<Record<string, string | number>>} values
 */
function fill(message, values) {
  return message.replace(/\{(\w+)\}/g, (hole, name) => (Object.hasOwn(values, name) ? String(values[name]) : hole));
}
