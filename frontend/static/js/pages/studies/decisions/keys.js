/** Keys on the rows of a study's pictures: decide, and go up and down. */

/**
 * @typedef {object} KeyActs
 * @property {(position: number, choice: "keep" | "reject" | null) => void} onChoice
 * @property {(position: number) => void} onEdit tags and score
 */

const TYPED_IN = "input:not([type=checkbox]), select, textarea";

/** @param {HTMLElement} rows @param {KeyActs} acts */
export function listenForKeys(rows, { onChoice, onEdit }) {
  rows.addEventListener("keydown", (event) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || target.matches(TYPED_IN) || event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {HTMLElement | null} */
    const row = target.closest("tr[data-state=scored]");
    if (!row) return;
    const position = Number(row.dataset.position);
    /** @type {Readonly<Record<string, () => void>>} */
    const acts = {
      k: () => onChoice(position, "keep"),
      x: () => onChoice(position, "reject"),
      u: () => onChoice(position, null),
      t: () => onEdit(position),
      ArrowDown: () => focusRow(row, "nextElementSibling"),
      ArrowUp: () => focusRow(row, "previousElementSibling"),
    };
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** @param {Element} row @param {"nextElementSibling" | "previousElementSibling"} where */
function focusRow(row, where) {
  for (let next = row[where]; next; next = next[where]) {
    /** @type {HTMLElement | null} */
    const look = next.querySelector(".look");
    if (!look) continue;
    look.focus();
    return;
  }
}
