/** The Batches page: pictures are chosen and sent, and what was sent before is listed. */

import { Confirmation } from "../../kit/confirmation.js";
import { named, within } from "../../kit/dom/element.js";
import { Latest } from "../../kit/net/latest.js";
import { GONE, unlessGone } from "../../kit/net/problem.js";
import { Page } from "../../kit/page.js";
import { Basket } from "../../sending/basket.js";
import { CheckpointPicker } from "../../sending/checkpoint_picker.js";
import { limitsOf, listenForFiles } from "../../sending/many_files.js";
import { SendingMeter } from "../../sending/progress.js";
import { Selection } from "../../sending/selection.js";
import { SentBefore } from "../../sending/sent_before.js";
import { checkpointField, sendMany } from "../../sending/upload.js";
import { sendingCancelled } from "../../sending/words.js";
import { BatchList, titleOf } from "./views/list.js";
import { isOpen } from "./views/progress.js";
import * as words from "./words.js";

/** @typedef {import("contract").JobResponse} Job */

class BatchesPage extends Page {
  #limits = limitsOf(this.root);
  #notice = named("notice");
  #confirmation = new Confirmation();
  #latest = new Latest();
  #picker = new CheckpointPicker(() => {});
  #meter = new SendingMeter(() => this.#stop());
  /** @type {SentBefore<Job>} */
  #sent = new SentBefore({
    view: new BatchList((id) => this.#delete(id)),
    none: named("no-batches"),
    read: (part) => this.api.jobs(part),
    isOpen,
    mayRenew: () => !this.#isSending,
    fail: (error, again) => this.fail(error, again),
  });
  #basket = new Basket(this.#limits, words, { onStart: () => this.#send(), onClear: () => this.#clear() });
  #selection = new Selection(this.#limits);

  constructor() {
    super("batches-page");
  }

  listen() {
    listenForFiles((files) => this.#add(files));
    addEventListener("beforeunload", (event) => this.#isSending && event.preventDefault());
    this.#sent.listen();
  }

  async open() {
    await Promise.all([this.#loadCheckpoints(), this.#sent.load()]);
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

  /** @param {string} id */
  async #delete(id) {
    const job = this.#sent.find(id);
    if (!job || !(await this.#confirmation.ask(words.question, [titleOf(job)]))) return;
    this.problem.hide();
    try {
      await unlessGone(this.api.deleteJob(id), GONE.batch);
    } catch (error) {
      this.fail(error, () => this.#delete(id));
      return;
    }
    if (!this.#sent.drop(id)) within(this.root, "h1").focus();
    this.announce(words.deleted);
  }
}

await new BatchesPage().start();
