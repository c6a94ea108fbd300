/** What the figures say of a picture, in a sentence or three, by rule and no more than they say. */

import { isUnfamiliar } from "../../kit/familiarity.js";
import * as format from "../../kit/language/format.js";
import { displayName, qualityName } from "../../kit/language/words.js";
import { sentence as words } from "./words.js";

/** @typedef {import("contract").AnalysisResponse} Analysis */

/** From here on one expert has the say. */
const LEADS = 0.6;
/** From here on two experts together have it. */
const SHARED = 0.8;
/** Points that experts lie off the score, weighed, from which on they are said to disagree. */
const DISAGREEMENT = 8;
/** Probability from which on a distortion is said to be seen. */
const SEEN = 0.5;
/** Percentile below which a photograph is called unusual. */
const UNUSUAL_BELOW = 5;

/** @param {Analysis} analysis */
export function sentencesOf(analysis) {
  return [say(analysis), disagreement(analysis), distortion(analysis), familiarity(analysis)].filter(
    (text) => text !== null,
  );
}

/** Who has the say. @param {Analysis} analysis */
function say({ experts, score }) {
  const word = capitalised(qualityName(score.word));
  const [first, second] = [...experts].sort((one, other) => other.weight - one.weight);
  if (!first) return words.oneRegressor(word);
  if (first.weight >= LEADS || !second) return words.leads(word, ...told(first));
  if (first.weight + second.weight >= SHARED) return words.share(word, told(first), told(second));
  return words.spread(word, ...told(first));
}

/**
 * @param {import("contract").ExpertResponse} expert
 * @returns {[name: string, weight: string, score: string]}
 */
function told({ name, weight, score }) {
  return [displayName(name), format.wholePercent(weight), format.score(score)];
}

/**
 * How far the experts that were asked lie off the score: the root mean square, weighed as they were.
 * @param {Analysis} analysis
 */
export function expertSpread({ experts, score }) {
  return Math.sqrt(experts.reduce((total, expert) => total + expert.weight * (expert.score - score.value) ** 2, 0));
}

/** @param {Analysis} analysis */
function disagreement(analysis) {
  const points = expertSpread(analysis);
  return points < DISAGREEMENT ? null : words.disagree(format.score(points));
}

/** @param {Analysis} analysis */
function distortion({ distortion: seen }) {
  if (seen === null) return null;
  const [[name, probability]] = Object.entries(seen.types).sort(([, one], [, other]) => other - one);
  if (probability < SEEN) return words.unsureOfDistortion;
  const share = format.wholePercent(probability);
  return name === "clean" ? words.noDistortion(share) : words.distortion(displayName(name), share);
}

/** @param {Analysis} analysis */
function familiarity({ familiarity: percentile }) {
  if (percentile === null) return null;
  if (isUnfamiliar(percentile)) return words.unfamiliar;
  return percentile < UNUSUAL_BELOW ? words.unusual(format.percent(percentile / 100)) : words.usual;
}

/** @param {string} word */
function capitalised(word) {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
