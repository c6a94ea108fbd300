/** Every text that scripts put on the page, in English. Values are strings, or functions of their parts. */

export const qualityWords = Object.freeze(["bad", "poor", "fair", "good", "excellent"]);

const taxonomyNames = Object.freeze({
  sharpness_contrast: "sharpness, contrast",
  color_saturation_1: "saturation (HSV)",
  color_saturation_2: "saturation (Lab)",
  jpeg: "JPEG",
  jpeg2000: "JPEG 2000",
  white_noise_color_component: "white noise (YCbCr)",
  non_eccentricity_patch: "displaced patches",
  gaussian_blur: "Gaussian blur",
});

/**
 * A name of the taxonomy, an expert or a cluster as people read it.
 * @param {string} name
 */
export function displayName(name) {
  return Object.hasOwn(taxonomyNames, name)
    ? taxonomyNames[/** @type {keyof typeof taxonomyNames} */ (name)]
    : name.replaceAll("_", " ");
}

export const axes = Object.freeze({
  score: "predicted MOS (points on 0–100)",
  points: "points of the score",
  probability: "probability (%)",
  weight: "weight (%)",
  severity: "predicted severity (0 = none)",
  cluster: "cluster",
  expert: "expert",
  distortion: "distortion",
});

export const columns = Object.freeze({
  quantity: "quantity",
  value: "value",
  cluster: "cluster",
  posterior: "posterior",
  attention: "attention",
  expert: "expert",
  gate: "gate",
  routing: "routing",
  score: "own score",
  weight: "weight",
  contribution: "contribution",
  group: "group",
  type: "type",
  probability: "probability",
  severity: "severity",
});

export const series = Object.freeze({
  interval: "90% interval",
  score: "score",
  std: "standard deviation",
  low: "90% interval, low end",
  high: "90% interval, high end",
  posterior: "posterior",
  attention: "attention",
  gate: "gate alone",
  routing: "routing in use",
  total: "score",
  wholeGroup: "whole group",
});

/** @param {string} score as text */
export const scoreLine = (score) => `score ${score}`;

/**
 * For each chart: its title, how to read it, and why a variant may not have it.
 * @type {Readonly<Record<string, {title: string, help: string, absence: string}>>}
 */
export const charts = Object.freeze({
  score: {
    title: "Score on the quality scale",
    help: "The mark is the score, the bar its 90% interval: of ten photographs like those it was calibrated on, nine have their human score inside. The five words are ITU-R BT.500’s.",
    absence: "",
  },
  contributions: {
    title: "What each expert adds",
    help: "Read from the top: each bar starts where the one above ended and adds that expert’s own score times its weight. The last bar is the score.",
    absence: "this variant has no experts, so its score is not a sum of parts.",
  },
  experts: {
    title: "What each expert predicts",
    help: "Each circle is one expert’s own score; its area, and the figure in its row, is the weight it has here. The dashed line is the score. Experts that disagree with it and still weigh little were overruled by the routing.",
    absence: "this variant has no experts.",
  },
  routing: {
    title: "Gate and routing",
    help: "The gate’s own wish for each expert, and the routing that was used after the gate met the cluster posteriors. Where the two differ, the clusters changed the outcome.",
    absence: "this variant has no experts, so nothing is routed.",
  },
  posteriors: {
    title: "Cluster posteriors",
    help: "How probable each cluster of the mixture is for this picture; the bars add up to 100%. One long bar means a clear case, many of equal length an undecided one. Diamonds, where shown, are attention weights.",
    absence: "this variant has no mixture.",
  },
  distortion: {
    title: "Distortion probabilities",
    help: "Which kind of distortion the model sees. Groups come first; the types inside a group follow, narrower and paler, where the group holds at least a tenth of the probability. The table has all of them.",
    absence: "this variant does not predict distortions.",
  },
  severities: {
    title: "Predicted severities",
    help: "How strong each kind of damage is, as the model sees it. Raising any of them can only lower the score.",
    absence: "only the self-supervised variant predicts severities.",
  },
});

/** @param {string} title */
export const chartLabel = (title) => `Chart: ${title}. Its table holds the same figures.`;

