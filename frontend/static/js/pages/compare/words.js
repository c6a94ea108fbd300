/** Every text that scripts put on the Compare page. */

import { t, tn } from "../../kit/language/translate.js";

export const verdictNames = Object.freeze({
  better: t("shown: better"),
  worse: t("shown: worse"),
  "hinted at: better": t("hinted at: better"),
  "hinted at: worse": t("hinted at: worse"),
  "no difference shown": t("no difference shown"),
  "too few splits": t("too few splits"),
});

/** @type {Readonly<Record<NonNullable<import("contract").AgainstBaseline["test"]> | "none", string>>} */
export const testNames = Object.freeze({
  signed_rank: t("Wilcoxon"),
  corrected_t: t("corrected t"),
  none: t("none: too few splits"),
});

/** What Holm’s correction is over, inside a sentence. */
export const families = Object.freeze({
  /** @param {number} count @param {string} text the same as people read it */
  matched: (count, text) =>
    tn("the one checkpoint with such a baseline", "the {count} checkpoints with such a baseline", count, { count: text }),
  /** @param {number} count @param {string} text the same as people read it */
  pairs: (count, text) => tn("the one pair", "all {count} pairs", count, { count: text }),
});

/**
 * Why Wilcoxon’s test is not asked.
 * @param {string} splitsText
 * @param {number} count
 * @param {string} text the same as people read it
 * @param {string} level
 */
export const testNote = (splitsText, count, text, level) =>
  tn(
    "Wilcoxon’s test is left out: with {splits} its p cannot be below {level}.",
    "Wilcoxon’s test is left out: with {splits} and {count} comparisons its p cannot be below {level}.",
    count,
    { splits: splitsText, count: text, level },
  );

/** From where to where a difference lies. @param {string} low @param {string} high @param {boolean} isRange of few splits */
export const spanText = (low, high, isRange) =>
  isRange
    ? t("smallest to largest {low} to {high}", { low, high })
    : t("95% interval {low} to {high}", { low, high });

/** Where figures were taken, inside a sentence. */
export const places = Object.freeze({ photographs: t("photographs"), synthetic: t("synthetic pictures") });

/** @param {number} count @param {string} text the same as people read it */
export const splits = (count, text) => tn("{count} split", "{count} splits", count, { count: text });

/**
 * For each chart: its title and how to read it.
 * @type {Readonly<Record<string, {title: string, help: string}>>}
 */
export const cards = Object.freeze({
  leaderboard: {
    title: t("Leaderboard"),
    help: t(
      "SRCC is the rank correlation with people’s scores: 1 is the same order, 0 none. Dots are medians over splits, filled for the stable formulation, hollow for the seed one. The thick bar goes from the worst split to the best; the thin one is the 95% interval inside a split, from resampling its contents. Overlapping bars do not mean that there is no difference: differences are paired, see below.",
    ),
  },
  pairwise: {
    title: t("Each against each"),
    help: t(
      "SRCC of the row less that of the column: orange where the row is better, blue where it is worse. The outlined cell is the pair chosen above.",
    ),
  },
  linked: {
    title: t("The same pictures, scored by both"),
    help: t(
      "A picture on the dotted line has the same score from both; above it the first one scores it higher. Point at a dot for its picture, click it to keep it below.",
    ),
  },
  contingency: {
    title: t("Clusters of one against clusters of the other"),
    help: t(
      "Each cell counts the pictures whose most probable cluster is that row for the first and that column for the second. Columns are ordered so that matching clusters lie on the diagonal; rows that spread out are divided differently.",
    ),
  },
  predicted: {
    title: t("Predicted against human scores"),
    help: t(
      "On the dotted line prediction and people agree; above it pictures are praised too much. The table has the first 100 pictures of each, the pair’s CSV all of them.",
    ),
  },
  error_histogram: {
    title: t("How large the errors are"),
    help: t("Score less human score, in bins of equal width. A peak at zero that is high and narrow is better."),
  },
  cumulative_error: {
    title: t("Share of pictures within an error"),
    help: t("The share of pictures whose score misses the human one by at most so many points. Further left is better."),
  },
  quality_errors: {
    title: t("Errors per fifth of quality"),
    help: t(
      "Bars: mean absolute error in each fifth of the human score, worst pictures first. Diamonds: mean signed error; above zero such pictures are praised too much.",
    ),
  },
  types: {
    title: t("SRCC per distortion type"),
    help: t(
      "Rank correlation inside one distortion type, over its five levels and all contents; bright is high. Strips at the left have the groups’ colours. Low rows are hard for every checkpoint: level hardly shows there. No test was made per type.",
    ),
  },
  interventions: {
    title: t("What the routing is worth"),
    help: t(
      "Own: each picture’s own routing. Shuffled: another picture’s. Uniform: equal weights. Wrong: every weight moved to the next expert. Oracle: the one expert that is nearest to the human score, chosen in hindsight; an upper bound that nobody can reach. The grey bar is what shuffling costs. This measures how far a score depends on its routing, not whether the mixture helps: the leaderboard says that.",
    ),
  },
  training: {
    title: t("Training curves"),
    help: t(
      "One loss term over the steps of the training of the head that ships, with its weight. Terms and weights differ between variants and formulations: compare how curves fall and level out rather than their heights.",
    ),
  },
});

