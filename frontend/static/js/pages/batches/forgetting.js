/** Batches that go away, or are gone already. */

import { asProblem } from "../../kit/net/problem.js";

const GONE = "unknown-job";

/** Whether a request failed because there is no such batch. @param {unknown} error */
export function isGone(error) {
  return asProblem(error).problem.code === GONE;
}

/**
 * Deletes a batch; one that is gone already is what was wanted.
 * @param {Pick<import("../../kit/net/api.js").Api, "deleteJob">} api
 * @param {string} id
 */
export async function forget(api, id) {
  try {
    await api.deleteJob(id);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
