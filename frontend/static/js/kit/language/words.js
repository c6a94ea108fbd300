/** Words that several pages put on the page, in the page's language; each page's own are in its `words.js`. */

import { t, tn } from "./translate.js";

const qualityNames = Object.freeze({
  bad: t("bad"),
  poor: t("poor"),
  fair: t("fair"),
  good: t("good"),
  excellent: t("excellent"),
});

/** ITU-R BT.500's five words as the service says them, from the worst. */
export const qualityWords = Object.freeze(Object.keys(qualityNames));

/**
 * One of the service's words for a quality, as people read it.
 * @param {string} word
 */
export function qualityName(word) {
  return lookUp(qualityNames, word) ?? word;
}

const names = Object.freeze({
  clean: t("clean"),
  blur: t("blur"),
  gaussian_blur: t("Gaussian blur"),
  lens_blur: t("lens blur"),
  motion_blur: t("motion blur"),
  color: t("color"),
  color_diffusion: t("color diffusion"),
  color_shift: t("color shift"),
  color_quantization: t("color quantization"),
  color_saturation_1: t("saturation (HSV)"),
  color_saturation_2: t("saturation (Lab)"),
  compression: t("compression"),
  jpeg2000: t("JPEG 2000"),
  jpeg: t("JPEG"),
  noise: t("noise"),
  white_noise: t("white noise"),
  white_noise_color_component: t("white noise (YCbCr)"),
  impulse_noise: t("impulse noise"),
  multiplicative_noise: t("multiplicative noise"),
  denoise: t("denoise"),
  brightness: t("brightness"),
  brighten: t("brighten"),
  darken: t("darken"),
  mean_shift: t("mean shift"),
  spatial: t("spatial"),
  jitter: t("jitter"),
  non_eccentricity_patch: t("displaced patches"),
  pixelate: t("pixelate"),
  quantization: t("quantization"),
  color_block: t("color block"),
  sharpness_contrast: t("sharpness, contrast"),
  high_sharpen: t("high sharpen"),
  contrast_change: t("contrast change"),
  cluster: t("cluster"),
  fusion: t("fusion"),
});

/** The photographs that every map of the shipped image set has, by what is on them. */
const contents = Object.freeze({
  astronaut: t("astronaut"),
  dogs: t("dogs"),
  coffee: t("coffee"),
  pagoda: t("pagoda"),
  mountains: t("mountains"),
  brook: t("brook"),
  brushes: t("brushes"),
  dandelions: t("dandelions"),
  drum: t("drum"),
  rocket: t("rocket"),
  cat: t("cat"),
  galaxies: t("galaxies"),
  dahlia: t("dahlia"),
  meadow: t("meadow"),
  fig: t("fig"),
  sunset: t("sunset"),
});

/**
 * A name of the taxonomy, a photograph, an expert or a cluster as people read it: `blur`, `blur 2`, `cluster 3`, `noise by p(blur)`,
 * `blur and photographs` or `good photographs`.
 * @param {string} name
 * @returns {string}
 */
export function displayName(name) {
  const [, expert, group] = /^(.+) by p\((.+)\)$/.exec(name) ?? [];
  if (expert) return t("{expert} by p({group})", { expert: displayName(expert), group: displayName(group) });
  const [, stem, number] = /^(.+) (\d+)$/.exec(name) ?? [];
  if (stem) return `${displayName(stem)} ${number}`;
  const [, held] = /^(.+) and photographs$/.exec(name) ?? [];
  if (held) return t("{group} and photographs", { group: displayName(held) });
  const [, word] = /^(.+) photographs$/.exec(name) ?? [];
  if (word) return t("{word} photographs", { word: qualityName(word) });
  return lookUp(names, name) ?? lookUp(contents, name) ?? name.replaceAll("_", " ");
}

/**
 * A checkpoint's title or description as people read it: its texts are messages, and one that is not ours stays as it is.
 * @param {string} text
 */
export function checkpointText(text) {
  return t(text);
}

/**
 * @param {Readonly<Record<string, string>>} table
 * @param {string} key
 */
