/** The page of one study: followed while it is made, then which variant to trust, its dots, and its pictures. */

import { ChartCard } from "../../drawing/chart_card.js";
import { loadPlotly, onPoints } from "../../drawing/plot.js";
import { chartTheme } from "../../drawing/theme.js";
import { Confirmation } from "../../kit/confirmation.js";
import { datum, fillSelect, named } from "../../kit/dom/element.js";
import { nameInText } from "../../kit/language/names.js";
import { checkpointText } from "../../kit/language/words.js";
import { READ_ONLY } from "../../kit/read_only.js";
import { Milestones } from "../../kit/milestones.js";
import { GONE, unlessGone } from "../../kit/net/problem.js";
import { WorkPage } from "../../sending/work_page.js";
import { DOTS, chartsFor } from "./charts/all.js";
import { dotsOf } from "./dots.js";
import { PairView } from "./pair/view.js";
import { TriagePanel } from "./triage/panel.js";
import { readRule, writeRule } from "./triage/rule.js";
import { LatestSaver } from "./triage/saver.js";
import { saved } from "./triage/words.js";
import { rowsOf } from "./verdict.js";
import { showDuplicates } from "./views/duplicates.js";
import { isOpen } from "./views/list.js";
import { showFurtherFiles } from "./views/further_files.js";
import { showMapLinks } from "./views/maps.js";
import { showPicked } from "./views/picked.js";
import { PictureBrowser } from "./views/picture_browser.js";
import { StudyProgress, lineOf } from "./views/progress.js";
import { showVerdict } from "./views/verdict.js";
import * as words from "./words.js";

/**
 * @typedef {import("contract").StudyResponse} Study
 * @typedef {import("contract").StudyFigures} Figures
 * @typedef {import("contract").StudyScores} Scores
 */

