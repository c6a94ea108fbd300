/** The service's resources as functions; each rejects with a `ProblemError`, or as its signal says when aborted. */

import { problems } from "./messages.js";
import { ProblemError } from "./problem.js";

export class Api {
  #base;
  #fetch;

  /**
   * @param {string} base address of the API, such as `/api/v1`
   * @param {typeof fetch} [fetcher]
   */
  constructor(base, fetcher = (...request) => globalThis.fetch(...request)) {
    this.#base = base;
    this.#fetch = fetcher;
  }

  /**
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./contract.js").CheckpointList>}
   */
  checkpoints(signal) {
    return this.#json("/checkpoints", { signal });
  }

  /**
   * Uploads a picture and scores it.
   * @param {File} file
   * @param {string | null} checkpoint null: the service's default
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./contract.js").Analysis>}
   */
  analyse(file, checkpoint, signal) {
    const body = new FormData();
    body.append("file", file, file.name);
    if (checkpoint !== null) body.append("checkpoint", checkpoint);
    return this.#json("/analyses", { method: "POST", body, signal });
  }

  /**
   * Scores the kept picture under another checkpoint.
   * @param {string} id
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./contract.js").Analysis>}
   */
  rescore(id, checkpoint, signal) {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ checkpoint });
    return this.#json(`/analyses/${encodeURIComponent(id)}/predictions`, { method: "POST", headers, body, signal });
  }

  /**
   * An analysis made before.
   * @param {string} id
   * @param {string | null} checkpoint null: the one first used
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./contract.js").Analysis>}
   */
  analysis(id, checkpoint, signal) {
    const query = checkpoint === null ? "" : `?${new URLSearchParams({ checkpoint })}`;
    return this.#json(`/analyses/${encodeURIComponent(id)}${query}`, { signal });
  }

  /**
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./contract.js").MapList>}
   */
  maps(checkpoint, signal) {
    return this.#json(`/checkpoints/${encodeURIComponent(checkpoint)}/maps`, { signal });
  }

  /**
   * Where an analysis's picture lies on a checkpoint's map.
   * @param {string} id
   * @param {{checkpoint: string, map: string}} where
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./contract.js").Placement>}
   */
  place(id, where, signal) {
    return this.#json(`/analyses/${encodeURIComponent(id)}/place?${new URLSearchParams(where)}`, { signal });
  }

  /**
   * What a checkpoint says of a kept picture under a distortion type at a level.
   * @param {string} id
   * @param {{type: string, level: number, checkpoint: string}} wanted level 0: the picture itself
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./contract.js").Level>}
   */
  level(id, { type, level, checkpoint }, signal) {
    const path = [id, "distortions", type, String(level)].map(encodeURIComponent).join("/");
    return this.#json(`/analyses/${path}?${new URLSearchParams({ checkpoint })}`, { signal });
  }

  /**
   * A resource by an address that the service gave, read as JSON.
   * @param {string} url
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  async linked(url, signal) {
    return readAnswer(await this.#send(url, { signal }));
  }

  /**
   * The same for bytes, which are read from the response as they come.
   * @param {string} url
   * @param {AbortSignal} [signal]
   */
  async bytes(url, signal) {
    const response = await this.#send(url, { signal, headers: { Accept: "application/octet-stream" } });
    if (!response.ok) await readAnswer(response);
    return response;
  }

  /**
   * @param {string} path
   * @param {RequestInit} init
   */
  async #json(path, init) {
    return readAnswer(await this.#send(this.#base + path, init));
  }

  /**
   * @param {string} url
   * @param {RequestInit} init
   */
  async #send(url, init) {
    try {
      return await this.#fetch(url, {
        ...init,
        headers: { Accept: "application/json", ...init.headers },
      });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ProblemError(problems.unreachable, { cause: error });
    }
  }
}

/**
 * The JSON of a good answer; throws a `ProblemError` for any other.
 * @param {Response} response
 */
async function readAnswer(response) {
  const body = await readJson(response);
  if (response.ok && body !== null) return body;
  throw new ProblemError(isProblem(body) ? body : problems.unreadable(response.status), {
    status: response.status,
    retryAfter_s: retryAfterSeconds(response),
  });
}

/** @param {Response} response */
async function readJson(response) {
  try {
    return await response.json();
  } catch (error) {
    // A proxy's HTML page, for instance: the caller says so with the status.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @param {unknown} body */
function isProblem(body) {
  return typeof body === "object" && body !== null && "title" in body && "detail" in body && "code" in body;
}

/** @param {Response} response */
function retryAfterSeconds(response) {
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return Number.isNaN(seconds) ? undefined : seconds;
}
