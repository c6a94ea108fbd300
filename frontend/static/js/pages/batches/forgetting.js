/** Batches that go away. */

import { isGone } from "../../kit/net/problem.js";

/** What the service says of a batch that it does not have. */
export const GONE = "unknown-job";

/**
 * Deletes a batch; one that is gone already is what was wanted.
 * @param {Pick<import("../../kit/net/api.js").Api, "deleteJob">} api
 * @param {string} id
 */
export async function forget(api, id) {
  try {
    await api.deleteJob(id);
  } catch (error) {
    if (!isGone(error, GONE)) throw error;
  }
}
