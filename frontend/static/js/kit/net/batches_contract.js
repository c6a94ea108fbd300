/**
 * The service's answers about batches as the page reads them; documentation only, nothing is exported at run time.
 *
 * @typedef {"queued" | "running" | "done" | "cancelled"} JobState
 *
 * @typedef {object} Job
 * @property {string} id
 * @property {string} created_at ISO 8601, UTC
 * @property {string | null} started_at
 * @property {string | null} finished_at
 * @property {JobState} state
 * @property {string} checkpoint
 * @property {string} filename of the archive or of the first file: hostile text
 * @property {number} total
 * @property {number} finished scored and refused
 * @property {number} scored
 * @property {number} refused
 * @property {number | null} mean_score of what was scored so far
 * @property {number | null} seconds_left
 * @property {{self: string, page: string, events: string, items: string, results: string}} links
 *
 * @typedef {{items: Job[], next_cursor: string | null, total: number}} JobList
 *
 * @typedef {object} Item
 * @property {number} sequence its place in the order in which items finished, from 1
 * @property {number} position its place in the batch, from 0
 * @property {string} filename hostile text
 * @property {"scored" | "refused"} state
 * @property {import("../../contract.js").Score | null} score
 * @property {{code: string, detail: string} | null} error
 * @property {{name: string, posterior: number} | null} top_cluster
 * @property {{name: string, weight: number} | null} top_expert
 * @property {{type: string, group: string, probability: number} | null} distortion
 */

export {};
