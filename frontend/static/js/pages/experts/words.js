/** Every text that the Experts page's scripts put on it. */

import * as format from "../../kit/language/format.js";
import { t, tn } from "../../kit/language/translate.js";
import { displayName, featuresNames } from "../../kit/language/words.js";

/** @param {readonly string[]} names of the taxonomy, experts or clusters */
export const listed = (names) => names.map(displayName).join(", ");

/** @param {string} checkpoint */
export const title = (checkpoint) => t("Experts of {checkpoint} · CENIQA Studio", { checkpoint });

export const loading = t("Computing the figures …");
/** @param {string} checkpoint */
export const shown = (checkpoint) => t("Figures of {checkpoint} are shown.", { checkpoint });

// ---- axes, columns and series

export const axes = Object.freeze({
  weight: t("share (%)"),
  expert: t("expert"),
  cluster: t("cluster"),
  entropy: t("entropy (nats, 0 = one alone)"),
  pictures: t("pictures"),
  group: t("distortion group"),
  type: t("distortion type"),
  labelling: t("agreement with"),
  agreement: t("mutual information (0 = none, 1 = the same)"),
  numClusters: t("number of clusters K"),
  bic: t("BIC (lower is better)"),
  srcc: t("SRCC (1 = the people’s order)"),
  weightsUsed: t("weights in use"),
  error: t("error (points)"),
  correlation: t("SRCC"),
  meanWeight: t("weight (%)"),
});

export const columns = Object.freeze({
  meanWeight: t("mean weight"),
  top: t("is the top"),
  state: t("state"),
  pictures: t("pictures"),
  low: t("from"),
  high: t("to"),
  median: t("median"),
  min: t("smallest"),
  max: t("largest"),
  all: t("the score"),
  onMap: t("on the map"),
  distortion: t("distortion"),
  on: t("on"),
  figure: t("figure"),
});

export const series = Object.freeze({
  mean: t("mean weight"),
  top: t("share of pictures where it is the top"),
  /** @param {string} measure */
  folds: (measure) => t("{measure}, test folds", { measure }),
  /** @param {string} measure */
  map: (measure) => t("{measure}, map", { measure }),
  photographs: t("photographs"),
  synthetic: t("synthetic distortions"),
});

export const partState = Object.freeze({ dead: t("dead"), used: t("in use") });

/** @param {string} share */
export const equalShare = (share) => t("equal share {share}", { share });
/** @param {string} value */
export const meanEntropy = (value) => t("mean {value}", { value });
/** @param {string} count */
export const inUse = (count) => t("in use: {count}", { count });
/** @param {string} row @param {string} column @param {string} value */
export const cell = (row, column, value) => t("{row}, {column}: {value}", { row, column, value });
/** @param {string} low @param {string} high @param {string} count */
export const bin = (low, high, count) => t("{low} to {high} nats: {count} pictures", { low, high, count });
/** @param {string} median @param {string} min @param {string} max */
export const spread = (median, min, max) => t("{median} ({min} to {max})", { median, min, max });

/** @type {Readonly<Record<string, string>>} */
export const labellings = Object.freeze({
  group: t("distortion group"),
  type: t("distortion type"),
  content: t("content"),
});

/** @type {Readonly<Record<string, string>>} */
export const replacements = Object.freeze({
  own: t("its own"),
  shuffled: t("another picture’s"),
  uniform: t("all equal"),
  wrong: t("the neighbour’s"),
  oracle: t("best in hindsight"),
});

// ---- charts

