/** An analysis as files to keep: the JSON as it came, or one long CSV of its figures; both alike in every language. */

import { csvText } from "./csv.js";

const HEADER = ["checkpoint", "part", "item", "quantity", "value"];

/** @typedef {[part: string, item: string, quantity: string, value: string | number | null]} Line */

/** @param {import("contract").AnalysisResponse} analysis */
export function toJson(analysis) {
  return `${JSON.stringify(analysis, null, 2)}\n`;
}

/**
 * One line per figure, by the names that the service gives; parts that the variant lacks have none.
 * @param {import("contract").AnalysisResponse} analysis
 * @param {import("./csv.js").CsvOptions} [options]
 */
export function toCsv(analysis, options) {
  const parts = [originLines, scoreLines, expertLines, routingLines, clusterLines, distortionLines, severityLines];
  const lines = parts.flatMap((part) => part(analysis));
  return csvText([HEADER, ...lines.map((line) => [analysis.checkpoint, ...line])], options);
}

/** @param {import("contract").AnalysisResponse} analysis @returns {Line[]} */
function originLines({ filename, weights_sha256: weights, log_likelihood: likelihood, familiarity }) {
  return [
    ["origin", "", "filename", filename],
    ["origin", "", "weights_sha256", weights],
    ["origin", "", "log_likelihood", likelihood],
    ["origin", "", "familiarity", familiarity],
  ];
}

/** @param {import("contract").AnalysisResponse} analysis @returns {Line[]} */
function scoreLines({ score: { value, std, low, high } }) {
  return Object.entries({ score: value, std, low, high }).map(([quantity, number]) => ["score", "", quantity, number]);
}

/** @param {import("contract").AnalysisResponse} analysis @returns {Line[]} */
function expertLines({ experts }) {
  return experts.flatMap(({ name, score, weight, contribution }) =>
    Object.entries({ score, weight, contribution }).map(
      ([quantity, value]) => /** @type {Line} */ (["experts", name, quantity, value]),
    ),
  );
}

/** @param {import("contract").AnalysisResponse} analysis @returns {Line[]} */
function routingLines({ experts, gating_weights: gate, routing_weights: routing }) {
  const names = experts.filter(({ kind }) => kind === "expert").map(({ name }) => name);
  return [
    ...vectorLines("routing", names, "gating_weight", gate),
    ...vectorLines("routing", names, "routing_weight", routing),
  ];
}

/** @param {import("contract").AnalysisResponse} analysis @returns {Line[]} */
function clusterLines({ cluster_names: names, posteriors, attention_weights: attention }) {
  return [
    ...vectorLines("clusters", names, "posterior", posteriors),
    ...vectorLines("clusters", names, "attention_weight", attention),
  ];
}

/** @param {import("contract").AnalysisResponse} analysis @returns {Line[]} */
function distortionLines({ distortion }) {
  const { groups, types } = distortion ?? { groups: {}, types: {} };
  return [
    ...vectorLines("distortion groups", Object.keys(groups), "probability", Object.values(groups)),
    ...vectorLines("distortion types", Object.keys(types), "probability", Object.values(types)),
  ];
}

/** @param {import("contract").AnalysisResponse} analysis @returns {Line[]} */
function severityLines({ severity_names: names, severities }) {
  return vectorLines("severities", names, "severity", severities);
}

/**
 * @param {string} part
 * @param {string[] | null} names null: by number, from 1
 * @param {string} quantity
 * @param {number[] | null} values
 * @returns {Line[]}
 */
function vectorLines(part, names, quantity, values) {
  return (values ?? []).map((value, index) => [part, names?.[index] ?? String(index + 1), quantity, value]);
}

/**
 * A file name for an export: letters, digits, dots and dashes of the picture's name, and the checkpoint.
 * @param {import("contract").AnalysisResponse} analysis
 * @param {string} extension without the dot
 */
export function exportName({ filename, checkpoint }, extension) {
  const stem = filename.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}.-]+/gu, "-");
  return `${stem || "picture"}-${checkpoint}.${extension}`;
}
