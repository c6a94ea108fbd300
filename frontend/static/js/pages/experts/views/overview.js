/** What the figures come to: a verdict in sentences, a row of key figures, what is lacking, and what was measured. */

import { element } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { clusterFinding, costFinding, followFinding, lacks, partsOf, useFinding } from "../findings.js";
import * as words from "../words.js";

/** @typedef {import("contract").ExpertsResponse} Experts */
/** @typedef {{label: string, value: string, note: string, source: "map" | "folds"}} KeyFigure */

/**
 * The verdict's sentences, the most important first.
 * @param {Experts} experts
 */
export function verdict(experts) {
  const parts = partsOf(experts);
  if (experts.num_clusters === null && experts.num_experts === null) return [words.noParts];
  const [follow, cluster, cost] = [parts && followFinding(parts.use), clusterFinding(experts), costFinding(experts)];
  return [
    parts ? words.useSentence(parts.kind, useFinding(parts.use)) : words.noMap,
    follow && words.followSentence(parts.kind, follow),
    cluster && words.clusterSentence(cluster),
    cost && words.costSentence(cost),
  ].filter(Boolean);
}

/**
 * @param {Experts} experts
 * @returns {KeyFigure[]}
 */
export function keyFigures(experts) {
  const parts = partsOf(experts);
  return [...(parts ? useFigures(parts) : []), ...agreementFigures(experts), ...costFigures(experts)];
}

/** @param {NonNullable<ReturnType<typeof partsOf>>} parts @returns {KeyFigure[]} */
function useFigures({ kind, use: { names, dead, effective_number: effective, entropy, type_information: shared } }) {
  const { keys } = words;
  const isExperts = kind === "expert";
  const total = format.count(names.length);
  const figures = [
    {
      label: isExperts ? keys.expertsUsed : keys.clustersUsed,
      value: keys.of(format.count(names.length - dead.length), total),
      note: dead.length ? keys.dead(dead.map((index) => names[index])) : keys.nobodyDead,
    },
    {
      label: isExperts ? keys.effectiveExperts : keys.effectiveClusters,
      value: keys.of(format.score(effective), total),
      note: keys.effectiveHelp,
    },
    { label: keys.decided, value: format.wholePercent(entropy.saturation), note: keys.decidedHelp },
    shared && {
      label: isExperts ? keys.typeInformation : keys.clusterTypeInformation,
      value: keys.nats(format.points(shared.nats)),
      note: keys.normalised(format.wholePercent(shared.normalised)),
    },
  ];
  return figures.filter(Boolean).map((figure) => ({ ...figure, source: "map" }));
}

/** @param {Experts} experts @returns {KeyFigure[]} */
function agreementFigures({ usage, folds }) {
  const { keys } = words;
  return /** @type {const} */ ([
    ["group", keys.amiGroup],
    ["content", keys.amiContent],
  ]).flatMap(([name, label]) => {
    const overFolds = folds?.agreement?.[name]?.ami?.median;
    const value = overFolds ?? usage?.agreement?.[name]?.ami;
    if (value === undefined) return [];
    const isOverFolds = overFolds !== undefined;
    const note = isOverFolds ? keys.overSplits(folds.num_splits) : keys.onMapsPictures;
    return [{ label, value: keys.ami(format.points(value)), note, source: isOverFolds ? "folds" : "map" }];
  });
}

/** @param {Experts} experts @returns {KeyFigure[]} */
function costFigures(experts) {
  const cost = costFinding(experts);
  if (!cost) return [];
  const value = format.signedCorrelation(-cost.photographs);
  const label = cost.replaced === "posteriors" ? words.keys.shuffledPosteriors : words.keys.shuffled;
  return [{ label, value, note: words.keys.onPhotographs, source: "folds" }];
}

/** @param {KeyFigure} figure */
export function keyElement({ label, value, note, source }) {
  return element(
    "div",
    { className: "key-figure", dataset: { source } },
    element("dt", {}, label),
    element("dd", { className: "key-value" }, value),
    element("dd", { className: "muted small" }, note),
  );
}

/**
 * On what pictures the figures were measured.
 * @param {Experts} experts
 */
export function measuredLines({ map, folds, folds_fault: fault }) {
  const { measured } = words;
  return [
    map && [
      words.measuredOn(map),
      map.is_training_data ? measured.seen : measured.unseen,
      ...(map.num_visible ? [measured.visible(format.count(map.num_visible), format.count(map.min_visible_level))] : []),
    ],
    map?.label_kind && [measured.labels[map.label_kind], ...(map.label_scale ? [measured.scales[map.label_scale]] : [])],
    folds && [measured.folds(folds.num_splits)],
    fault && [measured.foldsFault(fault)],
  ]
    .filter(Boolean)
    .map((sentences) => sentences.join(" "));
}

/** @param {Experts} experts */
export function lackingLines(experts) {
  return lacks(experts).map((name) => words.lacking[name]);
}
