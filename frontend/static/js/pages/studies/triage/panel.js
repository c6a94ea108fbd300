/** The histogram of a study's scores with two thresholds that move, and how many pictures they put where. */

import { element, fillSelect, named } from "../../../kit/dom/element.js";
import { svgElement } from "../../../kit/dom/svg.js";
import * as format from "../../../kit/language/format.js";
import { checkpointText } from "../../../kit/language/words.js";
import { KINDS, TRIAGES, counts, histogram, inKind, inUnit, moved, sorted, startingRule, thresholds } from "./rule.js";
import * as words from "./words.js";

/**
 * @typedef {import("./rule.js").Rule} Rule
 * @typedef {import("./rule.js").Triage} Triage
 * @typedef {"low" | "high"} End
 *
 * @typedef {object} TriageHost
 * @property {(rule: Rule) => void} onRule thresholds were put somewhere
 * @property {(triage: Triage | null) => void} onFilter null: all pictures
 */

const BINS = 50;
const HEIGHT = 100;
/** Keys come fast: only where they rest is the rule kept, and are the pictures asked for. */
const KEYS_REST_MS = 250;
const STEPS = /** @type {Readonly<Record<string, number>>} */ ({
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
});

export class TriagePanel {
  #host;
  #checkpoint = named("triage-checkpoint", "select");
  #kind = named("triage-kind", "select");
  #plot = named("triage-plot");
  #bars = within("triage-bars");
  /** Of the bars' colours, which change where the thresholds are. */
  #stops = named("triage-plot").querySelectorAll("stop");
  /** @type {Record<End, HTMLElement>} */
  #handles = { low: named("triage-low"), high: named("triage-high") };
  /** @type {Record<Triage, HTMLElement>} */
  #buttons = { reject: named("triage-reject"), review: named("triage-review"), pass: named("triage-pass") };
  /** @type {import("contract").StudyScores | null} */
  #all = null;
  /** @type {Rule | null} */
  #rule = null;
  /** @type {Float64Array} sorted */
  #scores = new Float64Array();
  /** @type {Map<string, Float64Array>} */
  #sorted = new Map();
  /** @type {Triage | null} */
  #filter = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;

  /** @param {TriageHost} host */
  constructor(host) {
    this.#host = host;
    this.#checkpoint.addEventListener("change", () => this.#settle(this.#ruleUnder(this.#checkpoint.value)));
    this.#kind.addEventListener("change", () => this.#rule && this.#settle(inKind(this.#rule, this.#kindNow, this.#scores)));
    for (const end of /** @type {const} */ (["low", "high"])) this.#listenTo(end);
    for (const name of TRIAGES) this.#buttons[name].addEventListener("click", () => this.#toggle(name));
  }

  /**
   * @param {import("contract").StudyScores} all
   * @param {ReadonlyMap<string, string>} titles of the checkpoints
   * @param {{rule: Rule | null, isSaved: boolean, filter: Triage | null, checkpoint: string}} state the rule in force, if any
   */
  begin(all, titles, { rule, isSaved, filter, checkpoint }) {
    this.#all = all;
    this.#filter = filter;
    named("triage").hidden = all.positions.length === 0;
    fillSelect(
      this.#checkpoint,
      all.checkpoints.map((one) => [one.checkpoint, checkpointText(titles.get(one.checkpoint) ?? one.checkpoint)]),
    );
    const isKnown = rule !== null && all.checkpoints.some((one) => one.checkpoint === rule.checkpoint);
    this.#show(isKnown ? rule : startingRule(checkpoint));
    this.say(!isKnown ? words.unsaved : isSaved ? words.saved : words.shownOnly);
  }

  /** What became of the rule. @param {string} text */
  say(text) {
    named("triage-said").textContent = text;
  }

  get #kindNow() {
    return KINDS.find((kind) => kind === this.#kind.value) ?? "points";
  }

