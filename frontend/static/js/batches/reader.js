/** The page of one batch: followed while it is scored, then sorted, filtered, fetched, deleted. */

import * as format from "../format.js";
import { loadPlotly } from "../plot.js";
import { asProblem } from "../problem.js";
import { chartTheme } from "../theme.js";
import { BatchProgress, isOpen, lineOf } from "../views/batch_progress.js";
import { BatchTable } from "../views/batch_table.js";
import { titleOf } from "../views/batch_list.js";
import { ChartCard } from "../views/chart_card.js";
import { Confirmation } from "../views/confirmation.js";
import { ProblemPanel } from "../views/problem_panel.js";
import * as words from "../words/batches.js";
import { CHARTS } from "./charts.js";
import { Milestones } from "./milestones.js";
import { Results } from "./results.js";
import { JobStream } from "./stream.js";

/** Between two drawings: of rows, and of charts, which take longer. */
const ROWS_MS = 100;
const CHARTS_MS = 1000;
const GONE = "unknown-job";

/** @typedef {import("./contract.js").Job} Job */

export class BatchReader {
  #root;
  #api;
  #id;
  #announcer = document.getElementById("announcer");
  #problem = new ProblemPanel();
  #confirmation = new Confirmation();
  #results = new Results();
  #milestones = new Milestones();
  #progress = new BatchProgress({ onCancel: () => this.#cancel() });
  #table = new BatchTable(this.#results);
  #cards = CHARTS.map((chart) => new ChartCard(chart, "h3", chart.words));
  #rowsDue = new Due(ROWS_MS, () => this.#showRows());
  #chartsDue = new Due(CHARTS_MS, () => this.#draw());
  /** @type {JobStream | null} */
  #stream = null;
  /** @type {Job | null} */
  #job = null;
  #wasLost = false;
  /** Whether it was still being scored when the page came. */
  #wasOpen = false;

  /** @param {HTMLElement} root @param {import("../api.js").Api} api */
  constructor(root, api) {
    this.#root = root;
    this.#api = api;
    this.#id = root.dataset.jobId;
    for (const card of this.#cards) card.element.hidden = true;
    document.getElementById("charts").append(...this.#cards.map((card) => card.element));
    document.getElementById("delete").addEventListener("click", () => this.#delete());
  }

  /** Shows the batch and follows it to its end. */
  async open() {
    addEventListener("popstate", () => this.#table.follow());
    document.addEventListener("themechange", () => this.#draw());
    addEventListener("pagehide", () => this.#stream?.close());
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
    this.#announce(words.loading);
    await this.#load();
  }

  async #load() {
    this.#problem.hide();
    try {
      this.#show(await this.#api.job(this.#id));
      this.#wasOpen = isOpen(this.#job);
      this.#announce(this.#wasOpen ? lineOf(this.#job) : endLine(this.#job));
      this.#milestones.reached(this.#job, performance.now());
      this.#follow(this.#job.links.events);
    } catch (error) {
      this.#failed(error, () => this.#load());
    }
  }

  /** @param {string} url */
  #follow(url) {
    this.#stream = new JobStream(url, {
      onJob: (job) => this.#moved(job),
      onItem: (item) => {
        this.#results.add(item);
        this.#rowsDue.soon();
        this.#chartsDue.soon();
      },
      onEnd: (job) => this.#ended(job),
      onLost: (isLost) => this.#showLost(isLost),
      mayReturn: () => this.#isStillThere(),
    });
    this.#stream.open();
  }

  /** @param {Job} job */
  #moved(job) {
    this.#show(job);
    if (isOpen(job) && this.#milestones.reached(job, performance.now())) this.#announce(lineOf(job));
  }

  /** @param {Job} job */
  #ended(job) {
    this.#showLost(false);
    this.#show(job);
    if (this.#wasOpen) this.#announce(endLine(job));
    // All of it is here now: nothing to wait for.
    void this.#draw();
  }

  /** @param {Job} job */
  #show(job) {
    this.#job = job;
    this.#root.dataset.state = "batch";
    this.#root.dataset.jobState = job.state;
    this.#progress.show(job);
    this.#table.showCounts(job);
    this.#rowsDue.soon();
    for (const link of this.#root.querySelectorAll("[data-format]")) {
      const anchor = /** @type {HTMLAnchorElement} */ (link);
      anchor.href = `${job.links.results}?${new URLSearchParams({ format: anchor.dataset.format })}`;
    }
  }

  #showRows() {
    this.#table.show(this.#job);
  }

  async #draw() {
    document.getElementById("figures").hidden = !CHARTS.some((chart) => chart.applies(this.#results));
    try {
      await loadPlotly();
      const theme = chartTheme();
      for (const card of this.#cards) await card.show(this.#results, theme, titleOf(this.#job));
    } catch (error) {
      this.#problem.show(asProblem(error), () => this.#draw());
    }
  }

  /** @param {boolean} isLost */
  #showLost(isLost) {
    if (isLost === this.#wasLost) return;
    this.#wasLost = isLost;
    this.#progress.showLost(isLost);
    this.#announce(isLost ? words.lost : words.found);
  }

  /** Whether to go on following after the service refused: yes, unless the batch is gone. */
  async #isStillThere() {
    try {
      this.#show(await this.#api.job(this.#id));
      return true;
    } catch (error) {
      if (asProblem(error).problem.code !== GONE) return true;
      this.#unknown();
      return false;
    }
  }

  async #cancel() {
    this.#problem.hide();
    try {
      this.#moved(await this.#api.cancelJob(this.#id));
    } catch (error) {
      this.#failed(error, () => this.#cancel());
    }
  }

  async #delete() {
    if (!(await this.#confirmation.ask(words.question, [titleOf(this.#job)]))) return;
    this.#problem.hide();
    this.#announce(words.deleting);
    try {
      await this.#api.deleteJob(this.#id);
    } catch (error) {
      if (asProblem(error).problem.code !== GONE) {
        this.#problem.show(asProblem(error), () => this.#delete());
        return;
      }
    }
    this.#stream?.close();
    location.assign("/batches");
  }

  /** @param {unknown} error @param {() => void} again */
  #failed(error, again) {
    if (asProblem(error).problem.code === GONE) {
      this.#unknown();
      return;
    }
    if (!this.#job) this.#root.dataset.state = "failed";
    this.#problem.show(asProblem(error), again);
  }

  #unknown() {
    this.#stream?.close();
    this.#root.dataset.state = "unknown";
    const title = document.getElementById("unknown-title");
    title.focus();
    this.#announce(title.textContent);
  }

  /** @param {string} text */
  #announce(text) {
    this.#announcer.textContent = text;
  }
}

/** @param {Job} job */
function endLine({ state, total, finished, scored, refused }) {
  return state === "done"
    ? words.finished(format.count(scored), format.count(refused))
    : words.stopped(format.count(finished), format.count(total));
}

/** Does something soon, and at most once in a while, however often it is asked for. */
class Due {
  #pause_ms;
  #act;
  #last_ms = -Infinity;
  #isWaiting = false;

  /** @param {number} pause_ms @param {() => unknown} act */
  constructor(pause_ms, act) {
    this.#pause_ms = pause_ms;
    this.#act = act;
  }

  soon() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    // Never at once: what comes in the same moment is one thing to draw.
    const wait_ms = Math.max(this.#pause_ms - (performance.now() - this.#last_ms), 0);
    setTimeout(async () => {
      this.#isWaiting = false;
      this.#last_ms = performance.now();
      await this.#act();
    }, wait_ms);
  }
}