export const page = Object.freeze({
  /** @param {string} a @param {string} b */
  title: (a, b) => t("{a} and {b} compared · CENIQA Studio", { a, b }),
  loading: t("Loading the figures …"),
  loaded: t("The figures are loaded."),
  same: t("The same checkpoint is on both sides: every difference is zero."),
  /** @param {string} list */
  notMeasured: (list) => t("Not measured on fine-tuned features: {list}.", { list }),
  retry: t("Try again"),
  partFailed: t("This part cannot be shown"),
  adviceFigures: t("Train or compare again, or restore the file; the rest of the page does not need it."),
  adviceOther: t("The rest of the page does not need it."),
  seed: t("seed"),
  stable: t("stable"),
});

export const verdict = Object.freeze({
  /** @param {string} a @param {string} b @param {string} difference @param {string} place @param {string} features @param {string} span @param {string} splitsText */
  difference: (a, b, difference, place, features, span, splitsText) =>
    t("Difference of {a} to {b}: {difference} SRCC on {place}, {features} ({span}; {splits}).", {
      a,
      b,
      difference,
      place,
      features,
      span,
      splits: splitsText,
    }),
  /** @param {string} recipe @param {string} a @param {string} count */
  ofItsSize: (recipe, a, count) =>
    t("{recipe} is the baseline of {a}’s own size: no mixture, {count} parameters.", {
      recipe,
      a,
      count,
    }),
  /** @type {Readonly<Record<import("contract").AgainstBaseline["verdict"], (a: string, b: string) => string>>} */
  headline: Object.freeze({
    better: (a, b) => t("{a} is shown to be better than {b}", { a, b }),
    worse: (a, b) => t("{a} is shown to be worse than {b}", { a, b }),
    "hinted at: better": (a, b) => t("{a} looks better than {b}: hinted at, not shown", { a, b }),
    "hinted at: worse": (a, b) => t("{a} looks worse than {b}: hinted at, not shown", { a, b }),
    "no difference shown": (a, b) => t("No difference shown between {a} and {b}", { a, b }),
    "too few splits": () => t("Too few splits to say"),
  }),
  /** @param {string} family @param {string} holm @param {string} corrected @param {string} level */
  byRanks: (family, holm, corrected, level) =>
    t(
      "Wilcoxon’s test after Holm’s correction over {family}: p {holm}. Corrected resampled t-test: p {corrected}. Shown takes both below {level}.",
      { family, holm, corrected, level },
    ),
  /** @param {string} family @param {string} holm @param {string} level */
  byMean: (family, holm, level) =>
    t("Corrected resampled t-test after Holm’s correction over {family}: p {holm}. Shown takes p below {level}.", {
      family,
      holm,
      level,
    }),
  untested: t("So few splits have no test."),
  /** @param {string} a @param {string} b @param {string} difference @param {string} place @param {string} found */
  plain: (a, b, difference, place, found) =>
    t("{a} less {b} as it is, of another size: {difference} on {place}, {found}.", {
      a,
      b,
      difference,
      place,
      found,
    }),
  notOnBoard: t("One of the two is not on the leaderboard, so their difference was not tested."),
});