  /** @param {string} checkpoint */
  #ruleUnder(checkpoint) {
    return { ...(this.#rule ?? startingRule(checkpoint)), checkpoint };
  }

  /** @param {string} checkpoint */
  #scoresOf(checkpoint) {
    const known = this.#sorted.get(checkpoint);
    if (known) return known;
    const found = sorted(this.#all?.checkpoints.find((one) => one.checkpoint === checkpoint)?.scores ?? []);
    this.#sorted.set(checkpoint, found);
    return found;
  }

  /** A rule that stays. @param {Rule} rule */
  #settle(rule) {
    clearTimeout(this.#resting);
    this.#show(rule);
    this.#host.onRule(rule);
  }

  /** @param {Triage} name */
  #toggle(name) {
    this.#filter = this.#filter === name ? null : name;
    if (this.#rule) this.#settle(this.#rule);
    this.#host.onFilter(this.#filter);
  }

  // ---- drawing

  /** @param {Rule} rule */
  #show(rule) {
    const hasOtherScores = this.#rule?.checkpoint !== rule.checkpoint;
    this.#rule = rule;
    this.#scores = this.#scoresOf(rule.checkpoint);
    [this.#checkpoint.value, this.#kind.value] = [rule.checkpoint, rule.kind];
    if (hasOtherScores) this.#drawBars();
    this.#place(rule);
  }

  #drawBars() {
    const bins = histogram(this.#scores, BINS);
    const most = Math.max(...bins, 1);
    const width = 100 / BINS;
    this.#bars.replaceChildren(
      ...bins.map((count, bin) => {
        const [from, to] = [bin * width, (bin + 1) * width];
        const height = (HEIGHT * count) / most;
        const bar = svgElement("rect", { x: from + 0.1, y: HEIGHT - height, width: width - 0.2, height });
        const title = svgElement("title");
        title.textContent = words.barLine(format.number(from), format.number(to), count, format.count(count));
        bar.append(title);
        return bar;
      }),
    );
  }

  /** Thresholds and all that follows from them: what a drag moves. @param {Rule} rule */
  #place(rule) {
    const ends = thresholds(rule, this.#scores);
    const points = { low: ends[0], high: ends[1] };
    for (const end of /** @type {const} */ (["low", "high"])) this.#placeHandle(end, rule, points[end]);
    const stops = [0, points.low, points.low, points.high, points.high, 100];
    [...this.#stops].forEach((stop, place) => stop.setAttribute("offset", String(stops[place] / 100)));
    const found = counts(rule, this.#scores);
    for (const name of TRIAGES) this.#showCount(name, found[name]);
  }

  /** @param {End} end @param {Rule} rule @param {number} points */
  #placeHandle(end, rule, points) {
    const handle = this.#handles[end];
    const text = words.valueText[rule.kind](format.score(rule[end]), format.score(points));
    handle.style.left = `${points}%`;
    handle.setAttribute("aria-valuenow", String(rule[end]));
    handle.setAttribute("aria-valuetext", text);
    named(`triage-${end}-text`).textContent = text;
  }

  /** @param {Triage} name @param {number} count */
  #showCount(name, count) {
    const button = this.#buttons[name];
    const share = format.wholePercent(count / Math.max(this.#scores.length, 1));
    button.replaceChildren(
      element("strong", {}, words.names[name]),
      element("span", { className: "small" }, words.countOf(count, format.count(count), share)),
    );
    button.setAttribute("aria-pressed", String(this.#filter === name));
  }

  // ---- hands and keys

  /** @param {End} end */
  #listenTo(end) {
    const handle = this.#handles[end];
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      handle.focus();
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId) || !this.#rule) return;
      const { left, width } = this.#plot.getBoundingClientRect();
      const points = (100 * (event.clientX - left)) / width;
      this.#show(moved(this.#rule, end, inUnit(this.#rule, this.#scores, points)));
    });
    handle.addEventListener("lostpointercapture", () => this.#rule && this.#settle(this.#rule));
    handle.addEventListener("keydown", (event) => this.#press(event, end));
  }

  /** @param {KeyboardEvent} event @param {End} end */
  #press(event, end) {
    const step = STEPS[event.key];
    const edge = event.key === "Home" ? 0 : event.key === "End" ? 100 : null;
    if (!this.#rule || (step === undefined && edge === null)) return;
    event.preventDefault();
    this.#show(moved(this.#rule, end, edge ?? this.#rule[end] + (step ?? 0)));
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rule && this.#settle(this.#rule), KEYS_REST_MS);
  }
}

/** @param {string} id of a group in the drawing @returns {SVGGElement} */
function within(id) {
  const found = document.getElementById(id);
  if (!(found instanceof SVGGElement)) throw new TypeError(`got ${found?.localName ?? "nothing"}, expected a group named ${id}`);
  return found;
}