function lookUp(table, key) {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** @param {string[]} items */
export const listed = (items) => items.join(t(", "));

/** What a head stands on, inside a sentence. @type {Readonly<Record<"frozen" | "fine_tuned", string>>} */
export const featuresNames = Object.freeze({ frozen: t("frozen features"), fine_tuned: t("fine-tuned features") });

export const axes = Object.freeze({
  score: t("predicted MOS (points on 0–100)"),
  probability: t("probability (%)"),
  weight: t("weight (%)"),
  severity: t("predicted severity (0 = none)"),
  cluster: t("cluster"),
  expert: t("expert"),
  distortion: t("distortion"),
});

export const columns = Object.freeze({
  quantity: t("quantity"),
  value: t("value"),
  cluster: t("cluster"),
  posterior: t("posterior"),
  expert: t("expert"),
  score: t("own score"),
  weight: t("weight"),
  group: t("group"),
  type: t("type"),
  probability: t("probability"),
  severity: t("severity"),
});

export const series = Object.freeze({
  interval: t("90% interval"),
  score: t("score"),
  std: t("standard deviation"),
  low: t("90% interval, low end"),
  high: t("90% interval, high end"),
  wholeGroup: t("whole group"),
});

/** @param {string} name @param {string} score @param {string} weight */
export const expertLine = (name, score, weight) => t("{name}: {score}, weight {weight}", { name, score, weight });

/** @param {string} score as text */
export const scoreLine = (score) => t("score {score}", { score });

/** @param {string} title */
export const chartLabel = (title) => t("Chart: {title}. Its table holds the same figures.", { title });

export const controls = Object.freeze({
  table: t("Table"),
  retry: t("Try again"),
  copied: t("Copied ✓"),
  copyByHand: t("The browser does not let pages copy: copy this link"),
  noPicture: t("The picture is no longer kept."),
  themes: { auto: t("Theme: automatic"), light: t("Theme: light"), dark: t("Theme: dark") },
});

/** @param {string} title */
export const tableCaption = (title) => t("{title}: figures", { title });

/**
 * @param {string} low
 * @param {string} high
 * @param {string} std
 */
export const interval = (low, high, std) =>
  t("90% interval {low} to {high} · standard deviation {std}", { low, high, std });

/**
 * @param {[number, number]} range
 * @param {boolean} higherIsBetter
 */
export const scale = ([low, high], higherIsBetter) =>
  higherIsBetter
    ? t("on {low}–{high}, higher is better", { low, high })
    : t("on {low}–{high}, lower is better", { low, high });

/** @type {Readonly<Record<string, string>>} */
const formulations = Object.freeze({ seed: t("seed formulation"), stable: t("stable formulation") });

/**
 * A variant with the formulation in which it is built.
 * @param {{variant: string, formulation: string}} model
 */
export function variantLine({ variant, formulation }) {
  return t("{variant}, {formulation}", { variant, formulation: formulations[formulation] ?? formulation });
}

/**
 * @param {import("contract").CheckpointResponse} checkpoint
 * @param {string} parameters
 */
export function checkpointFacts(checkpoint, parameters) {
  const { num_clusters: clusters, num_experts: experts, training_data: data } = checkpoint;
  return [
    variantLine(checkpoint),
    t("{parameters} parameters", { parameters }),
    clusters === null ? t("no clusters") : tn("{count} cluster", "{count} clusters", clusters),
    experts === null ? t("no experts") : tn("{count} expert", "{count} experts", experts),
    data.length ? t("trained on {data}", { data: listed(data) }) : t("training data not stated"),
  ].join(" · ");
}

/** @param {number} count */
export const refusedSummary = (count) => tn("{count} checkpoint refused", "{count} checkpoints refused", count);

/** @param {import("contract").RefusalResponse} refusal */
export const refusalLine = ({ id, file, field, reason }) => `${id}: ${file}, ${field}: ${reason}`;

/** @typedef {Pick<import("contract").ProblemDetails, "title" | "detail" | "code"> & {request_id: string | null}} Problem */

/** Problems that the page itself finds, in the shape of the service's. */
export const problems = Object.freeze({
  /** @param {string} size @param {string} limit @returns {Problem} */
  tooLarge: (size, limit) => ({
    title: t("The file is too large"),
    detail: t("Got {size}, expected at most {limit}. Nothing was sent.", { size, limit }),
    code: "client_file_too_large",
    request_id: null,
  }),
  empty: {
    title: t("The file is empty"),
    detail: t("Got 0 bytes, expected a picture. Nothing was sent."),
    code: "client_file_empty",
    request_id: null,
  },
  noPictureGiven: {
    title: t("There was no picture in it"),
    detail: t("Got something that is not a file, expected a picture."),
    code: "client_no_file",
    request_id: null,
  },
  unreachable: {
    title: t("The service did not answer"),
    detail: t("The connection failed before an answer came."),
    code: "client_unreachable",
    request_id: null,
  },
  /** @param {number} statusCode @returns {Problem} */
  unreadable: (statusCode) => ({
    title: t("The answer could not be read"),
    detail: t("Got status {statusCode} without a description, expected JSON.", { statusCode }),
    code: "client_unreadable_answer",
    request_id: null,
  }),
  /** @param {string} detail @returns {Problem} */
  broken: (detail) => ({
    title: t("The page met an error of its own"),
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
  400: t("Choose the file again. If it stays, report the request id."),
  401: t("Sign in with the token that this service asks for, then try again."),
  403: t("Open the page by the address it was set up for, then try again."),
  404: t("It may have been deleted or have passed its time of keeping. Score the picture again."),
  413: t("Make the picture smaller (bytes or pixels), then try again."),
  415: t("Save the picture as JPEG, PNG, WebP, BMP, TIFF, GIF, AVIF or HEIC."),
  422: t("Open the picture in an editor and save it again, or choose another."),
  429: t("Wait a moment, then try again."),
  500: t("Try again. If it stays, report the request id."),
  503: t("The service is busy or still starting. Try again in a moment."),
  504: t("The service took too long. Try again, or choose a smaller picture."),
  none: t("Check that the service runs and that the connection is up, then try again."),
  other: t("Try again. If it stays, report the request id."),
});

/**
 * What to do where the code says more than the status.
 * @type {Readonly<Record<string, string>>}
 */
export const adviceByCode = Object.freeze({
  "unknown-checkpoint": t("Choose another checkpoint from the list."),
  "unknown-map": t("Choose another checkpoint or map, or open the page without its address’s ending."),
  "map-refused": t("Choose another checkpoint, or have this one’s map built again."),
  "picture-not-kept": t("Score the picture again, then place it."),
  "batch-too-large": t("Send it in several batches, or leave out the largest files."),
  "unsupported-archive": t("Pack the pictures as one plain zip archive, without a password."),
  "broken-archive": t("Pack the archive again, or send its pictures as files."),
  "empty-batch": t("Choose at least one picture, or an archive that holds some."),
  "unknown-job": t("It may have been deleted or have passed its time of keeping. Send the pictures again."),
});

/**
 * Fields of a map: what they are called, and their unit on an axis.
 * @type {Readonly<Record<string, {name: string, axis: string}>>}
 */
export const fields = Object.freeze({
  group: { name: t("Distortion group"), axis: "" },
  type: { name: t("Distortion type"), axis: "" },
  class: { name: t("Distortion that shows"), axis: "" },
  level: { name: t("Level"), axis: t("level (0 = clean, 5 = strongest)") },
  cluster: { name: t("Cluster"), axis: "" },
  expert: { name: t("Expert with most weight"), axis: "" },
  reference: { name: t("Content"), axis: "" },
  label: { name: t("Human score (MOS)"), axis: t("MOS (points on 0–100)") },
  score: { name: t("Predicted score"), axis: t("predicted MOS (points on 0–100)") },
  score_error: { name: t("Error of the score"), axis: t("score − MOS (points)") },
  score_std: { name: t("Standard deviation"), axis: t("standard deviation (points)") },
  posterior_entropy: { name: t("Entropy of the posterior"), axis: t("entropy (nats, 0 = one cluster)") },
  cluster_posterior: { name: t("Posterior of the top cluster"), axis: t("probability") },
  routing_entropy: { name: t("Entropy of the routing"), axis: t("entropy (nats, 0 = one expert)") },
  log_likelihood: { name: t("Log-likelihood"), axis: t("log p (nats, low = unusual)") },
});

/** What `label` is called where nobody rated the pictures themselves. */
export const pseudoLabel = Object.freeze({ name: t("Pseudo-MOS"), axis: t("pseudo-MOS from type and level (0–100)") });

/** The same for errors against labels of another scale, which are brought to the scores' mean and deviation first. */
export const matchedError = Object.freeze({
  name: t("Error of the score"),
  axis: t("score − label, scales matched (points)"),
});

export const fieldValues = Object.freeze({
  missing: t("no value"),
  /** @param {string} level */
  level: (level) => (level === "0" ? t("clean") : t("level {level}", { level })),
  /** @param {number} low @param {number} high */
  range: (low, high) => t("{low} to {high}", { low, high }).replaceAll("-", "−"),
});

/** Titles of the service's problems, which are the statuses' own names. */
const problemTitles = Object.freeze({
  "Bad Request": t("Bad Request"),
  Unauthorized: t("Unauthorized"),
  Forbidden: t("Forbidden"),
  "Not Found": t("Not Found"),
  "Method Not Allowed": t("Method Not Allowed"),
  Conflict: t("Conflict"),
  "Request Entity Too Large": t("Request Entity Too Large"),
  "Content Too Large": t("Content Too Large"),
  "Unsupported Media Type": t("Unsupported Media Type"),
  "Unprocessable Entity": t("Unprocessable Entity"),
  "Unprocessable Content": t("Unprocessable Content"),
  "Too Many Requests": t("Too Many Requests"),
  "Client Closed Request": t("Client Closed Request"),
  "Internal Server Error": t("Internal Server Error"),
  "Service Unavailable": t("Service Unavailable"),
  "Gateway Timeout": t("Gateway Timeout"),
});

/**
 * A problem's title as people read it; the page's own are so already.
 * @param {string} title
 */
export function problemTitle(title) {
  return lookUp(problemTitles, title) ?? title;
}

export const problemLabels = Object.freeze({
  code: t("Code"),
  requestId: t("Request id"),
  status: t("Status"),
});

/** @param {string} seconds */
export const retryAfter = (seconds) => t("Free again in about {seconds}.", { seconds });
