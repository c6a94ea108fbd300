/** What is about to be sent: many pictures or one archive; each change makes a new selection. No DOM. */

/**
 * @typedef {object} Candidate
 * @property {File} file
 * @property {string} path the file's name, with its folders where it came in one
 * @property {boolean} isFromFolder nobody chose this very file: what is no picture by its name stays out
 *
 * @typedef {object} Limits
 * @property {number} batchBytes
 * @property {number} batchFiles
 * @property {number} fileBytes
 * @property {readonly string[]} extensions of pictures, lower case with the dot
 *
 * @typedef {"format" | "size"} Reason why a file is left out
 * @typedef {"mixed" | "archives" | "files" | "bytes"} Obstacle why a selection cannot be sent as it is
 */

const ARCHIVE = /\.zip$/i;
/** What file managers leave behind in folders; the service skips it in archives, too. */
const LITTER = /^(?:\..*|Thumbs\.db|desktop\.ini)$/i;

/** @param {{name: string, type?: string}} file */
export function isArchive({ name, type }) {
  return ARCHIVE.test(name) || type === "application/zip" || type === "application/x-zip-compressed";
}

export class Selection {
  #limits;

  /**
   * @param {Limits} limits
   * @param {readonly Candidate[]} [chosen]
   * @param {readonly {path: string, reason: Reason}[]} [leftOut]
   */
  constructor(limits, chosen = [], leftOut = []) {
    this.#limits = limits;
    this.chosen = chosen;
    this.leftOut = leftOut;
  }

  get count() {
    return this.chosen.length;
  }

  get bytes() {
    return this.chosen.reduce((sum, { file }) => sum + file.size, 0);
  }

  /** Whether it is one archive and nothing else. */
  get isArchive() {
    return this.count === 1 && isArchive(this.chosen[0].file);
  }

  /** @returns {Obstacle | null} */
  get obstacle() {
    const archives = this.chosen.filter(({ file }) => isArchive(file)).length;
    if (archives > 0 && archives < this.count) return "mixed";
    if (archives > 1) return "archives";
    if (this.count > this.#limits.batchFiles) return "files";
    return this.bytes > this.#limits.batchBytes ? "bytes" : null;
  }

  /** With further files; those that are there already are taken once. @param {readonly Candidate[]} candidates */
  with(candidates) {
    const known = new Set(this.chosen.map(identity));
    const [chosen, leftOut] = [[...this.chosen], [...this.leftOut]];
    for (const candidate of candidates) {
      if (isLitter(candidate) || known.has(identity(candidate))) continue;
      known.add(identity(candidate));
      const reason = this.#reasonAgainst(candidate);
      if (reason) leftOut.push({ path: candidate.path, reason });
      else chosen.push(candidate);
    }
    return new Selection(this.#limits, chosen, leftOut);
  }

  /** @param {Candidate} candidate @returns {Reason | null} */
  #reasonAgainst({ file, isFromFolder }) {
    if (isArchive(file)) return null;
    const name = file.name.toLowerCase();
    if (isFromFolder && !this.#limits.extensions.some((extension) => name.endsWith(extension))) return "format";
    return file.size > this.#limits.fileBytes ? "size" : null;
  }
}

/** @param {Candidate} candidate */
function identity({ path, file }) {
  return `${path}\n${file.size}\n${file.lastModified}`;
}

/** @param {Candidate} candidate */
function isLitter({ path, isFromFolder }) {
  const parts = path.split("/");
  return isFromFolder && (LITTER.test(parts[parts.length - 1]) || parts.includes("__MACOSX"));
}
