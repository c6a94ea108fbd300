/** Everything that can go wrong, in one shape: the service's problem+json or the page's own. */

import * as format from "../language/format.js";
import { advice, adviceByCode, problems, retryAfter } from "../language/words.js";

const RETRYABLE = new Set([429, 500, 502, 503, 504]);

export class ProblemError extends Error {
  /**
   * @param {import("../language/words.js").Problem} problem
   * @param {{status?: number, retryAfter_s?: number, cause?: unknown}} [answer] `status` is absent where no answer came
   */
  constructor(problem, { status, retryAfter_s, cause } = {}) {
    super(`${problem.code}: ${problem.detail}`, { cause });
    this.name = "ProblemError";
    this.problem = problem;
    this.status = status;
    this.retryAfter_s = retryAfter_s;
  }

  /** Whether the same request may succeed later. */
  get retryable() {
    return this.problem.code === problems.unreachable.code || (this.status !== undefined && RETRYABLE.has(this.status));
  }

  /** What the reader can do about it; empty for problems that say it themselves. */
  get advice() {
    const waiting = this.retryAfter_s === undefined ? [] : [retryAfter(format.seconds(this.retryAfter_s))];
    return [this.#action(), ...waiting].join(" ");
  }

  #action() {
    if (Object.hasOwn(adviceByCode, this.problem.code)) return adviceByCode[this.problem.code];
    if (this.status !== undefined) return advice[this.status] ?? advice.other;
    return this.problem.code === problems.unreachable.code ? advice.none : "";
  }
}

/** Whether something failed for the reason that has this code. @param {unknown} error @param {string} code */
export function hasCode(error, code) {
  return asProblem(error).problem.code === code;
}

/** What the service says of an analysis, a batch or a study that it does not have. */
export const GONE = Object.freeze({ analysis: "unknown-analysis", batch: "unknown-job", study: "unknown-study" });

/**
 * Waits for a request after which something is to be gone: that it is gone already is as good.
 * @param {Promise<unknown>} request
 * @param {string} code
 */
export async function unlessGone(request, code) {
  try {
    await request;
  } catch (error) {
    if (!hasCode(error, code)) throw error;
  }
}

/**
 * Any thrown value as a problem, so that nothing fails without a word.
 * @param {unknown} error
 */
export function asProblem(error) {
  return error instanceof ProblemError ? error : new ProblemError(problems.broken(String(error)), { cause: error });
}