export const board = Object.freeze({
  axis: Object.freeze({
    photographs: t("SRCC (no unit)"),
    synthetic: t("SRCC with pseudo-MOS"),
  }),
  median: t("median over splits"),
  range: t("worst to best split"),
  interval: t("95% inside a split"),
  /** @param {string} rank @param {string} id */
  rankedName: (rank, id) => `${rank}  ${id}`,
  /** @param {string} splitsText @param {string} hash */
  photographs: (splitsText, hash) =>
    t(
      "Measured on the test photographs of BIQ2021’s part, with human scores, over {splits} (content-disjoint, {hash}).",
      { splits: splitsText, hash },
    ),
  /** @param {string} splitsText @param {string} hash */
  synthetic: (splitsText, hash) =>
    t(
      "Measured on synthetic pictures of contents that the head was not trained on, 25 types at five levels, over {splits} ({hash}). Labels are KADID-10k’s means of type and level: this favours heads that are taught types.",
      { splits: splitsText, hash },
    ),
  frozen: t("Frozen features."),
  fineTuned: t(
    "Fine-tuned features, which is what ships; on fewer splits, so do not compare with the medians on frozen ones.",
  ),
  tableCaption: t("Leaderboard: all figures"),
  tableHelp: t(
    "Medians over splits. Baseline: a no_gmm of the same size, with the same losses on the score. Against baseline: SRCC less that of it, and whether that difference is shown.",
  ),
  /** @param {string} family @param {string} level */
  byRanks: (family, level) =>
    t(
      "Shown: the 95% interval of the paired difference excludes zero, and p of Wilcoxon’s test after Holm’s correction over {family}, and p of the corrected resampled t-test, are below {level}.",
      { family, level },
    ),
  /** @param {string} family @param {string} level */
  byMean: (family, level) =>
    t(
      "Shown: the interval of the paired difference excludes zero, and p of the corrected resampled t-test after Holm’s correction over {family} is below {level}.",
      { family, level },
    ),
  /** @param {string} level */
  fewByMean: (level) =>
    t(
      "A row on so few splits that no p of Wilcoxon’s test can be below {level} has the corrected t-test in its place, after the same correction.",
      { level },
    ),
  hinted: t("Hinted at: the interval alone excludes zero."),
  columns: Object.freeze({
    checkpoint: t("checkpoint"),
    formulation: t("formulation"),
    parameters: t("parameters"),
    rank: t("rank"),
    srcc: t("SRCC"),
    min: t("worst split"),
    max: t("best split"),
    low: t("interval, low end"),
    high: t("interval, high end"),
    interval: t("95% interval"),
    plcc: t("PLCC"),
    krcc: t("KRCC"),
    rmse: t("RMSE (points)"),
    baseline: t("baseline"),
    against: t("against baseline"),
    verdict: t("verdict"),
  }),
  /** @param {string} difference @param {string} low @param {string} high */
  against: (difference, low, high) => t("{difference} ({low} to {high})", { difference, low, high }),
  /** @param {string} low @param {string} high */
  ends: (low, high) => `${low}–${high}`,
  baselineItself: t("is the baseline"),
});

