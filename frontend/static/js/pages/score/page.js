/** The Score page: a picture in, its analysis shown, the checkpoint switched, the address kept in step. */

import { preloadPlotly } from "../../drawing/plot.js";
import { analysisAddress, readAddress } from "../../kit/addresses.js";
import { remember, rememberPicture } from "../../kit/context.js";
import * as format from "../../kit/language/format.js";
import { problems, qualityName } from "../../kit/language/words.js";
import { Latest } from "../../kit/net/latest.js";
import { ProblemError } from "../../kit/net/problem.js";
import { Page } from "../../kit/page.js";
import { READ_ONLY } from "../../kit/read_only.js";
import { CheckpointPicker } from "../../sending/checkpoint_picker.js";
import { checkSize, fetchSample } from "../../sending/files.js";
import { listenForIntent, listenForPictures } from "../../sending/intake.js";
import { sendingLine } from "../../sending/progress.js";
import { Selection, isArchive } from "../../sending/selection.js";
import { checkpointField, sendMany } from "../../sending/upload.js";
import { Archive } from "./archive.js";
import { LocalQualityView } from "./local/panel.js";
import { listenForKeeping } from "./views/keeping.js";
import { PageState } from "./views/page_state.js";
import { ResultView } from "./views/result.js";
import { ResultExtras } from "./views/result_extras.js";
import { status } from "./words.js";

/** @typedef {import("contract").AnalysisResponse} Analysis */

/** The service knows how much a batch may be; the page of batches says so before. */
const UNLIMITED = Object.freeze({ batchBytes: Infinity, batchFiles: Infinity, fileBytes: Infinity, extensions: [] });

class ScorePage extends Page {
  #limit_bytes = Number(this.root.dataset.maxUploadBytes);
  #archive = new Archive(this.api);
  #latest = new Latest();
  #pageState = new PageState(this.root, () => this.#cancel());
  #result = new ResultView();
  #extras = new ResultExtras(this.api, this.#archive, (checkpoint) => this.#switchTo(checkpoint));
  #local = new LocalQualityView(this.api, (text) => this.announce(text));
  #picker = new CheckpointPicker((checkpoint) => this.#switchTo(checkpoint));
  /** @type {Analysis | null} the analysis on the page */
  #current = null;

  constructor() {
    super("score-page");
  }

  get isShown() {
    return this.#current !== null;
  }

  /** What is on the page stays, and so do the ways in. */
  failed() {}

  listen() {
    listenForIntent(preloadPlotly);
    listenForPictures({
      onFile: (file, files) => this.#take(file, files),
      onSample: (sample) => this.#score(sample.name, (signal) => fetchSample(sample, signal)),
      onNothing: () => this.fail(new ProblemError(problems.noPictureGiven)),
    });
    listenForKeeping(() => this.#current);
  }

  async open() {
    await Promise.all([this.#loadCheckpoints(), this.follow()]);
  }

  async #loadCheckpoints() {
    try {
      this.#picker.fill(await this.api.checkpoints());
      if (this.#current) this.#pickShown(this.#current);
    } catch (error) {
      this.fail(error, () => this.#loadCheckpoints());
    }
  }

  async follow() {
    this.#latest.cancel();
    this.#local.follow();
    const { analysisId, checkpoint } = readAddress(location);
    if (analysisId === null) {
      this.#clear();
      return;
    }
    const known = this.#archive.find(analysisId, checkpoint);
    if (!known) this.#pageState.busy(status.loading);
    const task = async (/** @type {AbortSignal} */ signal) =>
      known ?? this.api.analysis(analysisId, checkpoint, signal);
    await this.#work(task, { again: () => this.follow() });
  }

  /**
   * Scores the first of the files that were given together, and offers to score all of them as a batch.
   * @param {File} file
   * @param {File[]} files
   */
  async #take(file, files) {
    const asBatch = { label: status.asBatch(files.length), act: () => this.#sendBatch(files) };
    if (isArchive(file)) {
      this.#pageState.notify(status.archiveGiven, asBatch);
      return;
    }
    const isDone = await this.#score(file.name, async () => file);
    if (isDone && files.length > 1) this.#pageState.notify(status.onlyFirst(files.length), asBatch);
  }

  /** Sends files as a batch and goes to its page. @param {File[]} files */
  async #sendBatch(files) {
    const selection = new Selection(UNLIMITED).with(
      files.map((file) => ({ file, path: file.name, isFromFolder: false })),
    );
    this.problem.hide();
    this.#pageState.busy(status.sending);
    try {
      const job = await this.#latest.run((signal) =>
        sendMany(`${this.apiUrl}/jobs`, selection, {
          beside: checkpointField(this.#picker.picked),
          onProgress: (sent, total) => this.#pageState.progress(sendingLine(sent, total, null)),
          signal,
        }),
      );
      if (job) location.assign(job.links.page);
    } catch (error) {
      this.#restore();
      this.fail(error, () => this.#sendBatch(files));
    }
  }

  /**
   * Scores a picture under the picked checkpoint and gives it its own address; whether that went well.
   * @param {string} name
   * @param {(signal: AbortSignal) => Promise<File>} obtain
   */
  async #score(name, obtain) {
    this.#pageState.busy(status.scoring(name));
    const task = async (/** @type {AbortSignal} */ signal) => {
      const file = await obtain(signal);
      checkSize(file, this.#limit_bytes);
      this.#pageState.preview(file);
      return this.api.analyse(file, this.#picker.picked, signal);
    };
    const analysis = await this.#work(task, {
      again: () => this.#score(name, obtain),
      setAddress: (address) => history.pushState(null, "", address),
    });
    if (!analysis) return false;
    this.#pageState.focusResult();
    return true;
  }

  /**
   * Shows the same picture under another checkpoint; without a picture the choice waits for the next one.
   * @param {string} checkpoint
   */
  async #switchTo(checkpoint) {
    const current = this.#current;
    if (!current) return;
    this.#pageState.renewing(status.switching(checkpoint));
    const task = (/** @type {AbortSignal} */ signal) => this.#archive.under(current, checkpoint, signal);
    await this.#work(task, {
      again: () => this.#switchTo(checkpoint),
      setAddress: (address) => history.pushState(null, "", address),
    });
  }

