/** Two thresholds on scores: what they are in points, how many pictures lie where, and their text in an address. No DOM. */

/**
 * @typedef {import("contract").RuleBody} Rule
 * @typedef {"reject" | "review" | "pass"} Triage
 */

export const KINDS = /** @type {const} */ (["points", "percentile"]);
/** From the low end of the scores to the high one. */
export const TRIAGES = /** @type {const} */ (["reject", "review", "pass"]);
const TEXT = /^([A-Za-z0-9._-]{1,200}),(points|percentile),(\d{1,3}(?:\.\d{1,4})?),(\d{1,3}(?:\.\d{1,4})?)$/;
/** Where ITU's words for the scale put fair, between poor and good. */
const FAIR = Object.freeze({ low: 40, high: 60 });

/** The rule that a reader starts from. @param {string} checkpoint @returns {Rule} */
export function startingRule(checkpoint) {
  return { checkpoint, kind: "points", ...FAIR };
}

/** @param {Rule} rule */
export function writeRule({ checkpoint, kind, low, high }) {
  return [checkpoint, kind, low, high].join(",");
}

/** @param {string | null} text as `writeRule` writes it @returns {Rule | null} */
export function readRule(text) {
  const found = TEXT.exec(text ?? "");
  if (!found) return null;
  const [low, high] = [Number(found[3]), Number(found[4])].sort((a, b) => a - b);
  if (high > 100) return null;
  return { checkpoint: found[1], kind: found[2] === "points" ? "points" : "percentile", low, high };
}

/** @param {readonly number[]} scores @returns {Float64Array} */
export function sorted(scores) {
  return Float64Array.from(scores).sort();
}

/**
 * A percentile as the service takes it: between the two nearest scores, in proportion.
 * @param {Float64Array} scores sorted
 * @param {number} percent
 */
export function percentile(scores, percent) {
  const place = (percent / 100) * (scores.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, scores.length - 1);
  return scores[below] + (scores[above] - scores[below]) * (place - below);
}

/** Both thresholds in points. @param {Rule} rule @param {Float64Array} scores sorted @returns {[number, number]} */
export function thresholds({ kind, low, high }, scores) {
  if (kind === "points" || scores.length === 0) return [low, high];
  return [percentile(scores, low), percentile(scores, high)];
}

/** How many scores lie below a value. @param {Float64Array} scores sorted @param {number} value */
export function countBelow(scores, value) {
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scores[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {Rule} rule @param {Float64Array} scores sorted @returns {Record<Triage, number>} */
export function counts(rule, scores) {
  const [low, high] = thresholds(rule, scores).map((value) => countBelow(scores, value));
  return { reject: low, review: high - low, pass: scores.length - high };
}

/**
 * The rule with one of its ends elsewhere; the other end is pushed along where they would cross.
 * @param {Rule} rule
 * @param {"low" | "high"} end
 * @param {number} value in the unit of its kind
 * @returns {Rule}
 */
export function moved(rule, end, value) {
  const held = Math.round(Math.min(100, Math.max(0, value)) * 10) / 10;
  return end === "low"
    ? { ...rule, low: held, high: Math.max(held, rule.high) }
    : { ...rule, high: held, low: Math.min(held, rule.low) };
}

/** What points are in the unit of a rule. @param {Rule} rule @param {Float64Array} scores sorted @param {number} points */
export function inUnit({ kind }, scores, points) {
  if (kind === "points" || scores.length < 2) return points;
  return (100 * countBelow(scores, points)) / (scores.length - 1);
}

/** The same thresholds in the other unit. @param {Rule} rule @param {typeof KINDS[number]} kind @param {Float64Array} scores sorted */
export function inKind(rule, kind, scores) {
  if (rule.kind === kind) return rule;
  const [low, high] = thresholds(rule, scores);
  const other = { ...rule, kind };
  return moved(moved(other, "low", inUnit(other, scores, low)), "high", inUnit(other, scores, high));
}

/** Scores in equal bins of 0-100. @param {Float64Array} scores @param {number} bins */
export function histogram(scores, bins) {
  const found = new Array(bins).fill(0);
  for (const score of scores) found[Math.min(bins - 1, Math.max(0, Math.floor((score * bins) / 100)))] += 1;
  return found;
}
