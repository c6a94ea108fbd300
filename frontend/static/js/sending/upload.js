/** Sending many pictures: XMLHttpRequest, because fetch does not say how much of a body has left. */

import { problems } from "../kit/language/words.js";
import { readAnswer } from "../kit/net/api.js";
import { ProblemError } from "../kit/net/problem.js";

/** @typedef {[string, string | File]} Field of a form, beside the pictures */

/** The checkpoint that is to answer; none for the service's default. @param {string | null} id @returns {Field[]} */
export function checkpointField(id) {
  return id === null ? [] : [["checkpoint", id]];
}

/**
 * Sends pictures, or one archive, and resolves to what the service makes of them.
 * @template Answer
 * @param {string} url
 * @param {import("./selection.js").Selection} selection
 * @param {object} options
 * @param {readonly Field[]} options.beside
 * @param {(sent: number, total: number) => void} options.onProgress bytes, of the whole body
 * @param {AbortSignal} options.signal
 * @param {() => XMLHttpRequest} [options.makeRequest]
 * @returns {Promise<Answer>} rejects with a `ProblemError`, or as the signal says when aborted
 */
export async function sendMany(
  url,
  selection,
  { beside, onProgress, signal, makeRequest = () => new XMLHttpRequest() },
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
  request.send(formOf(selection, beside));
  return readAnswer(await response);
}

/**
 * @param {import("./selection.js").Selection} selection
 * @param {readonly Field[]} beside
 */
function formOf(selection, beside) {
  const form = new FormData();
  // Before the pictures: what is wrong with them is told before all of these have come.
  for (const [name, value] of beside) form.append(name, value);
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
