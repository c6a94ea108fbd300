/** What the figures come to: each finding has a kind, which words are made of, and the numbers that it rests on. */

/** Of all that a weight could tell about the group: from here on it follows it, or does so in part. */
const FOLLOWS = 0.5;
const FOLLOWS_PARTLY = 0.2;
/** Agreement below this is next to none. */
const WEAK_AMI = 0.1;
/** One labelling is followed rather than another when it agrees so many times better. */
const CLEARLY = 2;
/** Work is even when the effective number is so large a part of the number. */
const EVEN = 0.6;
/** Nearly everything goes to one. */
const ONE = 1.5;

/** @typedef {import("contract").ExpertsResponse} Experts */

/**
 * What weighs the parts of this variant: its experts, else its clusters, else nothing.
 * @param {Experts} experts
 */
export function partsOf({ usage }) {
  if (usage?.experts) return { kind: /** @type {const} */ ("expert"), use: usage.experts };
  if (usage?.clusters) return { kind: /** @type {const} */ ("cluster"), use: usage.clusters };
  return null;
}

/**
 * How evenly the work is spread.
 * @param {import("contract").UseResponse} use
 */
export function useFinding({ names, mean_weights: weights, dead, effective_number: effective }) {
  const facts = { count: names.length, effective, dead: dead.map((index) => names[index]) };
  const busiest = names[weights.indexOf(Math.max(...weights))];
  if (names.length > 1 && effective < ONE) return { kind: /** @type {const} */ ("one"), ...facts, busiest };
  if (dead.length) return { kind: /** @type {const} */ ("dead"), ...facts, busiest };
  const isEven = effective >= EVEN * names.length;
  return { kind: isEven ? /** @type {const} */ ("all") : /** @type {const} */ ("uneven"), ...facts, busiest };
}

/**
 * Whether weights follow the distortion group; null where no distortion is named.
 * @param {import("contract").UseResponse} use
 */
export function followFinding({ group_information: information }) {
  if (!information) return null;
  const { normalised } = information;
  if (normalised >= FOLLOWS) return { kind: /** @type {const} */ ("follows"), normalised };
  return { kind: normalised >= FOLLOWS_PARTLY ? /** @type {const} */ ("partly") : /** @type {const} */ ("hardly"), normalised };
}

/**
 * Whether clusters follow what was done to a picture or what it shows: on test folds where that was measured, else on
 * the map; null where there are no clusters.
 * @param {Experts} experts
 */
export function clusterFinding({ usage, folds }) {
  const overFolds = folds?.agreement;
  const [group, content] = ["group", "content"].map(
    (name) => overFolds?.[name]?.ami?.median ?? usage?.agreement?.[name]?.ami ?? null,
  );
  if (group === null || content === null) return null;
  const facts = { group, content };
  if (Math.max(group, content) < WEAK_AMI) return { kind: /** @type {const} */ ("neither"), ...facts };
  if (group >= CLEARLY * content) return { kind: /** @type {const} */ ("distortion"), ...facts };
  return { kind: content > group ? /** @type {const} */ ("content") : /** @type {const} */ ("both"), ...facts };
}

/**
 * What is lost when weights are shuffled between pictures, as the service has it; null where nobody tried.
 * @param {Experts} experts
 */
export function costFinding({ folds }) {
  const tried = folds?.interventions;
  if (!tried?.cost) return null;
  const { photographs, synthetic } = tried.cost;
  const decorative = Number(photographs.is_decorative) + Number(synthetic.is_decorative);
  const kind = /** @type {const} */ (["matters", "partly", "decorative"])[decorative];
  return { kind, replaced: tried.replaced, photographs: photographs.srcc, synthetic: synthetic.srcc };
}

/**
 * Which number of clusters the criterion favours; null where it was not measured.
 * @param {Experts} experts
 */
export function bicFinding({ folds, num_clusters: used }) {
  const entries = folds?.bic;
  if (!entries?.length) return null;
  const best = entries.reduce((lowest, entry) => (entry.median < lowest.median ? entry : lowest));
  const isAtEnd = best === entries.at(-1);
  return { kind: isAtEnd ? /** @type {const} */ ("falling") : /** @type {const} */ ("lowest"), best: best.num_clusters, used };
}

/**
 * Parts that the variant, the map or the evaluation lacks.
 * @param {Experts} experts
 */
export function lacks({ usage, folds, map, num_clusters: clusters, num_experts: experts }) {
  const missing = [];
  if (!map) missing.push("map");
  if (experts === null) missing.push("experts");
  if (clusters === null) missing.push("clusters");
  if (map && !map.num_visible) missing.push("distortions");
  if (map && usage?.experts && !map.num_rated) missing.push("labels");
  if (!folds) missing.push("folds");
  else {
    if (clusters !== null && !folds.bic) missing.push("bic");
    if (clusters !== null && !folds.interventions) missing.push("interventions");
  }
  return /** @type {("map" | "experts" | "clusters" | "distortions" | "labels" | "folds" | "bic" | "interventions")[]} */ (missing);
}