/** @type {Readonly<Record<string, {title: string, help: string}>>} */
export const charts = Object.freeze({
  expert_use: {
    title: t("How much each expert is used"),
    help: t(
      "Bars: an expert’s mean routing weight over all pictures; they add up to 100%. Diamonds: the share of pictures for which it has the largest weight. The dotted line is an equal share; under a tenth of that, an expert counts as dead.",
    ),
  },
  expert_entropy: {
    title: t("How undecided the routing is"),
    help: t(
      "Entropy of each picture’s routing weights. At the left end one expert does all, at the right end all weigh the same. The line is the mean.",
    ),
  },
  expert_weights: {
    title: t("Who is asked for which distortion"),
    help: t(
      "Each row is a distortion and adds up to 100%: the mean routing weight that its pictures give each expert. One bright cell in a row means that one expert owns that distortion.",
    ),
  },
  skill: {
    title: t("Who is good at which distortion"),
    help: t(
      "Every expert’s own score against the labels, on all rated pictures of a group, also those for which it is never asked. The last column is the checkpoint’s score. Outlined: the best expert of the row. Error: mean absolute difference, lower is better. SRCC: rank correlation, higher is better; left out for clean pictures, for few, and for equal labels.",
    ),
  },
  cluster_use: {
    title: t("How much each cluster is used"),
    help: t(
      "Bars: a cluster’s mean posterior over all pictures; they add up to 100%. Diamonds: the share of pictures for which it is the most probable. The dotted line is an equal share; under a tenth of that, a cluster counts as dead.",
    ),
  },
  cluster_entropy: {
    title: t("How undecided the clusters are"),
    help: t(
      "Entropy of each picture’s posteriors. At the left end one cluster is certain, at the right end all are as probable. The line is the mean.",
    ),
  },
  cluster_weights: {
    title: t("Which distortions fall into which cluster"),
    help: t(
      "Each row is a distortion and adds up to 100%: the mean posterior of its pictures. One bright cell in a row means that one cluster holds that distortion.",
    ),
  },
  cluster_experts: {
    title: t("Which experts a cluster calls"),
    help: t(
      "Each row holds the pictures of one most probable cluster and adds up to 100%: their mean routing weights. A bright diagonal means that every cluster has an expert of its own.",
    ),
  },
  agreement: {
    title: t("What the clusters follow"),
    help: t(
      "How much the most probable cluster tells about group, type and content. AMI is adjusted for chance, NMI is not. Filled: median over test folds, with smallest and largest; open: the map’s pictures. Clusters for quality should follow the distortion and ignore the content.",
    ),
  },
  bic: {
    title: t("How many clusters the data would bear"),
    help: t(
      "Bayesian information criterion of mixtures of K clusters, fitted to the embeddings of test folds: median over splits, with smallest and largest. Lower is better, and a curve that still falls has not found its best K.",
    ),
  },
  replaced_routing: {
    title: t("What the routing is worth"),
    help: t(
      "Rank correlation with the labels when only the routing weights are replaced: median over splits, with smallest and largest. If another picture’s weights do as well as its own, the routing is decoration. Best in hindsight reads the label: a bound, no router.",
    ),
  },
  replaced_posteriors: {
    title: t("What the clusters are worth"),
    help: t(
      "Rank correlation with the labels when only the posteriors are replaced: median over splits, with smallest and largest. If another picture’s posteriors do as well as its own, the clusters are decoration. Best in hindsight reads the label: a bound, no method.",
    ),
  },
});

// ---- verdict

const useTexts = Object.freeze({
  expert: {
    /** @param {Record<string, string>} v */
    all: (v) => t("All {count} experts are in use, as if {effective} of them shared the work evenly.", v),
    /** @param {Record<string, string>} v */
    uneven: (v) => t("All {count} experts get work, but unevenly: as if {effective} of them shared it.", v),
    /** @param {Record<string, string>} v */
    dead: (v) => t("Of {count} experts {numDead} get almost no work: {dead}. It is as if {effective} shared it.", v),
    /** @param {Record<string, string>} v */
    one: (v) => t("Of {count} experts one does nearly all the work: {busiest}.", v),
  },
  cluster: {
    /** @param {Record<string, string>} v */
    all: (v) => t("All {count} clusters hold pictures, as if {effective} of them shared the pictures evenly.", v),
    /** @param {Record<string, string>} v */
    uneven: (v) => t("All {count} clusters hold pictures, but unevenly: as if {effective} of them shared them.", v),
    /** @param {Record<string, string>} v */
    dead: (v) => t("Of {count} clusters {numDead} hold almost nothing: {dead}. It is as if {effective} shared the pictures.", v),
    /** @param {Record<string, string>} v */
    one: (v) => t("Of {count} clusters one holds nearly everything: {busiest}.", v),
  },
});

/**
 * @param {"expert" | "cluster"} part
 * @param {ReturnType<typeof import("./findings.js").useFinding>} finding
 */
export function useSentence(part, { kind, count, effective, dead, busiest }) {
  return useTexts[part][kind]({
    count: format.count(count),
    effective: format.score(effective),
    numDead: format.count(dead.length),
    dead: listed(dead),
    busiest: displayName(busiest),
  });
}

const followTexts = Object.freeze({
  expert: {
    follows: t("Routing follows the distortion group."),
    partly: t("Routing follows the distortion group in part."),
    hardly: t("Routing hardly follows the distortion group."),
  },
  cluster: {
    follows: t("Posteriors follow the distortion group."),
    partly: t("Posteriors follow the distortion group in part."),
    hardly: t("Posteriors hardly follow the distortion group."),
  },
});

/** @param {"expert" | "cluster"} part @param {{kind: "follows" | "partly" | "hardly"}} finding */
export const followSentence = (part, { kind }) => followTexts[part][kind];

