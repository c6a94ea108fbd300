/** The Batches page: pictures are chosen and sent, and what was sent before is listed. */

import { Confirmation } from "../../kit/confirmation.js";
import { datum, named, within } from "../../kit/dom/element.js";
import { Latest } from "../../kit/net/latest.js";
import { Page } from "../../kit/page.js";
import { Basket } from "../../sending/basket.js";
import { CheckpointPicker } from "../../sending/checkpoint_picker.js";
import { listenForFiles } from "../../sending/many_files.js";
import { SendingMeter } from "../../sending/progress.js";
import { Selection } from "../../sending/selection.js";
import { checkpointField, sendMany } from "../../sending/upload.js";
import { sendingCancelled } from "../../sending/words.js";
import { forget } from "./forgetting.js";
import { BatchList, titleOf } from "./views/list.js";
import { isOpen } from "./views/progress.js";
import * as words from "./words.js";

const PART = 20;
const RENEWAL_MS = 3000;

/** @typedef {import("contract").JobResponse} Job */

class BatchesPage extends Page {
  #limits = limitsOf(this.root);
  #notice = named("notice");
  #more = named("more");
  #confirmation = new Confirmation();
  #latest = new Latest();
  #picker = new CheckpointPicker(() => {});
  #meter = new SendingMeter(() => this.#stop());
  #list = new BatchList((id) => this.#delete(id));
  #basket = new Basket(this.#limits, words, { onStart: () => this.#send(), onClear: () => this.#clear() });
  #selection = new Selection(this.#limits);
  /** @type {Job[]} newest first */
  #jobs = [];
  /** @type {string | null} */
  #cursor = null;

  constructor() {
    super("batches-page");
  }

  listen() {
    listenForFiles((files) => this.#add(files));
    this.#more.addEventListener("click", () => this.#readMore());
    addEventListener("beforeunload", (event) => this.#isSending && event.preventDefault());
    // A page that the browser kept aside comes back as it was left.
    addEventListener("pageshow", ({ persisted }) => persisted && this.#renew());
    setInterval(() => this.#renewWhileOpen(), RENEWAL_MS);
  }

  async open() {
    await Promise.all([this.#loadCheckpoints(), this.#loadJobs()]);
  }

  get #isSending() {
    return this.root.dataset.state === "sending";
  }

  async #loadCheckpoints() {
    try {
      this.#picker.fill(await this.api.checkpoints());
    } catch (error) {
      this.fail(error, () => this.#loadCheckpoints());
    }
  }

  // ---- choosing and sending

  /** @param {import("../../sending/selection.js").Candidate[]} files */
  #add(files) {
    if (this.#isSending) return;
    this.problem.hide();
    this.#notice.textContent = "";
    this.#choose(this.#selection.with(files));
    this.#basket.focus();
  }

  #clear() {
    this.#choose(new Selection(this.#limits));
    within(this.root, "h1").focus();
  }

  /** @param {Selection} selection */
  #choose(selection) {
    this.#selection = selection;
    this.#basket.show(selection);
  }

  async #send() {
    this.problem.hide();
    this.#notice.textContent = "";
    this.show("sending");
    this.#meter.begin(this.#selection);
    try {
      const job = await this.#latest.run((signal) =>
        sendMany(`${this.apiUrl}/jobs`, this.#selection, {
          beside: checkpointField(this.#picker.picked),
          onProgress: (sent, total) => this.#meter.move(sent, total),
          signal,
        }),
      );
      this.show("intake");
      if (job) location.assign(job.links.page);
    } catch (error) {
      this.show("intake");
      this.fail(error, () => this.#send());
    }
  }

  #stop() {
    this.#latest.cancel();
    this.show("intake");
    this.#notice.textContent = sendingCancelled;
    this.#basket.focus();
  }

  // ---- what was sent before

  async #loadJobs() {
    try {
      this.#showPart(await this.api.jobs({ cursor: null, limit: PART }), []);
    } catch (error) {
      this.fail(error, () => this.#loadJobs());
    }
  }

  async #readMore() {
    const before = this.#jobs.length;
    try {
      this.#showPart(await this.api.jobs({ cursor: this.#cursor, limit: PART }), this.#jobs);
    } catch (error) {
      this.fail(error, () => this.#readMore());
    }
    const first = this.#jobs[before];
    if (first) this.#list.focus(first.id);
  }

  /** @param {import("contract").JobList} part @param {readonly Job[]} before */
  #showPart({ items, next_cursor: cursor }, before) {
    const known = new Set(before.map(({ id }) => id));
    this.#cursor = cursor;
    this.#showJobs([...before, ...items.filter(({ id }) => !known.has(id))]);
  }

  /** @param {Job[]} jobs */
  #showJobs(jobs) {
    this.#jobs = jobs;
    this.#list.show(jobs);
    this.#more.hidden = this.#cursor === null;
    named("no-batches").hidden = jobs.length > 0;
  }

  /** The list is not followed by events: a look now and then is enough, and only while there is something to see. */
  async #renewWhileOpen() {
    if (document.hidden || this.#isSending || !this.#jobs.some(isOpen)) return;
    await this.#renew();
  }

  /** The first part anew; what was read of further parts stays as it is. */
  async #renew() {
    try {
      const { items } = await this.api.jobs({ cursor: null, limit: PART });
      const renewed = new Set(items.map(({ id }) => id));
      const oldest = items.at(-1)?.created_at ?? "";
      const rest = this.#jobs.filter(({ id, created_at: created }) => !renewed.has(id) && created < oldest);
      this.#showJobs([...items, ...rest]);
    } catch {
      // The next look may bring it; what was asked for by the reader says what fails.
    }
  }

  /** @param {string} id */
  async #delete(id) {
    const index = this.#jobs.findIndex((job) => job.id === id);
    const job = this.#jobs[index];
    if (!job || !(await this.#confirmation.ask(words.question, [titleOf(job)]))) return;
    this.problem.hide();
    try {
      await forget(this.api, id);
    } catch (error) {
      this.fail(error, () => this.#delete(id));
      return;
    }
    const heir = this.#jobs[index + 1] ?? this.#jobs[index - 1];
    this.#showJobs(this.#jobs.filter((other) => other.id !== id));
    if (heir) this.#list.focus(heir.id);
    else within(this.root, "h1").focus();
    this.announce(words.deleted);
  }
}

/** @param {HTMLElement} root */
function limitsOf(root) {
  return {
    batchBytes: Number(datum(root, "maxBatchBytes")),
    batchFiles: Number(datum(root, "maxBatchFiles")),
    fileBytes: Number(datum(root, "maxUploadBytes")),
    extensions: datum(root, "extensions").split(" "),
  };
}

await new BatchesPage().start();