export const controls = Object.freeze({
  table: "Table",
  png: "PNG",
  retry: "Try again",
  copied: "Link copied.",
  copyFailed: "The browser did not allow copying; the address bar holds the same link.",
  noPicture: "The picture is no longer kept.",
  themes: { auto: "Theme: automatic", light: "Theme: light", dark: "Theme: dark" },
});

/** @param {string} title */
export const pngLabel = (title) => `Save “${title}” as PNG`;

/** @param {string} title */
export const tableCaption = (title) => `${title}: figures`;

export const facts = Object.freeze({
  size: "Size",
  format: "Format",
  scoredAt: "Scored",
  notes: "Notes",
  noNotes: "none: scored as it is",
  checkpoint: "Checkpoint",
  weights: "Weights (SHA-256)",
  likelihood: "Log-likelihood",
  timing: "Time",
});

/**
 * @param {string} width
 * @param {string} height
 */
export const pictureSize = (width, height) => `${width} × ${height} px`;

/** @param {string} value */
export const likelihood = (value) => `${value} nats (low: unlike the training photographs)`;

/**
 * @param {string} total
 * @param {string[]} stages
 */
export const timing = (total, stages) => (stages.length ? `${total} (${stages.join(", ")})` : total);

/**
 * @param {string} low
 * @param {string} high
 * @param {string} std
 */
export const interval = (low, high, std) => `90% interval ${low} to ${high} · standard deviation ${std}`;

/**
 * @param {[number, number]} range
 * @param {boolean} higherIsBetter
 */
export const scale = ([low, high], higherIsBetter) =>
  `on ${low}–${high}, ${higherIsBetter ? "higher" : "lower"} is better`;

/** @param {string} filename */
export const pictureAlt = (filename) => `The scored picture, ${filename}`;

/** @param {string} filename */
export const pageTitle = (filename) => `${filename} · CENIQA Studio`;

/**
 * @param {import("./contract.js").Checkpoint} checkpoint
 * @param {string} parameters
 */
export function checkpointFacts(checkpoint, parameters) {
  return [
    `${checkpoint.variant}, ${checkpoint.formulation} formulation`,
    `${parameters} parameters`,
    checkpoint.num_clusters === null ? "no clusters" : `${checkpoint.num_clusters} clusters`,
    checkpoint.num_experts === null ? "no experts" : `${checkpoint.num_experts} experts`,
    checkpoint.training_data.length ? `trained on ${checkpoint.training_data.join(", ")}` : "training data not stated",
  ].join(" · ");
}

/** @param {number} count */
export const refusedSummary = (count) => (count === 1 ? "1 checkpoint refused" : `${count} checkpoints refused`);

/** @param {import("./contract.js").Refusal} refusal */
export const refusalLine = ({ id, file, field, reason }) => `${id}: ${file}, ${field}: ${reason}`;

export const status = Object.freeze({
  cancelled: "Cancelled.",
  loading: "Loading the analysis …",
  emptyTitle: "CENIQA Studio",
  /** @param {string} filename */
  scoring: (filename) => `Scoring ${filename} …`,
  /** @param {string} checkpoint */
  switching: (checkpoint) => `Scoring under ${checkpoint} …`,
  /** @param {string} filename @param {string} score @param {string} word @param {string} low @param {string} high */
  scored: (filename, score, word, low, high) => `${filename}: ${score}, ${word}. 90% interval ${low} to ${high}.`,
  /** @param {number} count */
  onlyFirst: (count) => `Only the first of ${count} files was scored; this page takes one picture at a time.`,
});

/** @typedef {import("./contract.js").Problem} Problem */

/** Problems that the page itself finds, in the shape of the service's. */
export const problems = Object.freeze({
  /** @param {string} size @param {string} limit @returns {Problem} */
  tooLarge: (size, limit) => ({
    title: "The file is too large",
    detail: `Got ${size}, expected at most ${limit}. Nothing was sent.`,
    code: "client_file_too_large",
    request_id: null,
  }),
  empty: {
    title: "The file is empty",
    detail: "Got 0 bytes, expected a picture. Nothing was sent.",
    code: "client_file_empty",
    request_id: null,
  },
  noPictureGiven: {
    title: "There was no picture in it",
    detail: "Got something that is not a file, expected a picture.",
    code: "client_no_file",
    request_id: null,
  },
  unreachable: {
    title: "The service did not answer",
    detail: "The connection failed before an answer came.",
    code: "client_unreachable",
    request_id: null,
  },
  /** @param {number} statusCode @returns {Problem} */
  unreadable: (statusCode) => ({
    title: "The answer could not be read",
    detail: `Got status ${statusCode} without a description, expected JSON.`,
    code: "client_unreadable_answer",
    request_id: null,
  }),
  /** @param {string} detail @returns {Problem} */
  broken: (detail) => ({
    title: "The page met an error of its own",
    detail,
    code: "client_error",
    request_id: null,
  }),
});

