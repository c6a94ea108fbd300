/** The service's resources as functions; each rejects with a `ProblemError`, or as its signal says when aborted. */

import { problems } from "../language/words.js";
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
   * @returns {Promise<import("contract").CheckpointList>}
   */
  checkpoints(signal) {
    return this.#json("/checkpoints", { signal });
  }

  /**
   * What each checkpoint is made of and how well it did.
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").CardList>}
   */
  cards(signal) {
    return this.#json("/cards", { signal });
  }

  /**
   * A checkpoint's model card; a refused one's, too.
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<{markdown: string, html: string}>}
   */
  card(checkpoint, signal) {
    return this.#json(`/checkpoints/${encodeURIComponent(checkpoint)}/card`, { signal });
  }

  /**
   * A checkpoint's files, read and hashed now.
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").IntegrityResponse>}
   */
  integrity(checkpoint, signal) {
    return this.#json(`/checkpoints/${encodeURIComponent(checkpoint)}/integrity`, { signal });
  }

  /**
   * Loads a checkpoint anew and scores the golden picture.
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").VerificationResponse>}
   */
  verify(checkpoint, signal) {
    return this.#json(`/checkpoints/${encodeURIComponent(checkpoint)}/verification`, { method: "POST", signal });
  }

  /**
   * Uploads a picture and scores it.
   * @param {File} file
   * @param {string | null} checkpoint null: the service's default
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").AnalysisResponse>}
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
   * @returns {Promise<import("contract").AnalysisResponse>}
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
   * @returns {Promise<import("contract").AnalysisResponse>}
   */
  analysis(id, checkpoint, signal) {
    const query = checkpoint === null ? "" : `?${new URLSearchParams({ checkpoint })}`;
    return this.#json(`/analyses/${encodeURIComponent(id)}${query}`, { signal });
  }

  /**
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").MapList>}
   */
  maps(checkpoint, signal) {
    return this.#json(`/checkpoints/${encodeURIComponent(checkpoint)}/maps`, { signal });
  }

  /**
   * Use and skill of a checkpoint's experts and clusters.
   * @param {string} checkpoint
   * @param {string | null} map address of the map to measure on; null: the first
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").ExpertsResponse>}
   */
  experts(checkpoint, map, signal) {
    const query = map === null ? "" : `?${new URLSearchParams({ map })}`;
    return this.#json(`/checkpoints/${encodeURIComponent(checkpoint)}/experts${query}`, { signal });
  }

  /**
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").LeaderboardResponse>}
   */
  leaderboard(signal) {
    return this.#json("/leaderboard", { signal });
  }

  /**
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").MetricsResponse>}
   */
  metrics(checkpoint, signal) {
    return this.#json(`/checkpoints/${encodeURIComponent(checkpoint)}/metrics`, { signal });
  }

  /**
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").CurveResponse>}
   */
  trainingCurve(checkpoint, signal) {
    return this.#json(`/checkpoints/${encodeURIComponent(checkpoint)}/training-curve`, { signal });
  }

  /**
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").PredictionsResponse>}
   */
  predictions(checkpoint, signal) {
    return this.#json(`/checkpoints/${encodeURIComponent(checkpoint)}/predictions`, { signal });
  }

  /**
   * Where an analysis's picture lies on a checkpoint's map.
   * @param {string} id
   * @param {{checkpoint: string, map: string}} where
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").PlaceResponse>}
   */
  place(id, where, signal) {
    return this.#json(`/analyses/${encodeURIComponent(id)}/place?${new URLSearchParams(where)}`, { signal });
  }

  /**
   * What a checkpoint says about each window of an analysis's picture.
   * @param {string} id
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").LocalQualityResponse>}
   */
  localQuality(id, checkpoint, signal) {
    return this.#json(`/analyses/${encodeURIComponent(id)}/local?${new URLSearchParams({ checkpoint })}`, { signal });
  }

  /**
   * A part of the list of analyses, newest first.
   * @param {{query: string, cursor: string | null, limit: number}} part `cursor` is the part's before
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").AnalysisList>}
   */
  analyses({ query, cursor, limit }, signal) {
    const search = new URLSearchParams({ limit: String(limit), q: query, ...(cursor === null ? {} : { cursor }) });
    return this.#json(`/analyses?${search}`, { signal });
  }

  /**
   * Forgets an analysis, its predictions and its picture.
   * @param {string} id
   */
  deleteAnalysis(id) {
    return this.#delete(`/analyses/${encodeURIComponent(id)}`);
  }

  /**
   * A part of the list of batches, newest first.
   * @param {{cursor: string | null, limit: number}} part `cursor` is the part's before
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").JobList>}
   */
  jobs({ cursor, limit }, signal) {
    const search = new URLSearchParams({ limit: String(limit), ...(cursor === null ? {} : { cursor }) });
    return this.#json(`/jobs?${search}`, { signal });
  }

  /**
   * How far a batch is.
   * @param {string} id
   * @returns {Promise<import("contract").JobResponse>}
   */
  job(id) {
    return this.#json(`/jobs/${encodeURIComponent(id)}`, {});
  }

  /**
   * Scores no more of a batch's pictures; what is scored stays.
   * @param {string} id
   * @returns {Promise<import("contract").JobResponse>}
   */
  cancelJob(id) {
    return this.#json(`/jobs/${encodeURIComponent(id)}/cancel`, { method: "POST" });
  }

  /**
   * Forgets a batch and its results.
   * @param {string} id
   */
  deleteJob(id) {
    return this.#delete(`/jobs/${encodeURIComponent(id)}`);
  }

  /**
   * A part of the list of studies, newest first.
   * @param {{cursor: string | null, limit: number}} part `cursor` is the part's before
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").StudyList>}
   */
  studies({ cursor, limit }, signal) {
    const search = new URLSearchParams({ limit: String(limit), ...(cursor === null ? {} : { cursor }) });
    return this.#json(`/studies?${search}`, { signal });
  }

  /**
   * How far a study is, and what came of it.
   * @param {string} id
   * @returns {Promise<import("contract").StudyResponse>}
   */
  study(id) {
    return this.#json(`/studies/${encodeURIComponent(id)}`, {});
  }

  /**
   * Forgets a study and all that it has.
   * @param {string} id
   */
  deleteStudy(id) {
    return this.#delete(`/studies/${encodeURIComponent(id)}`);
  }

  /**
   * @param {string} id of a study that is done
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").StudyFigures>}
   */
  studyFigures(id, signal) {
    return this.#json(`/studies/${encodeURIComponent(id)}/figures`, { signal });
  }

  /**
   * Labels and all checkpoints' scores of a study that is done.
   * @param {string} id
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").StudyScores>}
   */
  studyScores(id, signal) {
    return this.#json(`/studies/${encodeURIComponent(id)}/scores`, { signal });
  }

  /**
   * A part of a study's pictures under a checkpoint, in an order.
   * @param {string} id
   * @param {Record<string, string>} asked
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").PicturePage>}
   */
  studyPictures(id, asked, signal) {
    return this.#json(`/studies/${encodeURIComponent(id)}/pictures?${new URLSearchParams(asked)}`, { signal });
  }

  /**
   * What was decided about a study's pictures.
   * @param {string} id
   * @returns {Promise<import("contract").DecidedPictures>}
   */
  studyDecisions(id) {
    return this.#json(`/studies/${encodeURIComponent(id)}/decisions`, {});
  }

  /**
   * Decides about pictures of a study: about all of them, or about none.
   * @param {string} id
   * @param {import("contract").PictureChange[]} changes
   * @returns {Promise<import("contract").DecidedPictures>}
   */
  decideAboutPictures(id, changes) {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ changes });
    return this.#json(`/studies/${encodeURIComponent(id)}/pictures`, { method: "PATCH", headers, body });
  }

  /**
   * The two thresholds of a study, if it has some.
   * @param {string} id
   * @returns {Promise<import("contract").RuleResponse>}
   */
  studyRule(id) {
    return this.#json(`/studies/${encodeURIComponent(id)}/rule`, {});
  }

  /**
   * Keeps two thresholds with a study, in the place of others.
   * @param {string} id
   * @param {import("contract").RuleBody} rule
   * @returns {Promise<import("contract").RuleResponse>}
   */
  putStudyRule(id, rule) {
    const headers = { "Content-Type": "application/json" };
    return this.#json(`/studies/${encodeURIComponent(id)}/rule`, { method: "PUT", headers, body: JSON.stringify(rule) });
  }

  /**
   * Two pictures of a study, and which of them people would rate higher.
   * @param {string} id
   * @param {{a: number, b: number, checkpoint: string}} wanted positions, and whose rows
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").PicturePair>}
   */
  studyPair(id, { a, b, checkpoint }, signal) {
    const query = new URLSearchParams({ a: String(a), b: String(b), checkpoint });
    return this.#json(`/studies/${encodeURIComponent(id)}/pairs?${query}`, { signal });
  }

  /**
   * The map of a study's pictures under one of its checkpoints, none until it is drawn.
   * @param {string} id
   * @param {string} checkpoint
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").MapList>}
   */
  studyMap(id, checkpoint, signal) {
    return this.#json(`/studies/${encodeURIComponent(id)}/map?${new URLSearchParams({ checkpoint })}`, { signal });
  }

  /**
   * Use and skill of a checkpoint's experts and clusters on a study's pictures.
   * @param {string} id
   * @param {string} checkpoint
   * @param {string | null} map address of the map to measure on; null: the first
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").ExpertsResponse>}
   */
  studyExperts(id, checkpoint, map, signal) {
    const query = new URLSearchParams({ checkpoint, ...(map === null ? {} : { map }) });
    return this.#json(`/studies/${encodeURIComponent(id)}/experts?${query}`, { signal });
  }

  /**
   * Where an analysis's picture lies among those of a study.
   * @param {string} id
   * @param {{analysis: string, checkpoint: string, map: string}} where
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").PlaceResponse>}
   */
  studyPlace(id, where, signal) {
    return this.#json(`/studies/${encodeURIComponent(id)}/place?${new URLSearchParams(where)}`, { signal });
  }

  /**
   * What a table of labels will be taken for; nothing of it is kept.
   * @param {FormData} form
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").LabelsPreview>}
   */
  previewLabels(form, signal) {
    return this.#json("/studies/labels", { method: "POST", body: form, signal });
  }

  /**
   * What a checkpoint says of a kept picture under a distortion type at a level.
   * @param {string} id
   * @param {{type: string, level: number, checkpoint: string}} wanted level 0: the picture itself
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").LevelResponse>}
   */
  level(id, { type, level, checkpoint }, signal) {
    const path = [id, "distortions", type, String(level)].map(encodeURIComponent).join("/");
    return this.#json(`/analyses/${path}?${new URLSearchParams({ checkpoint })}`, { signal });
  }

  /**
   * What a checkpoint says of a kept picture under two distortions, one after the other.
   * @param {string} id
   * @param {{grid: string, row: number, column: number, checkpoint: string}} wanted
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").CellResponse>}
   */
  cell(id, { grid, row, column, checkpoint }, signal) {
    const path = [id, "mixed", grid, String(row), String(column)].map(encodeURIComponent).join("/");
    return this.#json(`/analyses/${path}?${new URLSearchParams({ checkpoint })}`, { signal });
  }

  /**
   * The grids of two distortions that people rated.
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").RatedGridList>}
   */
  ratedGrids(signal) {
    return this.#json("/rated-grids", { signal });
  }

  /**
   * What an image set says of its rows, by the address that the service gave.
   * @param {string} url
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").ImageSetRows>}
   */
  async imageSetRows(url, signal) {
    return readAnswer(await this.#send(url, { signal }));
  }

  /**
   * The nearest neighbours of a map's row, by the address that the service gave.
   * @param {string} url with the row, the space and the count
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("contract").NeighbourList>}
   */
  async neighbours(url, signal) {
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

  /** @param {string} path */
  async #delete(path) {
    const response = await this.#send(this.#base + path, { method: "DELETE" });
    if (!response.ok) await readAnswer(response);
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
export async function readAnswer(response) {
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

/** @param {unknown} body @returns {body is import("contract").ProblemDetails} */
function isProblem(body) {
  return typeof body === "object" && body !== null && "title" in body && "detail" in body && "code" in body;
}

/** @param {Response} response */
function retryAfterSeconds(response) {
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return Number.isNaN(seconds) ? undefined : seconds;
}
