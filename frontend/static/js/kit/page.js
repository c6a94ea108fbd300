/** What pages have in common: they open, follow their address, change colours with the theme, and say what fails. */

import { remember } from "./context.js";
import { datum, named } from "./dom/element.js";
import { Api } from "./net/api.js";
import { GONE, asProblem, hasCode } from "./net/problem.js";
import { ProblemPanel } from "./problem_panel.js";

/** A page overrides what it needs of `listen`, `open`, `follow`, `repaint`, `isShown` and `failed`. */
export class Page {
  #announcer = named("announcer");

  /** @param {string} id of its element, whose `data-state` says to style sheets which part is on show */
  constructor(id) {
    this.root = named(id);
    this.apiUrl = datum(this.root, "apiUrl");
    this.api = new Api(this.apiUrl);
    this.problem = new ProblemPanel();
  }

  /** Wires the page, and shows what its address asks for. */
  async start() {
    addEventListener("popstate", () => this.follow());
    document.addEventListener("themechange", () => this.isShown && this.#attempt(() => this.repaint()));
    this.listen();
    await this.guard(() => this.open());
  }

  /** Takes up what the reader does with the page; called once. */
  listen() {}

  /** Shows what the address asks for at the start; called again where that failed. */
  async open() {}

  /** The address asks for something else: on back and forward. */
  async follow() {}

  /** Draws what is on the page again, in the colours now in force. */
  async repaint() {}

  /** Whether something is on the page already, which a failure leaves there. */
  get isShown() {
    return false;
  }

  /** Something failed and is about to be told. */
  failed() {
    if (!this.isShown) this.show("failed");
  }

  /** @param {string} state which part is on show */
  show(state) {
    this.root.dataset.state = state;
  }

  /** Says a text to screen readers. @param {string} text */
  announce(text) {
    this.#announcer.textContent = text;
  }

  /**
   * Does something that may fail, and says so if it does.
   * @param {() => Promise<unknown>} task
   */
  async guard(task) {
    this.problem.hide();
    await this.#attempt(task);
  }

  /** @param {() => Promise<unknown>} task */
  async #attempt(task) {
    try {
      await task();
    } catch (error) {
      this.failed();
      this.fail(error, () => this.guard(task));
    }
  }

  /** Says what went wrong. @param {unknown} error @param {() => void} [again] repeats what failed */
  fail(error, again = () => this.problem.hide()) {
    if (hasCode(error, GONE.analysis)) remember({ picture: null });
    this.problem.show(asProblem(error), again);
  }
}

/**
 * A page whose address holds all of its state. A page overrides `catchUp`, and `fillGaps` where its addresses may leave
 * something open.
 * @template State
 */
export class AddressedPage extends Page {
  #read;
  #write;

  /**
   * @param {string} id
   * @param {{read: (search: string) => State, write: (state: State) => string}} address each undoes the other
   */
  constructor(id, { read, write }) {
    super(id);
    this.#read = read;
    this.#write = write;
    this.state = read(location.search);
    rememberCheckpoint(this.state);
  }

  /** A change that the Back button takes back, and what it brings. @param {Partial<State>} changes */
  async change(changes) {
    const before = this.state;
    this.step(changes);
    await this.catchUp(before);
  }

  async follow() {
    const before = this.state;
    this.reread();
    await this.catchUp(before);
  }

  /** Brings the page to its state. @param {State} _before the state that is on show */
  async catchUp(_before) {}

  /** Takes for the state what its address leaves open. */
  fillGaps() {}

  /** A change that the Back button takes back. @param {Partial<State>} changes */
  step(changes) {
    this.#take({ ...this.state, ...changes });
    history.pushState(null, "", this.#address);
  }

  /** A change without a step of its own. @param {Partial<State>} changes */
  keep(changes) {
    this.#take({ ...this.state, ...changes });
    history.replaceState(null, "", this.#address);
  }

  /** What the address leaves open, and goes on leaving open. @param {Partial<State>} changes */
  assume(changes) {
    this.state = { ...this.state, ...changes };
  }

  /** Takes the state from the address. */
  reread() {
    this.#take(this.#read(location.search));
    this.fillGaps();
  }

  /** Takes a state; other pages are opened with its checkpoint, once it is another one. @param {State} state */
  #take(state) {
    const before = this.state;
    this.state = state;
    if (checkpointOf(state) !== checkpointOf(before)) rememberCheckpoint(state);
  }

  get #address() {
    return location.pathname + this.#write(this.state);
  }
}

/** @param {unknown} state of a page, which may have a checkpoint */
function checkpointOf(state) {
  return /** @type {{checkpoint?: string | null}} */ (state).checkpoint ?? null;
}

/** @param {unknown} state */
function rememberCheckpoint(state) {
  const checkpoint = checkpointOf(state);
  if (checkpoint !== null) remember({ checkpoint });
}
