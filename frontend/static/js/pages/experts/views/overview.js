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
  const [cluster, cost] = [clusterFinding(experts), costFinding(experts)];
  return [
    ...(parts ? partSentences(parts) : [words.noMap]),
    ...(cluster ? [words.clusterSentence(cluster)] : []),
    ...(cost ? [words.costSentence(cost)] : []),
  ];
}

/** @param {NonNullable<ReturnType<typeof partsOf>>} parts */
function partSentences({ kind, use }) {
  const follow = followFinding(use);
  return [words.useSentence(kind, useFinding(use)), ...(follow ? [words.followSentence(kind, follow)] : [])];
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
  ];
  const information = shared && {
    label: isExperts ? keys.typeInformation : keys.clusterTypeInformation,
    value: keys.nats(format.points(shared.nats)),
    note: keys.normalised(format.wholePercent(shared.normalised)),
  };
  return [...figures, ...(information ? [information] : [])].map((figure) => ({ ...figure, source: "map" }));
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
    const isOverFolds = folds && overFolds !== undefined;
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
  const paragraphs = [
    ...(map ? [seenText(map), labelsText(map)] : []),
    ...(folds ? [measured.folds(folds)] : []),
    ...(fault ? [measured.foldsFault(fault)] : []),
  ];
  return paragraphs.filter((text) => text !== "");
}

/** Which pictures, and whether the checkpoint knew them. @param {import("contract").MeasuredMap} map */
function seenText(map) {
  const { measured } = words;
  const [count, level] = [format.count(map.num_visible), format.count(map.min_visible_level)];
  const visible = map.num_visible ? [measured.visible(count, level)] : [];
  return [words.measuredOn(map), map.is_training_data ? measured.seen : measured.unseen, ...visible].join(" ");
}

/** What the labels are; empty where there are none. @param {import("contract").MeasuredMap} map */
function labelsText({ label_kind: kind, label_scale: scale }) {
  const { measured } = words;
  return [...(kind ? [measured.labels[kind]] : []), ...(kind && scale ? [measured.scales[scale]] : [])].join(" ");
}

/** @param {Experts} experts */
export function lackingLines(experts) {
  return lacks(experts).map((name) => words.lacking[name]);
}
