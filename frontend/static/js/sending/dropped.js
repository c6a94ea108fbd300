/** Files of a drop, those inside dropped folders among them. */

/** @typedef {import("./selection.js").Candidate} Candidate */

/**
 * Everything that was dropped. Call it before anything is awaited: a drop's items are gone afterwards.
 * @param {DataTransfer | null} transfer
 * @returns {Promise<Candidate[]>}
 */
export async function droppedFiles(transfer) {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === "file");
  const roots = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const found = [];
  for (const root of roots) {
    if (root === null) continue;
    if ("isFile" in root) found.push(...(await filesUnder(root, false)));
    else found.push({ file: root, path: root.name, isFromFolder: false });
  }
  return found;
}

/**
 * Files of a chooser; those of a folder say where they lay in it.
 * @param {Iterable<File>} files
 * @returns {Candidate[]}
 */
export function chosenFiles(files) {
  return [...files].map((file) => {
    const path = file.webkitRelativePath || file.name;
    return { file, path, isFromFolder: path.includes("/") };
  });
}

/**
 * @param {FileSystemEntry} entry
 * @param {boolean} isFromFolder
 * @returns {Promise<Candidate[]>}
 */
async function filesUnder(entry, isFromFolder) {
  if (entry.isFile) {
    const file = await fileOf(/** @type {FileSystemFileEntry} */ (entry));
    return file ? [{ file, path: entry.fullPath.replace(/^\//, ""), isFromFolder }] : [];
  }
  const found = [];
  for (const child of await childrenOf(/** @type {FileSystemDirectoryEntry} */ (entry))) {
    found.push(...(await filesUnder(child, true)));
  }
  return found;
}

/** Null for one that cannot be read: it is gone meanwhile, or not for us. @param {FileSystemFileEntry} entry */
function fileOf(entry) {
  return /** @type {Promise<File | null>} */ (
    new Promise((resolve) => entry.file(resolve, () => resolve(null)))
  );
}

/** @param {FileSystemDirectoryEntry} folder */
async function childrenOf(folder) {
  const reader = folder.createReader();
  const children = [];
  // A reader hands out a hundred at a time, and none when it is through.
  for (;;) {
    const part = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (part.length === 0) return children.sort((a, b) => (a.name < b.name ? -1 : 1));
    children.push(...part);
  }
}