  /**
   * Runs a task that ends in an analysis and shows it; null where it failed, was cancelled or was overtaken, be it while
   * its charts were drawn. The address goes first, so that it and the page are in step whatever happens meanwhile.
   * @param {(signal: AbortSignal) => Promise<Analysis>} task
   * @param {{again: () => void, setAddress?: (address: string) => void}} steps `again` repeats it after a failure
   */
  async #work(task, { again, setAddress = () => {} }) {
    this.problem.hide();
    preloadPlotly(); // meanwhile
    try {
      return await this.#latest.run(async (signal) => {
        const analysis = await task(signal);
        signal.throwIfAborted();
        setAddress(analysisAddress(analysis));
        await this.#present(analysis);
        return analysis;
      });
    } catch (error) {
      this.#restore();
      this.fail(error, again);
      return null;
    }
  }

  /** @param {Analysis} analysis */
  async #present(analysis) {
    this.#archive.keep(analysis);
    this.#current = analysis;
    rememberPicture(analysis);
    remember({ checkpoint: analysis.checkpoint });
    this.#pickShown(analysis);
    this.#pageState.result();
    const { value, word, low, high } = analysis.score;
    const [score, from, to] = [value, low, high].map(format.score);
    this.announce(status.scored(analysis.filename, score, qualityName(word), from, to));
    this.#extras.show(analysis);
    // On its own: what it waits for, or fails at, concerns the picture alone.
    void this.#local.show(analysis);
    await this.#result.show(analysis);
    // Overtaken, it may have drawn last: charts are always those of the analysis on the page.
    if (this.#current && this.#current !== analysis) await this.#result.draw(this.#current);
  }

  /** @param {Analysis} analysis */
  #pickShown({ checkpoint, scored_checkpoints: scored }) {
    this.#picker.pick(checkpoint);
    if (READ_ONLY) this.#picker.restrict(scored);
  }

  async repaint() {
    this.#local.draw();
    if (this.#current) await this.#result.draw(this.#current);
  }

  #clear() {
    this.#current = null;
    this.problem.hide();
    this.#pageState.empty();
    document.title = status.emptyTitle;
  }

  #cancel() {
    this.#latest.cancel();
    this.#restore();
    this.announce(status.cancelled);
  }

  /** Back to what was on the page before a task that brought nothing. */
  #restore() {
    if (!this.#current) {
      this.#pageState.empty();
      return;
    }
    this.#picker.pick(this.#current.checkpoint);
    this.#pageState.result();
  }
}

await new ScorePage().start();
