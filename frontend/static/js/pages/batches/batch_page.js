/** The page of one batch: followed while it is scored, then sorted, filtered, fetched, deleted. */

import { ChartCard } from "../../drawing/chart_card.js";
import { loadPlotly } from "../../drawing/plot.js";
import { chartTheme } from "../../drawing/theme.js";
import { Confirmation } from "../../kit/confirmation.js";
import { datum, named } from "../../kit/dom/element.js";
import * as format from "../../kit/language/format.js";
import { Milestones } from "../../kit/milestones.js";
import { Due } from "../../kit/net/due.js";
import { GONE, unlessGone } from "../../kit/net/problem.js";
import { WorkPage } from "../../sending/work_page.js";
import { CHARTS } from "./charts/all.js";
import { Results } from "./results.js";
import { titleOf } from "./views/list.js";
import { BatchProgress, isOpen, lineOf } from "./views/progress.js";
import { BatchTable } from "./views/table.js";
import * as words from "./words.js";

/** Between two drawings: of rows, and of charts, which take longer. */
const ROWS_MS = 100;
const CHARTS_MS = 1000;

/** @typedef {import("contract").JobResponse} Job */

/** @extends {WorkPage<Job, import("./results.js").Item>} */
class BatchPage extends WorkPage {
  #id = datum(this.root, "jobId");
  #confirmation = new Confirmation();
  #results = new Results();
  #milestones = new Milestones();
  #progress = new BatchProgress({ onCancel: () => this.#cancel() });
  #table = new BatchTable(this.#results);
  #cards = CHARTS.map((chart) => new ChartCard(chart, "h3", chart.words));
  #rowsDue = new Due(ROWS_MS, () => this.#showRows());
  #chartsDue = new Due(CHARTS_MS, () => this.#draw());
  /** @type {Job | null} */
  #job = null;
  /** Whether it was still being scored when the page came. */
  #wasOpen = false;

  constructor() {
    super("batches-page", {
      gone: GONE.batch,
      read: () => this.api.job(this.#id),
      show: (job) => this.#showJob(job),
      showLost: (isLost) => this.#progress.showLost(isLost),
      words,
    });
    for (const card of this.#cards) card.element.hidden = true;
    named("charts").append(...this.#cards.map((card) => card.element));
  }

  get isShown() {
    return this.#job !== null;
  }

  listen() {
    named("delete").addEventListener("click", () => this.#delete());
    super.listen();
  }

  /** Shows the batch and follows it to its end. */
  async open() {
    this.announce(words.loading);
    await this.#load();
  }

  async follow() {
    this.#table.follow();
  }

  async repaint() {
    await this.#draw();
  }

  async #load() {
    this.problem.hide();
    try {
      const job = await this.api.job(this.#id);
      this.#showJob(job);
      this.#wasOpen = isOpen(job);
      this.announce(this.#wasOpen ? lineOf(job) : endLine(job));
      this.#isMilestone(job);
      this.#listenTo(job.links.events);
    } catch (error) {
      this.#failOrGone(error, () => this.#load());
    }
  }

  /** @param {string} url */
  #listenTo(url) {
    this.followWork(url, {
      onProgress: (job) => this.#moved(job),
      onItem: (item) => {
        this.#results.add(item);
        this.#rowsDue.soon();
        this.#chartsDue.soon();
      },
      onEnd: (job) => this.#ended(job),
    });
  }

  /** @param {Job} job */
  #moved(job) {
    this.#showJob(job);
    if (isOpen(job) && this.#isMilestone(job)) this.announce(lineOf(job));
  }

  /** @param {Job} job */
  #isMilestone({ finished, total }) {
    return this.#milestones.reached({ done: finished, total }, performance.now());
  }

  /** @param {Job} job */
  #ended(job) {
    this.#showJob(job);
    if (this.#wasOpen) this.announce(endLine(job));
    // All of it is here now: nothing to wait for.
    void this.#draw();
  }

  /** @param {Job} job */
  #showJob(job) {
    this.#job = job;
    this.show("batch");
    this.root.dataset.jobState = job.state;
    this.#progress.show(job);
    this.#table.showCounts(job);
    this.#rowsDue.soon();
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = this.root.querySelectorAll("[data-format]");
    for (const link of links) {
      const query = new URLSearchParams({ format: datum(link, "format") });
      if (link.dataset.protect) query.set("protect", link.dataset.protect);
      link.href = `${job.links.results}?${query}`;
    }
  }

  #showRows() {
    if (this.#job) this.#table.show(this.#job);
  }

  async #draw() {
    const [job, isEmpty] = [this.#job, !CHARTS.some((chart) => chart.applies(this.#results))];
    named("figures").hidden = isEmpty;
    if (isEmpty || !job) return;
    try {
      await loadPlotly();
      const theme = chartTheme();
      for (const card of this.#cards) await card.show(this.#results, theme, titleOf(job));
    } catch (error) {
      this.fail(error, () => this.#draw());
    }
  }

  async #cancel() {
    this.problem.hide();
    try {
      this.#moved(await this.api.cancelJob(this.#id));
    } catch (error) {
      this.#failOrGone(error, () => this.#cancel());
    }
  }

  async #delete() {
    if (!this.#job || !(await this.#confirmation.ask(words.question, [titleOf(this.#job)]))) return;
    this.problem.hide();
    this.announce(words.deleting);
    try {
      await unlessGone(this.api.deleteJob(this.#id), GONE.batch);
    } catch (error) {
      this.fail(error, () => this.#delete());
      return;
    }
    this.stopFollowing();
    location.assign("/batches");
  }

  /** @param {unknown} error @param {() => void} again */
  #failOrGone(error, again) {
    if (this.tellIfGone(error)) return;
    this.failed();
    this.fail(error, again);
  }
}

/** @param {Job} job */
function endLine({ state, total, finished, scored, refused }) {
  return state === "done"
    ? words.finished(format.count(scored), format.count(refused))
    : words.stopped(format.count(finished), format.count(total));
}

await new BatchPage().start();
