/** What the Compare page shows, in its address: two checkpoints, the section, and the choices inside it. */

export const VIEWS = Object.freeze(
  /** @type {const} */ (["board", "pictures", "errors", "types", "router", "training"]),
);
export const PARTS = Object.freeze(/** @type {const} */ (["photographs", "synthetic"]));
export const FEATURES = Object.freeze(/** @type {const} */ (["frozen", "fine_tuned"]));
const SETS = Object.freeze(/** @type {const} */ (["map", "photographs"]));

/**
 * @typedef {object} CompareState
 * @property {typeof VIEWS[number]} view
 * @property {string | null} a checkpoint; null: the service's default
 * @property {string | null} b checkpoint; null: the plain baseline
 * @property {typeof PARTS[number]} part what the leaderboard and the router are judged on
 * @property {typeof FEATURES[number] | null} features that the figures stand on; null: those that ship
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
  features: null,
  set: "map",
  term: null,
  picture: null,
});
const KEYS = /** @type {const} */ (["view", "a", "b", "part", "features", "set", "term", "picture"]);

/** The section of a name; that of `START` where there is none. @param {string | null | undefined} name */
export const viewOf = (name) => VIEWS.find((view) => view === name) ?? START.view;

/** @param {string | null} name */
export const featuresOf = (name) => FEATURES.find((features) => features === name) ?? null;

/**
 * @param {string} search
 * @returns {CompareState} parts that cannot be read are those of `START`
 */
export function readState(search) {
  const query = new URLSearchParams(search);
  return {
    view: viewOf(query.get("view")),
    a: query.get("a") || null,
    b: query.get("b") || null,
    part: PARTS.find((part) => part === query.get("part")) ?? START.part,
    features: featuresOf(query.get("features")),
    set: SETS.find((set) => set === query.get("set")) ?? START.set,
    term: query.get("term") || null,
    picture: query.get("picture") || null,
  };
}

/**
 * The query that `readState` reads, empty for `START`.
 * @param {CompareState} state
 */
export function writeState(state) {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    const value = state[key];
    if (value !== null && value !== START[key]) query.set(key, value);
  }
  const text = query.toString().replaceAll("%2F", "/");
  return text && `?${text}`;
}