const clusterTexts = Object.freeze({
  /** @param {Record<string, string>} v */
  distortion: (v) => t("Clusters follow what was done to a picture (AMI {group}), not what it shows ({content}).", v),
  /** @param {Record<string, string>} v */
  content: (v) => t("Clusters follow what a picture shows (AMI {content}) more than what was done to it ({group}).", v),
  /** @param {Record<string, string>} v */
  both: (v) => t("Clusters mix what was done to a picture (AMI {group}) with what it shows ({content}).", v),
  /** @param {Record<string, string>} v */
  neither: (v) => t("Clusters follow neither what was done to a picture (AMI {group}) nor what it shows ({content}).", v),
});

/** @param {NonNullable<ReturnType<typeof import("./findings.js").clusterFinding>>} finding */
export const clusterSentence = ({ kind, group, content }) =>
  clusterTexts[kind]({ group: format.points(group), content: format.points(content) });

const costTexts = Object.freeze({
  routing_weights: {
    /** @param {Record<string, string>} v */
    matters: (v) => t("The routing matters: with another picture’s weights SRCC changes by {photographs} on photographs and by {synthetic} on synthetic distortions.", v),
    /** @param {Record<string, string>} v */
    partly: (v) => t("The routing matters on one kind of picture alone: with another picture’s weights SRCC changes by {photographs} on photographs and by {synthetic} on synthetic distortions.", v),
    /** @param {Record<string, string>} v */
    decorative: (v) => t("The routing is decoration: with another picture’s weights SRCC changes by {photographs} on photographs and by {synthetic} on synthetic distortions.", v),
  },
  posteriors: {
    /** @param {Record<string, string>} v */
    matters: (v) => t("The clusters matter: with another picture’s posteriors SRCC changes by {photographs} on photographs and by {synthetic} on synthetic distortions.", v),
    /** @param {Record<string, string>} v */
    partly: (v) => t("The clusters matter on one kind of picture alone: with another picture’s posteriors SRCC changes by {photographs} on photographs and by {synthetic} on synthetic distortions.", v),
    /** @param {Record<string, string>} v */
    decorative: (v) => t("The clusters are decoration: with another picture’s posteriors SRCC changes by {photographs} on photographs and by {synthetic} on synthetic distortions.", v),
  },
});

/** @param {NonNullable<ReturnType<typeof import("./findings.js").costFinding>>} finding */
export function costSentence({ kind, replaced, photographs, synthetic }) {
  const [onPhotographs, onSynthetic] = [photographs, synthetic].map((cost) => format.signedCorrelation(-cost));
  return costTexts[replaced][kind]({ photographs: onPhotographs, synthetic: onSynthetic });
}

export const noParts = t("This variant has neither a mixture nor experts: nothing is routed, and there are no clusters to describe.");
export const noMap = t("This checkpoint has no map, so its experts were not measured here.");

// ---- key figures

export const keys = Object.freeze({
  expertsUsed: t("Experts in use"),
  clustersUsed: t("Clusters in use"),
  /** @param {string} used @param {string} count */
  of: (used, count) => t("{used} of {count}", { used, count }),
  nobodyDead: t("none is dead"),
  /** @param {string[]} names */
  dead: (names) => t("dead: {names}", { names: listed(names) }),
  effectiveExperts: t("Effective number of experts"),
  effectiveClusters: t("Effective number of clusters"),
  effectiveHelp: t("exp(entropy of the mean weights)"),
  decided: t("Clear cases"),
  decidedHelp: t("pictures with one weight above 99%"),
  typeInformation: t("Expert ↔ distortion type"),
  clusterTypeInformation: t("Cluster ↔ distortion type"),
  clusterExpert: t("Cluster ↔ expert"),
  /** @param {string} value */
  nats: (value) => t("{value} nats", { value }),
  /** @param {string} share */
  normalised: (share) => t("mutual information; {share} of the mean entropy", { share }),
  amiGroup: t("Clusters ↔ distortion group"),
  amiContent: t("Clusters ↔ content"),
  /** @param {string} value */
  ami: (value) => t("AMI {value}", { value }),
  shuffled: t("SRCC with another picture’s weights"),
  shuffledPosteriors: t("SRCC with another picture’s posteriors"),
  onPhotographs: t("on photographs"),
  /** @param {number} splits */
  overSplits: (splits) => tn("median over {count} split", "median over {count} splits", splits, { count: format.count(splits) }),
  onMapsPictures: t("on the map’s pictures"),
});

// ---- portraits

export const portrait = Object.freeze({
  calledFor: t("Asked for"),
  notCalled: t("no group more than another expert"),
  /** @param {string} group @param {string} share */
  share: (group, share) => t("{group} ({share})", { group: displayName(group), share }),
  bestAt: t("Best of all on"),
  notBest: t("no group"),
  strongest: t("Its strongest"),
  weakest: t("Its weakest"),
  /** @param {{name: string, error: number}} named */
  error: ({ name, error }) => t("{type} ({error})", { type: displayName(name), error: format.score(error) }),
  weight: t("Mean weight"),
  /** @param {string} weight */
  deadWith: (weight) => t("{weight}: dead", { weight }),
});