/**
 * What to do about a problem, by status; `none` where no answer came.
 * @type {Readonly<Record<string, string>>}
 */
export const advice = Object.freeze({
  400: "Choose the file again. If it stays, report the request id.",
  401: "Sign in with the token that this service asks for, then try again.",
  403: "Open the page by the address it was set up for, then try again.",
  404: "It may have been deleted or have passed its time of keeping. Score the picture again.",
  413: "Make the picture smaller (bytes or pixels), then try again.",
  415: "Save the picture as JPEG, PNG, WebP, BMP, TIFF, GIF, AVIF or HEIC.",
  422: "Open the picture in an editor and save it again, or choose another.",
  429: "Wait a moment, then try again.",
  500: "Try again. If it stays, report the request id.",
  503: "The service is busy or still starting. Try again in a moment.",
  504: "The service took too long. Try again, or choose a smaller picture.",
  none: "Check that the service runs and that the connection is up, then try again.",
  other: "Try again. If it stays, report the request id.",
});

/**
 * What to do where the code says more than the status.
 * @type {Readonly<Record<string, string>>}
 */
export const adviceByCode = Object.freeze({
  "unknown-checkpoint": "Choose another checkpoint from the list.",
  "unknown-map": "Choose another checkpoint or map, or open the page without its address’s ending.",
  "map-refused": "Choose another checkpoint, or have this one’s map built again.",
  "picture-not-kept": "Score the picture again, then place it.",
});

/** Fields of a map: what they are called, and their unit on an axis. */
export const fields = Object.freeze({
  group: { name: "Distortion group", axis: "" },
  type: { name: "Distortion type", axis: "" },
  class: { name: "Distortion that shows", axis: "" },
  level: { name: "Level", axis: "level (0 = clean, 5 = strongest)" },
  cluster: { name: "Cluster", axis: "" },
  expert: { name: "Expert with most weight", axis: "" },
  reference: { name: "Content", axis: "" },
  label: { name: "Human score (MOS)", axis: "MOS (points on 0–100)" },
  score: { name: "Predicted score", axis: "predicted MOS (points on 0–100)" },
  score_error: { name: "Error of the score", axis: "score − MOS (points)" },
  score_std: { name: "Standard deviation", axis: "standard deviation (points)" },
  posterior_entropy: { name: "Entropy of the posterior", axis: "entropy (nats, 0 = one cluster)" },
  cluster_posterior: { name: "Posterior of the top cluster", axis: "probability" },
  routing_entropy: { name: "Entropy of the routing", axis: "entropy (nats, 0 = one expert)" },
  log_likelihood: { name: "Log-likelihood", axis: "log p (nats, low = unusual)" },
});

/** What `label` is called where nobody rated the pictures themselves. */
export const pseudoLabel = Object.freeze({ name: "Pseudo-MOS", axis: "pseudo-MOS from type and level (0–100)" });

/** The same for errors against labels of another scale, which are brought to the scores' mean and deviation first. */
export const matchedError = Object.freeze({
  name: "Error of the score",
  axis: "score − label, scales matched (points)",
});

export const fieldValues = Object.freeze({
  missing: "no value",
  /** @param {string} level */
  level: (level) => (level === "0" ? "clean" : `level ${level}`),
  /** @param {number} low @param {number} high */
  range: (low, high) => `${low} to ${high}`.replaceAll("-", "−"),
});

