/** Sending a batch: XMLHttpRequest, because fetch does not say how much of a body has left. */

import { problems } from "../kit/language/words.js";
import { readAnswer } from "../kit/net/api.js";
import { ProblemError } from "../kit/net/problem.js";

/** @typedef {import("contract").JobResponse} Job */

/**
 * Sends pictures, or one archive, and resolves to the job that scores them.
 * @param {string} url
 * @param {import("./selection.js").Selection} selection
 * @param {object} options
 * @param {string | null} options.checkpoint null: the service's default
 * @param {(sent: number, total: number) => void} options.onProgress bytes, of the whole body
 * @param {AbortSignal} options.signal
 * @param {() => XMLHttpRequest} [options.makeRequest]
 * @returns {Promise<Job>} rejects with a `ProblemError`, or as the signal says when aborted
 */
export async function sendBatch(
  url,
  selection,
  { checkpoint, onProgress, signal, makeRequest = () => new XMLHttpRequest() },
) {
  signal.throwIfAborted();
  const request = makeRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded, total));
  signal.addEventListener("abort", () => request.abort());
  const response = new Promise((resolve, reject) => {
    request.addEventListener("load", () => resolve(answerOf(request)));
    request.addEventListener("error", () => reject(new ProblemError(problems.unreachable)));
    request.addEventListener("abort", () => reject(signal.reason));
  });
  request.open("POST", url);
  request.setRequestHeader("Accept", "application/json");
  request.send(formOf(selection, checkpoint));
  return readAnswer(await response);
}

/**
 * @param {import("./selection.js").Selection} selection
 * @param {string | null} checkpoint
 */
function formOf(selection, checkpoint) {
  const form = new FormData();
  if (checkpoint !== null) form.append("checkpoint", checkpoint);
  const field = selection.isArchive ? "archive" : "files";
  for (const { file, path } of selection.chosen) form.append(field, file, path);
  return form;
}

/** What came, as fetch would have said it. @param {XMLHttpRequest} request */
function answerOf(request) {
  const retryAfter = request.getResponseHeader("Retry-After");
  const headers = new Headers(retryAfter === null ? [] : [["Retry-After", retryAfter]]);
  return new Response(request.responseText || null, { status: request.status, headers });
}
