/** What the reader is at: a picture and a checkpoint, kept for this tab, which links from page to page carry along. */

/**
 * @typedef {object} Context
 * @property {{id: string, filename: string} | null} picture an analysis and its file's name
 * @property {string | null} checkpoint
 */

const KEY = "context";

/** @type {Readonly<Context>} */
const NOTHING = Object.freeze({ picture: null, checkpoint: null });

/** Told on the document when the context is another one. */
export const CONTEXT_CHANGE = "contextchange";

/**
 * The context of this tab; nothing where there is none or the browser keeps nothing.
 * @param {() => Storage} storage a function, because merely naming the storage may throw
 * @returns {Context}
 */
export function readContext(storage = () => sessionStorage) {
  try {
    return { ...NOTHING, ...JSON.parse(storage().getItem(KEY) ?? "{}") };
  } catch (error) {
    // Private windows and blocked storage; or a text that is not ours.
    if (error instanceof DOMException || error instanceof SyntaxError) return NOTHING;
    throw error;
  }
}

/**
 * Takes up another picture or checkpoint; what is not named stays.
 * @param {Partial<Context>} changes
 * @param {() => Storage} storage
 */
export function remember(changes, storage = () => sessionStorage) {
  try {
    storage().setItem(KEY, JSON.stringify({ ...readContext(storage), ...changes }));
  } catch (error) {
    // Then links carry nothing along.
    if (!(error instanceof DOMException)) throw error;
  }
  globalThis.document?.dispatchEvent(new CustomEvent(CONTEXT_CHANGE));
}

/** Forgets picture and checkpoint. @param {() => Storage} [storage] */
export function forget(storage) {
  remember(NOTHING, storage);
}

/**
 * The address of a page, with what it can take of the context.
 * @param {string} path of the page as it stands alone
 * @param {readonly string[]} carries `picture` and `checkpoint`, and `variant` for the one that is compared
 * @param {Context} context
 */
export function carriedAddress(path, carries, { picture, checkpoint }) {
  const takes = (/** @type {string} */ what) => carries.includes(what);
  const isScore = path === "/";
  const query = new URLSearchParams();
  if (picture && takes("picture") && !isScore) query.set("analysis", picture.id);
  if (checkpoint && takes("checkpoint")) query.set("checkpoint", checkpoint);
  if (checkpoint && takes("variant")) query.set("a", checkpoint);
  const page = isScore && picture && takes("picture") ? `/analyses/${encodeURIComponent(picture.id)}` : path;
  return query.size > 0 && (page !== "/" || picture) ? `${page}?${query}` : page;
}
