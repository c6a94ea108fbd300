/** What the page can say about a file before it is sent. */

import * as format from "../kit/language/format.js";
import { problems } from "../kit/language/words.js";
import { ProblemError } from "../kit/net/problem.js";

/**
 * Throws a `ProblemError` for a file that the service would refuse for its size alone.
 * @param {{size: number}} file size in bytes
 * @param {number} limit_bytes
 */
export function checkSize({ size }, limit_bytes) {
  if (size === 0) throw new ProblemError(problems.empty);
  if (size > limit_bytes) throw new ProblemError(problems.tooLarge(format.bytes(size), format.bytes(limit_bytes)));
}

/**
 * The files of a drop or a paste.
 * @param {DataTransfer | null} transfer
 * @returns {File[]}
 */
export function givenFiles(transfer) {
  return [...(transfer?.files ?? [])];
}

/**
 * A sample as if the reader had chosen it; rejects with a `ProblemError` where it cannot be had.
 * @param {{url: string, name: string}} sample
 * @param {AbortSignal} signal
 */
export async function fetchSample({ url, name }, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new ProblemError(problems.unreadable(response.status), { status: response.status });
  const blob = await response.blob();
  return new File([blob], name, { type: blob.type });
}
