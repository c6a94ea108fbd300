/** What the reader is at: a picture and a checkpoint, kept for this tab, which links from page to page carry along. */

/**
 * @typedef {object} Context
 * @property {{id: string, filename: string} | null} picture an analysis and its file's name
 * @property {string | null} checkpoint
 */

const KEY = "context";
/** What addresses call the parts that they carry. */
const KEYS = Object.freeze({ picture: "analysis", checkpoint: "checkpoint", variant: "a" });

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

/** Takes up the picture of an analysis. @param {{id: string, filename: string}} analysis */
export function rememberPicture({ id, filename }) {
  remember({ picture: { id, filename } });
}

/**
 * The address of a page, with what it can take of the context; that of the Score page is an analysis's own.
 * @param {string} path of the page as it stands alone
 * @param {readonly string[]} carries `picture` and `checkpoint`, and `variant` for the one that is compared
 * @param {Context} context
 */
export function carriedAddress(path, carries, { picture, checkpoint }) {
  const isScore = path === "/";
  if (isScore && !picture) return path;
  const taken = { picture: isScore ? null : picture?.id, checkpoint, variant: checkpoint };
  const query = new URLSearchParams();
  for (const what of /** @type {(keyof typeof taken)[]} */ (carries)) if (taken[what]) query.set(KEYS[what], taken[what]);
  const page = isScore && picture ? `/analyses/${encodeURIComponent(picture.id)}` : path;
  return query.size > 0 ? `${page}?${query}` : page;
}