export const map = Object.freeze({
  loading: "Loading the map …",
  /** @param {string} received @param {string} total */
  progress: (received, total) => `${received} of ${total}`,
  /** @param {string} shown @param {string} total */
  shown: (shown, total) => `${shown} of ${total} pictures in the selection.`,
  /** @param {string} total */
  shownAll: (total) => `All ${total} pictures are in the selection.`,
  /** @param {string} drawn @param {string} total */
  sampled: (drawn, total) => `Drawn: a random ${drawn} of ${total}. Counts, lasso and export have all of them.`,
  /** @param {string} name @param {string} score */
  described: (name, score) => `${name}: score ${score}`,
  /** @param {string} reference @param {string} distortion */
  picture: (reference, distortion) => `${reference}, ${distortion}`,
  /** @param {string} row */
  pictureNumber: (row) => `picture ${row}`,
  /** @param {string} type @param {string} level */
  damage: (type, level) => `${type}, level ${level}`,
  /** @param {string} value @param {string} std */
  scoreWithStd: (value, std) => `${value} ± ${std}`,
  /** @param {string} name @param {string} share */
  share: (name, share) => `${name}, ${share}`,
  picturesColumn: "picture",
  /** @param {string} count @param {string} total */
  ofTotal: (count, total) => (count === total ? total : `${count} of ${total}`),
  /** @param {string} field */
  histogramLabel: (field) => `Histogram: ${field}. Drag over it, or fill in its two ends, to keep a range.`,
  /** @param {string} field */
  brushLow: (field) => `${field}: lowest`,
  /** @param {string} field */
  brushHigh: (field) => `${field}: highest`,
  brushClear: "×",
  /** @param {string} field */
  brushClearLabel: (field) => `${field}: whole range`,
  /** @param {string} first @param {string} last @param {string} total */
  pageLine: (first, last, total) => `${first}–${last} of ${total}`,
  /** @param {string} name */
  pick: (name) => `Pick ${name}`,
  nothingSelected: "No picture passes lasso, legend and ranges together. Clear the selection, or widen one of them.",
  topCluster: "Top cluster",
  experts: "Experts",
  clusters: "Clusters",
  label: "MOS",
  pseudoLabel: "Pseudo-MOS",
  error: "Error",
  matchedError: "Error (scales matched)",
  /** @type {Readonly<Record<string, string>>} */
  spaces: { features: "Nearest in features", posteriors: "Nearest in posteriors", placing: "Placed between" },
  /** @type {Readonly<Record<string, string>>} */
  distances: { features: "distance", posteriors: "Hellinger distance, 0–1", placing: "distance" },
  /** @param {string} count */
  tied: (count) => `${count} more are exactly as near as the last one.`,
  fullSize: "Picture at full size",
  id: "Id",
  /** @param {string} distance @param {string} limit */
  placed: (distance, limit) => `Mean distance to its nearest pictures: ${distance} (usual: up to ${limit}).`,
  /** @param {string} distance @param {string} limit */
  placedFar: (distance, limit) =>
    `Unlike every picture of this map: its mean distance to the nearest is ${distance}, usual is up to ${limit}. Its place says little.`,
  placing: "Looking for its place …",
  /** @param {string} score @param {string} checkpoint */
  scoredBy: (score, checkpoint) => `${score} (${checkpoint})`,
  uploadAlt: "The placed picture",
  cleared: "Selection cleared.",
  /** @param {string} method @param {string} library @param {string} source @param {string} dim */
  projection: (method, library, source, dim) => `${method} (${library}) of the ${dim}-dimensional ${source}.`,
  /** @param {import("./contract.js").RefusedMap} refused */
  refused: ({ address, file, field, reason }) => `Map ${address}: ${file}, ${field}: ${reason}`,
  /** @param {string[]} references @param {string} credit */
  credit: (references, credit) => `${references.join(", ")}: ${credit}`,
  /** @param {string} name @param {string} count */
  mapChoice: (name, count) => `${name} (${count} pictures)`,
  /** @param {string} checkpoint */
  title: (checkpoint) => `Map of ${checkpoint} · CENIQA Studio`,
  /** @param {string} checkpoint @param {string} field */
  pngTitle: (checkpoint, field) => `${checkpoint}: ${field.toLowerCase()}`,
});

export const problemLabels = Object.freeze({ code: "Code", requestId: "Request id", status: "Status" });

/** @param {string} seconds */
export const retryAfter = (seconds) => `Free again in about ${seconds}.`;
