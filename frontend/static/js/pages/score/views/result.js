/** An analysis on the page: picture, score, charts, what the variant lacks, and facts. */

import { ChartCard } from "../../../drawing/chart_card.js";
import { chartTheme } from "../../../drawing/theme.js";
import { labAddress, mapAddress } from "../../../kit/addresses.js";
import { element, named, setText, within } from "../../../kit/dom/element.js";
import { exportName } from "../../../kit/export.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { controls, interval, listed, qualityName, scale, variantLine } from "../../../kit/language/words.js";
import { CHARTS } from "../charts/all.js";
import { LedgerView } from "../ledger/view.js";
import { sentencesOf } from "../sentence.js";
import * as words from "../words.js";

const HERO_CHART = "score";

export class ResultView {
  #picture = named("picture", "img");
  #pictureGone = named("picture-gone");
  #ledgers = new LedgerView();
  #cards = CHARTS.map((chart) => ({ chart, card: cardOf(chart) }));

  constructor() {
    for (const { chart, card } of this.#cards) {
      named(chart.id === HERO_CHART ? "score-chart" : "charts").append(card.element);
    }
    this.#picture.addEventListener("error", () => this.#showPicture(false));
    this.#picture.addEventListener("load", () => this.#showPicture(true));
    this.#pictureGone.textContent = controls.noPicture;
  }

  /** @param {boolean} kept */
  #showPicture(kept) {
    this.#picture.hidden = !kept;
    this.#pictureGone.hidden = kept;
  }

  /**
   * Resolves when every chart is drawn; the element must be visible, because charts take its width.
   * @param {import("contract").AnalysisResponse} analysis
   */
  async show(analysis) {
    this.#fillVerdict(analysis);
    fillAbsent(analysis);
    named("facts").replaceChildren(...factEntries(analysis));
    named("show-on-map").setAttribute("href", mapAddress(analysis));
    named("open-in-lab").setAttribute("href", labAddress(analysis));
    await this.draw(analysis);
  }

  /**
   * Draws the charts in the colours now in force.
   * @param {import("contract").AnalysisResponse} analysis
   */
  async draw(analysis) {
    const theme = chartTheme();
    this.#ledgers.show(analysis, theme);
    // A chart takes the width that the others leave it.
    for (const { chart, card } of this.#cards) card.element.hidden = !chart.applies(analysis);
    for (const { chart, card } of this.#cards) await card.show(analysis, theme, exportName(analysis, chart.id));
  }

  /** @param {import("contract").AnalysisResponse} analysis */
  #fillVerdict(analysis) {
    const { filename, score, links } = analysis;
    // Setting the same address again would flash.
    if (this.#picture.getAttribute("src") !== links.picture) this.#picture.src = links.picture;
    this.#picture.alt = words.pictureAlt(filename);
    document.title = words.pageTitle(filename);
    setText("filename", shownName(filename));
    setText("score-value", format.score(score.value));
    setText("score-word", qualityName(score.word));
    setText("score-scale", scale(score.range, score.higher_is_better));
    const [low, high, std] = [score.low, score.high, score.std].map(format.score);
    setText("score-interval", interval(low, high, std));
    setText("sentence", sentencesOf(analysis).join(" "));
  }
}

/** @param {typeof CHARTS[number]} chart */
function cardOf(chart) {
  return new ChartCard(chart, chart.id === HERO_CHART ? "h2" : "h3", words.charts[chart.id]);
}

/** @param {import("contract").AnalysisResponse} analysis */
function fillAbsent(analysis) {
  const absent = [
    ...(analysis.experts.length === 0 ? [words.experts] : []),
    ...(analysis.posteriors === null ? [words.clusters] : []),
    ...CHARTS.filter((chart) => !chart.applies(analysis)).map(({ id }) => words.charts[id]),
  ];
  const section = named("absent");
  section.hidden = absent.length === 0;
  const lines = absent.map(({ title, absence }) => element("li", {}, words.absenceLine(title, absence)));
  within(section, "ul").replaceChildren(...lines);
}

/** @param {import("contract").AnalysisResponse} analysis */
function factEntries(analysis) {
  return facts(analysis).map(([label, value]) =>
    element("div", {}, element("dt", {}, label), element("dd", {}, value)),
  );
}

/**
 * @param {import("contract").AnalysisResponse} analysis
 * @returns {[string, string | Node][]}
 */
function facts(analysis) {
  const { image, log_likelihood: likelihood, familiarity, weights_sha256: weights } = analysis;
  const labels = words.facts;
  const hash = element("code", { title: weights }, format.shortHash(weights));
  return [
    [labels.size, words.pictureSize(format.count(image.width), format.count(image.height))],
    [labels.format, image.format],
    [labels.notes, listed(image.notes.map(words.noteText)) || labels.noNotes],
    [labels.checkpoint, words.checkpointLine(analysis.checkpoint, variantLine(analysis))],
    [labels.weights, hash],
    ...(likelihood === null ? [] : [likelihoodFact(likelihood)]),
    ...(familiarity === null ? [] : [familiarityFact(familiarity)]),
    [labels.timing, timingText(analysis.timing_ms)],
    [labels.scoredAt, format.dateTime(analysis.created_at)],
  ];
}

/**
 * @param {number} value
 * @returns {[string, string]}
 */
function likelihoodFact(value) {
  return [words.facts.likelihood, words.likelihood(format.number(value))];
}

/**
 * @param {number} percentile
 * @returns {[string, string]}
 */
function familiarityFact(percentile) {
  return [words.facts.familiarity, words.familiarity(format.percent(percentile / 100))];
}

/** @param {Record<string, number>} timing_ms */
function timingText({ total, ...stages }) {
  const parts = Object.entries(stages).map(([name, value]) => words.stageTime(name, format.milliseconds(value)));
  return words.timing(format.milliseconds(total), parts);
}
