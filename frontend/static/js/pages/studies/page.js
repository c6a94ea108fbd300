/** The Studies page: pictures and a table of labels are chosen and sent, and what was sent before is listed. */

import { Confirmation } from "../../kit/confirmation.js";
import { named, within } from "../../kit/dom/element.js";
import { nameInText } from "../../kit/language/names.js";
import { Latest } from "../../kit/net/latest.js";
import { GONE, asProblem, unlessGone } from "../../kit/net/problem.js";
import { Page } from "../../kit/page.js";
import { Basket } from "../../sending/basket.js";
import { limitsOf, listenForFiles } from "../../sending/many_files.js";
import { SendingMeter } from "../../sending/progress.js";
import { Selection } from "../../sending/selection.js";
import { SentBefore } from "../../sending/sent_before.js";
import { sendMany } from "../../sending/upload.js";
import { sendingCancelled } from "../../sending/words.js";
import { NOTHING_SAID, nameOf, parted, saidFields } from "./draft.js";
import { CheckpointChecks } from "./views/checkpoint_checks.js";
import { LabelsPanel } from "./views/labels_panel.js";
import { StudyList, isOpen } from "./views/list.js";
import * as words from "./words.js";

/** @typedef {import("contract").StudyResponse} Study */

class StudiesPage extends Page {
  #limits = limitsOf(this.root);
  #notice = named("notice");
  #name = named("study-name", "input");
  #startButton = named("start", "button");
  #confirmation = new Confirmation();
  #sending = new Latest();
  #reading = new Latest();
  #checks = new CheckpointChecks();
  #meter = new SendingMeter(() => this.#stop());
  /** @type {SentBefore<Study>} */
  #sent = new SentBefore({
    view: new StudyList((id) => this.#delete(id)),
    none: named("no-studies"),
    read: (part) => this.api.studies(part),
    isOpen,
    mayRenew: () => !this.#isSending,
    fail: (error, again) => this.fail(error, again),
  });
  #basket = new Basket(this.#limits, words, { onStart: () => this.#send(), onClear: () => this.#clear() });
  #labels = new LabelsPanel({ onTable: (file) => this.#take(file), onSaid: (said) => this.#say(said) });
  #selection = new Selection(this.#limits);
  /** @type {File | null} */
  #table = null;
  /** @type {import("./draft.js").Said} */
  #said = NOTHING_SAID;
  /** Whether the table can be sent as it is. */
  #isTableReady = true;

  constructor() {
    super("studies-page");
  }

  listen() {
    this.#labels.clear();
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
      this.#checks.fill(await this.api.checkpoints());
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
    const { pictures, tables } = parted(files);
    const table = tables.at(-1);
    this.#choose(this.#selection.with(pictures));
    if (table) this.#take(table);
    else this.#preview();
    this.#basket.focus();
  }

  #clear() {
    this.#take(null);
    this.#name.value = "";
    this.#choose(new Selection(this.#limits));
    within(this.root, "h1").focus();
  }

  /** @param {Selection} selection */
  #choose(selection) {
    const wasNamed = this.#name.value !== nameOf(this.#selection);
    this.#selection = selection;
    if (!wasNamed || this.#name.value === "") this.#name.value = nameOf(selection);
    this.#show();
  }

  #show() {
    this.#basket.show(this.#selection);
    if (this.#table && this.#selection.count === 0) {
      named("basket").hidden = false;
      named("basket-title").textContent = words.onlyTable;
    }
    this.#startButton.disabled ||= !this.#isTableReady;
  }

  /** @param {File | null} file */
  #take(file) {
    this.#table = file;
    this.#said = NOTHING_SAID;
    this.#preview();
  }

  /** @param {import("./draft.js").Said} said */
  #say(said) {
    this.#said = said;
    this.#preview();
  }

  /** Asks the service what the table will be taken for, beside the pictures that are chosen. */
  async #preview() {
    const table = this.#table;
    this.#isTableReady = table === null;
    this.#show();
    if (table === null) {
      this.#reading.cancel();
      this.#labels.clear();
      return;
    }
    this.#labels.begin(table, this.#said);
    try {
      const preview = await this.#reading.run((signal) => this.api.previewLabels(this.#previewForm(table), signal));
      if (!preview) return; // a later one is on its way
      this.#labels.show(preview);
      this.#isTableReady = preview.asks === null;
    } catch (error) {
      this.#labels.refuse(asProblem(error).problem.detail);
    }
    this.#show();
  }

  /** @param {File} table */
  #previewForm(table) {
    const form = new FormData();
    form.append("labels", table, table.name);
    // What lies in an archive is not known before it is sent.
    if (!this.#selection.isArchive && this.#selection.count) {
      const names = this.#selection.chosen.map(({ path }) => path);
      form.append("pictures", new File([JSON.stringify(names)], "pictures.json", { type: "application/json" }));
    }
    for (const [name, value] of saidFields(this.#said)) form.append(name, value);
    return form;
  }

  async #send() {
    this.problem.hide();
    this.#notice.textContent = "";
    this.show("sending");
    this.#meter.begin(this.#selection);
    try {
      /** @type {Study | null} */
      const study = await this.#sending.run((signal) =>
        sendMany(`${this.apiUrl}/studies`, this.#selection, {
          beside: this.#fields(),
          onProgress: (sent, total) => this.#meter.move(sent, total),
          signal,
        }),
      );
      this.show("intake");
      if (study) location.assign(study.links.page);
    } catch (error) {
      this.show("intake");
      this.fail(error, () => this.#send());
    }
  }

  /** @returns {import("../../sending/upload.js").Field[]} */
  #fields() {
    const name = this.#name.value.trim();
    const table = this.#table;
    return [
      ...(name ? [/** @type {[string, string]} */ (["name", name])] : []),
      ["checkpoints", this.#checks.chosen.join(",")],
      ...(table ? [...saidFields(this.#said), /** @type {[string, File]} */ (["labels", table])] : []),
    ];
  }

  #stop() {
    this.#sending.cancel();
    this.show("intake");
    this.#notice.textContent = sendingCancelled;
    this.#basket.focus();
  }

  /** @param {string} id */
  async #delete(id) {
    const study = this.#sent.find(id);
    if (!study || !(await this.#confirmation.ask(words.question, [nameInText(study.name)]))) return;
    this.problem.hide();
    try {
      await unlessGone(this.api.deleteStudy(id), GONE.study);
    } catch (error) {
      this.fail(error, () => this.#delete(id));
      return;
    }
    if (!this.#sent.drop(id)) within(this.root, "h1").focus();
    this.announce(words.deleted);
  }
}

await new StudiesPage().start();
