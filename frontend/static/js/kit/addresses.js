/** The page's address: `/` or `/analyses/ID`, with `?checkpoint=` once one was chosen. */

const ANALYSIS_PATH = /^\/analyses\/([^/]+)$/;

/**
 * What an address asks for.
 * @param {{pathname: string, search: string}} location
 * @returns {{analysisId: string | null, checkpoint: string | null}}
 */
export function readAddress({ pathname, search }) {
  const match = ANALYSIS_PATH.exec(pathname);
  return {
    analysisId: match ? decodeURIComponent(match[1]) : null,
    checkpoint: new URLSearchParams(search).get("checkpoint"),
  };
}

/**
 * The address that shows an analysis under its checkpoint again.
 * @param {Pick<import("contract").AnalysisResponse, "links" | "checkpoint">} analysis
 */
export function analysisAddress({ links, checkpoint }) {
  return `${links.page}?${new URLSearchParams({ checkpoint })}`;
}

/**
 * The Distortion lab with an analysis's picture.
 * @param {Pick<import("contract").AnalysisResponse, "id" | "checkpoint">} analysis
 */
export function labAddress({ id, checkpoint }) {
  return `/lab?${new URLSearchParams({ analysis: id, checkpoint })}`;
}

/**
 * The lab of two distortions with an analysis's picture, if there is one, and the first distortion.
 * @param {{analysis: string | null, checkpoint: string, type: string}} shown
 */
export function mixedAddress({ analysis, checkpoint, type: first }) {
  return `/lab/mixed?${new URLSearchParams({ ...(analysis === null ? {} : { analysis, checkpoint }), first })}`;
}

/**
 * The map with an analysis's picture placed on it.
 * @param {Pick<import("contract").AnalysisResponse, "id" | "checkpoint">} analysis
 */
export function mapAddress({ id, checkpoint }) {
  return `/map?${new URLSearchParams({ checkpoint, analysis: id })}`;
}
