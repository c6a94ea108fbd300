/** Which variant to trust: the verdict in sentences, and every variant's agreement with the labels in a table. */

import { element, named, setText } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { checkpointText, listed } from "../../../kit/language/words.js";
import { scrollRegion } from "../../../drawing/table.js";
import { againstBaseline, coverageOf, isAbove, rowsOf } from "../verdict.js";
import * as words from "../words.js";

/**
 * @typedef {import("contract").StudyFigures} Figures
 * @typedef {import("contract").Estimate} Estimate
 */

const MISSING = "–";

/** @param {Figures} figures */
export function showVerdict(figures) {
  const [first, ...rest] = sentencesOf(figures);
  named("verdict").replaceChildren(
    element("p", { className: "verdict-choice" }, first),
    ...rest.map((sentence) => element("p", {}, sentence)),
  );
  const isMeasured = figures.checkpoints.some(({ agreement }) => agreement !== null);
  named("agreement").replaceChildren(...(isMeasured ? [scrollRegion(words.agreementCaption, tableOf(figures))] : []));
  setText("measured", isMeasured ? howMeasured(figures) : "");
}

/** @param {Figures} figures */
function sentencesOf(figures) {
  const { best, checkpoints } = figures;
  const own = checkpoints.find(({ id }) => id === best);
  if (!own) return [choiceOf(figures)];
  const less = againstBaseline(figures);
  return [choiceOf(figures), ...(less ? [baselineSentence(less)] : []), ...coverageSentence(own), ...routingSentence(own)];
}

/** @param {Figures} figures */
function choiceOf({ verdict, best, as_good: asGood, counts, checkpoints }) {
  const title = (/** @type {string | null} */ id) => checkpointText(checkpoints.find((one) => one.id === id)?.title ?? "");
  switch (verdict) {
    case "few_labels":
      return words.verdicts.few_labels(format.count(counts.rated));
    case "tied":
      if (asGood.length === checkpoints.length - 1) return words.verdicts.tiedWithAll(title(best));
      return words.verdicts.tied(title(best), listed(asGood.map(title)));
    case "clear":
    case "one_checkpoint":
      return words.verdicts[verdict](title(best));
    default:
      return words.verdicts[verdict]();
  }
}

/** @param {Estimate} less */
function baselineSentence(less) {
  const [value, low, high] = [less.value, less.low, less.high].map((number) => format.signedCorrelation(number ?? 0));
  return isAbove(less) ? words.betterThanBaseline(value, low, high) : words.notBetterThanBaseline(value, low, high);
}

/** @param {import("contract").CheckpointFigures} best */
function coverageSentence({ coverage }) {
  if (!coverage) return [];
  const [share, promised] = [coverage.measured.value ?? 0, coverage.promised].map(format.wholePercent);
  return [words.coverage[coverageOf(coverage)](share, promised)];
}

/** @param {import("contract").CheckpointFigures} best */
function routingSentence({ routing }) {
  if (!routing) return [];
  const [uniform, shuffled] = [isAbove(routing.own_less_uniform), isAbove(routing.own_less_shuffled)];
  if (uniform && shuffled) return [words.routing.both];
  if (uniform) return [words.routing.uniform];
  return [shuffled ? words.routing.shuffled : words.routing.none];
}

/** @param {Figures} figures */
function tableOf(figures) {
  const heads = Object.entries(words.agreementHeads);
  return element(
    "table",
    { className: "agreement" },
    element("caption", { className: "visually-hidden" }, words.agreementCaption),
    element("thead", {}, element("tr", {}, ...heads.map(([name, text]) => element("th", { scope: "col", className: name === "checkpoint" ? "text" : "" }, text)))),
    element("tbody", {}, ...rowsOf(figures).map(rowOf)),
  );
}

/** @param {import("../verdict.js").Row} row */
function rowOf({ figures: { id, title, agreement, coverage }, standing, toBest, toBaseline }) {
  const mark = standing ? [element("span", { className: "standing" }, words.standings[standing])] : [];
  const head = element("th", { scope: "row", className: "text" }, element("span", { className: "variant" }, checkpointText(title)), " ", ...mark);
  const cells = [
    estimateCell(agreement?.srcc, format.correlation),
    estimateCell(agreement?.plcc, format.correlation),
    estimateCell(agreement?.krcc, format.correlation),
    estimateCell(agreement?.rmse, format.score),
    estimateCell(coverage?.measured, format.wholePercent),
    estimateCell(toBest, format.signedCorrelation),
    estimateCell(toBaseline, format.signedCorrelation),
  ];
  return element("tr", { dataset: { checkpoint: id, standing: standing ?? "" } }, head, ...cells);
}

/** @param {Estimate | null | undefined} estimate @param {(value: number) => string} write */
function estimateCell(estimate, write) {
  if (!estimate || estimate.value === null) return element("td", {}, MISSING);
  const { value, low, high } = estimate;
  const interval =
    low === null || high === null ? [] : [" ", element("span", { className: "muted small" }, words.interval(write(low), write(high)))];
  return element("td", {}, element("span", { className: "value" }, write(value)), ...interval);
}

/** @param {Figures} figures */
function howMeasured({ drawing, checkpoints }) {
  const samples = format.count(drawing?.num_samples ?? 0);
  const drawn = drawing?.unit === "references" ? words.drawnReferences(samples) : words.drawnPictures(samples);
  const kind = checkpoints.find(({ mapping }) => mapping !== null)?.mapping?.kind;
  return [kind === "linear" ? words.mappedLinear : words.mappedLogistic, drawn].join(" ");
}
