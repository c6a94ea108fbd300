/** What the Compare page shows, in its address: two checkpoints, the section, and the choices inside it. */

export const VIEWS = Object.freeze(
  /** @type {const} */ (["board", "pictures", "errors", "types", "router", "training"]),
);
const PARTS = Object.freeze(/** @type {const} */ (["photographs", "synthetic"]));
const FEATURES = Object.freeze(/** @type {const} */ (["frozen", "fine_tuned"]));
const SETS = Object.freeze(/** @type {const} */ (["map", "photographs"]));

/**
 * @typedef {object} CompareState
 * @property {typeof VIEWS[number]} view
 * @property {string | null} a checkpoint; null: the service's default
 * @property {string | null} b checkpoint; null: the plain baseline
 * @property {typeof PARTS[number]} part what the leaderboard and the router are judged on
 * @property {typeof FEATURES[number]} features that the figures stand on
 * @property {typeof SETS[number]} set of linked pictures
 * @property {string | null} term of the training curves; null: the first that both have
 * @property {string | null} picture id of the picked picture
 */

/** @type {Readonly<CompareState>} */
export const START = Object.freeze({
  view: "board",
  a: null,
  b: null,
  part: "photographs",
  features: "frozen",
  set: "map",
  term: null,
  picture: null,
});
const CHOICES = Object.freeze({ view: VIEWS, part: PARTS, features: FEATURES, set: SETS });
const TEXTS = /** @type {const} */ (["a", "b", "term", "picture"]);

/**
 * @param {string} search
 * @returns {CompareState} parts that cannot be read are those of `START`
 */
export function readState(search) {
  const query = new URLSearchParams(search);
  const chosen = Object.entries(CHOICES).map(([key, known]) => [
    key,
    /** @type {readonly string[]} */ (known).includes(query.get(key)) ? query.get(key) : START[key],
  ]);
  return /** @type {any} */ ({
    ...Object.fromEntries(chosen),
    ...Object.fromEntries(TEXTS.map((key) => [key, query.get(key) || null])),
  });
}

/**
 * The query that `readState` reads, empty for `START`.
 * @param {CompareState} state
 */
export function writeState(state) {
  const query = new URLSearchParams();
  for (const key of Object.keys(START)) if (state[key] !== START[key]) query.set(key, state[key]);
  const text = query.toString().replaceAll("%2F", "/");
  return text && `?${text}`;
}