/** The leaderboard at home and away from home. */
export const away = Object.freeze({
  title: t("At home and away from home"),
  help: t(
    "SRCC, medians over splits or heads. At home other pictures of the same kind were trained on; elsewhere none was. The ridge is a linear regression on the same features of the same training pictures. The table predicts the mean score of type and level over the other references of a set, whose scores it has seen.",
  ),
  routingTitle: t("Routing and intervals away from home"),
  routingHelp: t(
    "SRCC with the own weights, with equal ones, with another picture’s, and with the mean ones of the training photographs. Intervals were calibrated at home.",
  ),
  checkpoint: t("checkpoint"),
  homePhotographs: t("home, photographs"),
  homeSynthetic: t("home, synthetic pictures"),
  /** @param {string} name */
  source: (name) => t("photographs of source {name}, left out", { name }),
  /** @param {string} name */
  set: (name) => t("set {name}, held out whole", { name }),
  synthetic: () => t("synthetic pictures, scores learned from photographs alone"),
  ridge: t("ridge on the same features"),
  table: t("type × level table"),
  columns: Object.freeze({
    pictures: t("pictures"),
    own: t("own"),
    uniform: t("uniform"),
    shuffled: t("shuffled"),
    mean: t("mean"),
    cost: t("own less uniform"),
    coverage: t("coverage"),
    width: t("width (points)"),
  }),
  /** @param {string} names */
  pays: (names) => t("The mixture pays here: {names}.", { names }),
  /** @param {string} names */
  paysNot: (names) => t("It does not here: {names}.", { names }),
  paysNowhere: t("The mixture pays nowhere away from home."),
  rule: t("It pays where the median SRCC of the best mixture is above the baseline’s and above the ridge’s."),
});

const MARKS = Object.freeze({
  better: " ★",
  worse: " ★",
  "hinted at: better": " ☆",
  "hinted at: worse": " ☆",
  "no difference shown": "",
  "too few splits": "",
});

export const pairwise = Object.freeze({
  /** @param {string} difference @param {import("contract").AgainstBaseline["verdict"] | null} found */
  cell: (difference, found) => `${difference}${found === null ? "" : MARKS[found]}`,
  /** @param {string} a @param {string} b @param {string} difference @param {string} words */
  hover: (a, b, difference, words) => t("Difference of {a} to {b}: {difference} ({words})", { a, b, difference, words }),
  less: t("less this checkpoint"),
  /** @param {string} a @param {string} b */
  name: (a, b) => t("difference of {a} to {b}", { a, b }),
  /** @param {string} place @param {string} features @param {string} splitsText */
  measured: (place, features, splitsText) =>
    t("Median paired difference in SRCC on {place}, {features}, {splits}.", { place, features, splits: splitsText }),
  shown: t("★: the difference is shown."),
  noneShown: t("No difference of a pair is shown."),
  hinted: t("☆: it is hinted at."),
  /** @param {string} family @param {string} level */
  byRanks: (family, level) =>
    t(
      "Shown takes a p below {level} both in Wilcoxon’s test after Holm’s correction over {family} and in the corrected resampled t-test.",
      { family, level },
    ),
  /** @param {string} family @param {string} level */
  byMean: (family, level) =>
    t("Shown takes a p below {level} in the corrected resampled t-test after Holm’s correction over {family}.", {
      family,
      level,
    }),
  columns: Object.freeze({
    pair: t("pair"),
    difference: t("difference"),
    low: t("interval, low end"),
    high: t("interval, high end"),
    test: t("test"),
    holm: t("p after Holm’s correction"),
    corrected: t("p, corrected t"),
    verdict: t("verdict"),
  }),
});