// ---- examples

export const examples = Object.freeze({
  /** @param {number} count @param {string} share */
  count: (count, share) => tn("top of {count} picture, {share}", "top of {count} pictures, {share}", count, { count: format.count(count), share }),
  never: t("The most probable cluster of no picture; these come closest."),
  /** @param {string} picture @param {string} posterior */
  link: (picture, posterior) => t("{picture}: posterior {posterior}. Show on the map.", { picture, posterior }),
  /** @param {string} reference @param {string} type @param {string} level */
  picture: (reference, type, level) => t("{reference}, {type}, level {level}", { reference, type, level }),
  /** @param {string} reference @param {string} type */
  clean: (reference, type) => t("{reference}, {type}", { reference, type }),
});

// ---- what was measured

/** @param {import("contract").MeasuredMap} map */
export function measuredOn({ image_set: name, num_pictures: pictures, num_contents: contents }) {
  const all = format.count(pictures);
  return tn(
    "Map: image set “{name}”, {pictures} pictures of {count} content.",
    "Map: image set “{name}”, {pictures} pictures of {count} contents.",
    contents,
    { name, pictures: all, count: format.count(contents) },
  );
}

export const measured = Object.freeze({
  unseen: t("The weights name no training set of this name: contents that they have not seen."),
  seen: t("The weights were trained on a set of this name: these contents may be known to them."),
  /** @param {string} count @param {string} level */
  visible: (count, level) => t("Mutual information and agreement: the {count} pictures at level {level} or above, where a distortion can be seen.", { count, level }),
  labels: Object.freeze({
    mos: t("Labels: human scores."),
    pseudo_mos: t("Labels: pseudo-MOS, what people gave such a type and level on average."),
  }),
  scales: Object.freeze({
    nominal: t("They are taken as they stand."),
    moments: t("They were brought to the mean and deviation of this checkpoint’s scores, so errors are not to be compared between checkpoints."),
  }),
  /** @param {import("contract").FoldsResponse} folds */
  folds: ({ num_splits: splits, features }) =>
    tn(
      "Test folds: {count} split on {features}, contents that the measured heads were not trained on. They are other heads than the weights served here, of the same recipe.",
      "Test folds: {count} splits on {features}, contents that the measured heads were not trained on. They are other heads than the weights served here, of the same recipe.",
      splits,
      { count: format.count(splits), features: featuresNames[features] },
    ),
  /** @param {string} fault */
  foldsFault: (fault) => t("Test folds: {fault}.", { fault }),
});

const bicTexts = Object.freeze({
  /** @param {Record<string, string>} v */
  falling: (v) => t("BIC is lowest at K = {best}, the largest number tried: the criterion has not found its best. In use: {used}.", v),
  /** @param {Record<string, string>} v */
  lowest: (v) => t("BIC is lowest at K = {best}. In use: {used}.", v),
});

/** @param {NonNullable<ReturnType<typeof import("./findings.js").bicFinding>>} finding */
export const bicSentence = ({ kind, best, used }) =>
  bicTexts[kind]({ best: format.count(best), used: used === null ? format.cell(null, "number") : format.count(used) });

/** @param {import("contract").InformationResponse} information */
export const sharedSentence = ({ nats, normalised }) =>
  t("Cluster and expert share {nats} nats, {share} of the mean of both entropies.", { nats: format.points(nats), share: format.percent(normalised) });

/** @type {Readonly<Record<string, string>>} */
export const lacking = Object.freeze({
  map: t("A map: build one with python -m models.training embed. Use, skill, agreement and pictures are measured on it."),
  experts: t("Experts: this variant has none, so there is no routing, no skill of experts and nothing that they share with clusters."),
  clusters: t("Clusters: this variant has no mixture, so there are no posteriors, no agreement, no BIC and no pictures by cluster."),
  distortions: t("Distortions: nobody named those of the map’s pictures, so nothing can be said by group or type."),
  labels: t("Labels: nobody rated the map’s pictures, so the experts’ skill is unknown."),
  folds: t("Figures of test folds: the checkpoint has no metrics.json that can be read."),
  bic: t("BIC: the evaluation has none for this mixture."),
  interventions: t("Replaced weights: the evaluation did not try them on this variant."),
});
export const elsewhere = t("Checkpoints with experts:");

/** @param {import("contract").MapFaultResponse} refused */
export const refused = ({ address, file, field, reason }) => t("Map {address}: {file}, {field}: {reason}", { address, file, field, reason });
/** @param {string} name @param {string} count */
export const mapChoice = (name, count) => t("{name} ({count} pictures)", { name, count });