/** @extends {WorkPage<Study, {sequence: number}>} */
class StudyPage extends WorkPage {
  #id = datum(this.root, "studyId");
  #confirmation = new Confirmation();
  #milestones = new Milestones();
  #progress = new StudyProgress();
  #choice = named("dots-checkpoint", "select");
  #browser = new PictureBrowser(this.api, this.#id, {
    onFail: (error, again) => this.fail(error, again),
    onLook: (order, walk, checkpoint) => this.#pair.open(order, walk, checkpoint),
    onDecided: () => this.#pair.refresh(),
  });
  #pair = new PairView(this.api, this.#id, {
    onFail: (error, again) => this.fail(error, again),
    onShow: (positions) => this.#browser.showPair(positions),
    onKeep: (better, other) => this.#browser.keep(better, other),
    said: (position) => this.#browser.said(position),
  });
  #triage = new TriagePanel({
    onRule: (rule) => this.#ruled(rule),
    onFilter: (triage) => this.#browser.setTriage(triage),
  });
  /** @type {LatestSaver<import("contract").RuleBody>} */
  #rules = new LatestSaver((rule) => this.#saveRule(rule));
  #dots = new ChartCard(DOTS, "h3", DOTS.words);
  /** @type {ChartCard<import("./charts/all.js").Subject>[]} */
  #cards = [];
  /** @type {Study | null} */
  #study = null;
  /** @type {Figures | null} */
  #figures = null;
  /** @type {Scores | null} */
  #scores = null;
  #wasOpen = false;
  #isMeasured = false;
  #isListening = false;

  constructor() {
    super("studies-page", {
      gone: GONE.study,
      read: () => this.api.study(this.#id),
      show: (study) => this.#show(study),
      showLost: (isLost) => this.#progress.showLost(isLost),
      words,
    });
    named("scatter").append(this.#dots.element);
  }

  get isShown() {
    return this.#study !== null;
  }

  listen() {
    named("delete").addEventListener("click", () => this.#delete());
    this.#choice.addEventListener("change", () => this.#draw());
    super.listen();
  }

  /** Shows the study and follows it to its end. */
  async open() {
    this.announce(words.loading);
    try {
      const study = await this.api.study(this.#id);
      this.#wasOpen = isOpen(study);
      this.#show(study);
      this.announce(this.#wasOpen ? lineOf(study) : endLine(study));
      if (this.#wasOpen) this.#follow(study.links.events);
      await this.#showOnceMeasured(study);
    } catch (error) {
      if (!this.tellIfGone(error)) throw error;
    }
  }

  async follow() {
    await this.#browser.follow();
  }

  async repaint() {
    await this.#draw();
  }

  /** @param {string} url */
  #follow(url) {
    this.followWork(url, {
      onProgress: (study) => this.#moved(study),
      onEnd: (study) => this.#ended(study),
    });
  }

  /** @param {Study} study */
  #moved(study) {
    this.#show(study);
    void this.#showOnceMeasured(study);
    if (isOpen(study) && this.#milestones.reached(study, performance.now())) this.announce(lineOf(study));
  }

  /** @param {Study} study */
  #ended(study) {
    this.#show(study);
    this.announce(endLine(study));
    void this.#showOnceMeasured(study);
  }

  /** What stands while maps may still be drawn. @param {Study} study */
  async #showOnceMeasured(study) {
    if (this.#isMeasured || !study.outcome) return;
    this.#isMeasured = true;
    await this.guard(() => this.#showOutcome(study));
  }

  /** @param {Study} study */
  #show(study) {
    this.#study = study;
    this.show("study");
    this.root.dataset.studyState = study.state;
    this.#progress.show(study);
    showMapLinks(study);
    showFurtherFiles(study);
  }

  /** @param {Study} study */
  async #showOutcome(study) {
    const [figures, scores] = await Promise.all([this.api.studyFigures(this.#id), this.api.studyScores(this.#id)]);
    this.#figures = figures;
    this.#scores = scores;
    named("trust").hidden = false;
    showVerdict(figures);
    this.#fillChoice(figures);
    this.#makeCards(figures);
    this.#pair.begin(titlesOf(figures));
    showDuplicates(figures, scores, study.links.pictures, (positions) => this.#browser.look(positions));
    named("looking").hidden = false;
    await this.#beginTriage(study, scores, titlesOf(figures));
    await Promise.all([this.#draw(), this.#browser.begin(study, titlesOf(figures))]);
  }

  /** @param {Study} study @param {Scores} scores @param {ReadonlyMap<string, string>} titles */
  async #beginTriage({ outcome, checkpoints }, scores, titles) {
    const { rule: own } = await this.api.studyRule(this.#id);
    const { rule: text, filter } = this.#browser.triageState;
    const rule = readRule(text) ?? own;
    const isSaved = rule !== null && own !== null && writeRule(rule) === writeRule(own);
    this.#triage.begin(scores, titles, { rule, isSaved, filter, checkpoint: outcome?.best ?? checkpoints[0] });
    if (rule) this.#linkFiles(rule);
  }

  /** Thresholds were put somewhere. @param {import("contract").RuleBody} rule */
  #ruled(rule) {
    this.#linkFiles(rule);
    void this.#browser.setRule(writeRule(rule));
    if (!READ_ONLY) void this.#rules.put(rule);
  }

  /** @param {import("contract").RuleBody} rule */
  async #saveRule(rule) {
    try {
      await this.api.putStudyRule(this.#id, rule);
      this.#triage.say(saved);
    } catch (error) {
      this.fail(error, () => this.#rules.put(rule));
    }
  }

  /** Files have the word of the rule that is on show. @param {import("contract").RuleBody} rule */
  #linkFiles(rule) {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = named("downloads").querySelectorAll("[data-format]");
    const pictures = this.#study?.links.pictures ?? "";
    for (const link of links) {
      link.href = `${pictures}?${new URLSearchParams({ format: datum(link, "format"), rule: writeRule(rule) })}`;
    }
  }

  /** @param {Figures} figures */
  #fillChoice(figures) {
    fillSelect(
      this.#choice,
      rowsOf(figures).map(({ figures: { id, title } }) => [id, checkpointText(title)]),
    );
    if (figures.best) this.#choice.value = figures.best;
  }

  /** @param {Figures} figures */
  #makeCards({ checkpoints }) {
    const fields = Object.keys(checkpoints[0]?.by_field ?? {});
    const charts = chartsFor(fields);
    this.#cards = charts.map((chart) => new ChartCard(chart, "h3", chart.words));
    for (const card of this.#cards) card.element.hidden = true;
    named("charts").replaceChildren(...this.#cards.map((card) => card.element));
  }

  async #draw() {
    const [figures, scores, study] = [this.#figures, this.#scores, this.#study];
    if (!figures || !scores || !study) return;
    const own = figures.checkpoints.find(({ id }) => id === this.#choice.value) ?? figures.checkpoints[0];
    const subject = { dots: dotsOf(scores, own.id), rows: rowsOf(figures), figures: own };
    named("figures").hidden = false;
    named("figures").dataset.dots = String(subject.dots.positions.length > 0);
    await loadPlotly();
    const theme = chartTheme();
    const name = `${nameInText(study.name)}-${own.id}`;
    for (const card of [this.#dots, ...this.#cards]) await card.show(subject, theme, name);
    this.#listenToDots(subject.dots.positions.length > 0);
    if (named("picked").childElementCount === 0) this.#pick(null);
  }

  /** Once drawn, and once only. @param {boolean} isDrawn */
  #listenToDots(isDrawn) {
    if (this.#isListening || !isDrawn) return;
    this.#isListening = true;
    onPoints(this.#dots.plot, { onHover: () => {}, onLeave: () => {}, onPick: (position) => this.#pick(position) });
  }

  /** @param {number | null} position */
  #pick(position) {
    if (!this.#scores || !this.#figures || !this.#study) return;
    showPicked(this.#scores, position, { pictures: this.#study.links.pictures, titles: titlesOf(this.#figures) });
  }

  async #delete() {
    if (!this.#study || !(await this.#confirmation.ask(words.question, [nameInText(this.#study.name)]))) return;
    this.problem.hide();
    this.announce(words.deleting);
    try {
      await unlessGone(this.api.deleteStudy(this.#id), GONE.study);
    } catch (error) {
      this.fail(error, () => this.#delete());
      return;
    }
    this.stopFollowing();
    location.assign("/studies");
  }
}

/** @param {Study} study */
function endLine({ state }) {
  return state === "failed" ? words.failed : words.finished;
}

/** @param {Figures} figures @returns {Map<string, string>} */
function titlesOf({ checkpoints }) {
  return new Map(checkpoints.map(({ id, title }) => [id, title]));
}

await new StudyPage().start();