export const pictures = Object.freeze({
  /** @param {string} id */
  axis: (id) => t("score by {id} (points on 0–100)", { id }),
  columns: Object.freeze({
    picture: t("picture"),
    delta: t("difference"),
    places: t("places higher"),
  }),
  /** @param {string} shown @param {string} all */
  tableNote: (shown, all) =>
    t("The table has the {shown} pictures of {all} that differ most; the CSV has all.", { shown, all }),
  /** @param {string} count @param {string} name */
  measuredMap: (count, name) =>
    t("{count} pictures of the image set “{name}” on both maps, scored by the heads that ship.", { count, name }),
  /** @param {string} count */
  measuredPhotographs: (count) =>
    t(
      "{count} test photographs of the first of the splits, scored by the heads that were trained on that split. Their pictures may not be passed on, so there are no thumbnails.",
      { count },
    ),
  /** @param {string} srcc @param {string} size @param {string} places */
  summary: (srcc, size, places) =>
    t(
      "SRCC between the two: {srcc}. Half of the pictures differ by more than {size} points; the largest change of rank is {places} places.",
      { srcc, size, places },
    ),
  /** @param {string} mean */
  higher: (mean) => t("On average the first scores {mean} points higher.", { mean }),
  /** @param {string} mean */
  lower: (mean) => t("On average the first scores {mean} points lower.", { mean }),
  /** @param {string} value */
  placesShort: (value) => t("{value} places", { value }),
  /** @param {string} a @param {string} b */
  unmatched: (a, b) => t("Left out: {a} pictures that only the first has, {b} that only the second has.", { a, b }),
  noCommon: t(
    "The two have no map of the same image set. Choose the test photographs, or have the maps built for both.",
  ),
  otherSplits: t(
    "The two were measured on different splits, so their test photographs are not the same and are not compared.",
  ),
  noClusters: t("At least one of the two has no clusters, so there is no table of clusters against clusters."),
  pickedEmpty: t("Click a dot or a picture in the list to keep it here."),
  noThumbnail: t("no thumbnail: may not be passed on"),
  /** @param {string} name */
  pick: (name) => t("Pick {name}", { name }),
  difference: t("Difference"),
  /** @param {string} value */
  points: (value) => t("{value} points", { value }),
  rank: t("Rank"),
  /** @param {string} from @param {string} to @param {string} total @param {string} places */
  ranks: (from, to, total, places) =>
    t("{from} and {to} of {total} ({places} places higher by the first)", { from, to, total, places }),
  cluster: t("Cluster"),
  /** @param {string} a @param {string} b */
  clusters: (a, b) => t("{a} and {b}", { a, b }),
  mos: t("MOS"),
  pseudoMos: t("Pseudo-MOS"),
  /** @param {string} id */
  onMap: (id) => t("Show on the map of {id}", { id }),
  /** @param {string} name @param {string} delta */
  announced: (name, delta) => t("{name}: difference {delta} points", { name, delta }),
});

export const contingencyWords = Object.freeze({
  /** @param {string} id */
  axis: (id) => t("cluster by {id}", { id }),
  /** @param {string} row @param {string} column @param {string} count */
  hover: (row, column, count) => `${row} / ${column}: ${count}`,
  /** @param {string} a @param {string} b */
  corner: (a, b) => t("{a} (rows) against {b} (columns)", { a, b }),
  /** @param {string} share */
  agreement: (share) => t("{share} of the pictures lie on the diagonal.", { share }),
});

export const predicted = Object.freeze({
  mosAxis: t("human score (MOS, points on 0–100)"),
  scoreAxis: t("predicted score (points on 0–100)"),
  /** @param {string} picture @param {string} score @param {string} label */
  hover: (picture, score, label) => t("{picture}: {score} (MOS {label})", { picture, score, label }),
  columns: Object.freeze({ picture: t("picture"), checkpoint: t("checkpoint"), mos: t("MOS"), score: t("score") }),
  /** @param {string} count */
  measured: (count) =>
    t(
      "{count} test photographs of one split, the first, with human scores, scored by the head that was trained on that split, with the features that the checkpoint ships on.",
      { count },
    ),
});

export const errorHistogram = Object.freeze({
  errorAxis: t("score − MOS (points)"),
  countAxis: t("pictures (count)"),
  /** @param {string} low @param {string} high */
  range: (low, high) => t("{low} to {high}", { low, high }),
  columns: Object.freeze({ bin: t("error (points)") }),
});

export const cumulativeError = Object.freeze({
  errorAxis: t("absolute error (points)"),
  shareAxis: t("share of pictures (%)"),
  columns: Object.freeze({ share: t("share of pictures within so many points") }),
});

