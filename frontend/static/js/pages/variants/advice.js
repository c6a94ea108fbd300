/** Which advice a refusal asks for, told by the file and the field at fault. */

const WHOLE_FILE = "(whole file)";
const WEIGHTS_FILE = "weights.safetensors";

/**
 * A key of `advice` in `words.js`.
 * @param {{file: string, field: string}} refusal
 */
export function adviceKey({ file, field }) {
  if (field === "golden_score") return "golden";
  if (field.startsWith("trunk.")) return "trunk";
  if (field === "graph_sha256") return "graph";
  if (field === WHOLE_FILE) return "unreadable";
  return file === WEIGHTS_FILE ? "weights" : "config";
}