export const qualityErrors = Object.freeze({
  binAxis: t("human score (MOS, points; a fifth of the pictures each)"),
  errorAxis: t("error (points)"),
  /** @param {string} id */
  size: (id) => t("{id}, absolute", { id }),
  /** @param {string} id */
  bias: (id) => t("{id}, signed", { id }),
  /** @param {string} high */
  upTo: (high) => t("up to {high}", { high }),
  /** @param {string} low @param {string} high */
  range: (low, high) => `${low}–${high}`,
  /** @param {string} features @param {string} splitsText */
  measured: (features, splitsText) =>
    t("Test photographs with human scores, {features}; medians over {splits}. Edges are the first checkpoint’s medians.", {
      features,
      splits: splitsText,
    }),
  missing: t("These checkpoints have no figures per fifth of quality."),
});

export const types = Object.freeze({
  /** @param {string} type @param {string} id @param {string} srcc */
  hover: (type, id, srcc) => `${type}, ${id}: ${srcc}`,
  columns: Object.freeze({ type: t("type"), group: t("group") }),
  /** @param {string} splitsText */
  measured: (splitsText) =>
    t("Synthetic pictures of contents that the heads were not trained on, frozen features; medians over {splits}.", {
      splits: splitsText,
    }),
});

export const router = Object.freeze({
  axis: board.axis,
  interventions: Object.freeze(
    /** @type {Record<string, string>} */ ({
      own: t("own"),
      shuffled: t("shuffled"),
      uniform: t("uniform"),
      wrong: t("wrong"),
      oracle: t("oracle"),
    }),
  ),
  columns: Object.freeze({
    checkpoint: t("checkpoint"),
    cost: t("cost of shuffling"),
    low: t("interval, low end"),
    high: t("interval, high end"),
  }),
  /** @param {string} id @param {string} median @param {string} min @param {string} max */
  hover: (id, median, min, max) => t("{id}: {median} ({min} to {max})", { id, median, min, max }),
  /** @param {string} place @param {string} features @param {string} splitsText */
  measured: (place, features, splitsText) =>
    t("SRCC on {place}, {features}, medians over {splits}; costs are paired over the same splits.", {
      place,
      features,
      splits: splitsText,
    }),
  verdicts: t("Does the score depend on the routing?"),
  replaced: Object.freeze({ routing_weights: t("the routing"), posteriors: t("the posteriors (there are no experts)") }),
  /** @param {string} what @param {string} cost @param {string} place @param {string} low @param {string} high */
  costs: (what, cost, place, low, high) =>
    t("Shuffling {what} costs {cost} SRCC on {place} ({low} to {high})", { what, cost, place, low, high }),
  /** @param {string} what @param {string} cost @param {string} place */
  costsNothing: (what, cost, place) =>
    t("Shuffling {what} costs nothing on {place} ({cost} SRCC)", { what, cost, place }),
  matters: t("it matters there."),
  /** @param {string} least */
  decorative: (least) => t("less than the {least} that would count: it is decorative there.", { least }),
  /** @param {string} cost */
  averageDoes: (cost) => t("Equal weights cost as little ({cost}): a plain average would do.", { cost }),
  /** @param {string} cost */
  averageCounts: (cost) =>
    t("Equal weights cost more ({cost}): the average weights count, the picture’s own do not.", { cost }),
  /** @param {string} splitsText */
  fewSplits: (splitsText) => t("Only {splits}: too few for a test.", { splits: splitsText }),
  /** @param {string} list */
  without: (list) => t("Nothing to replace, because there is no mixture: {list}.", { list }),
  none: t("No checkpoint with such figures has a router."),
});

export const training = Object.freeze({
  stepAxis: t("training step"),
  /** @param {string} term */
  lossAxis: (term) => t("{term} (weighted loss term, no unit)", { term }),
  /** @param {string} term */
  term: (term) => term.replaceAll("_", " "),
  /** @param {string} term @param {string} id */
  onlyOne: (term, id) => t("{term} (only {id})", { term, id }),
  measured: t("One training run each: the head that ships, on its training pictures. Not an error on test pictures."),
});
