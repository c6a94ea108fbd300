/** What of the list is on the page and what of it is selected; each change makes a new listing. No DOM. */

/** @typedef {import("contract").AnalysisSummary} AnalysisSummary */

export class Listing {
  /**
   * @param {readonly AnalysisSummary[]} [items] newest first
   * @param {number} [total] how many the whole list has
   * @param {string | null} [cursor] of the next part; null at the end
   * @param {ReadonlySet<string>} [selected] ids among the items
   */
  constructor(items = [], total = 0, cursor = null, selected = new Set()) {
    this.items = items;
    this.total = total;
    this.cursor = cursor;
    this.selected = selected;
  }

  /** The selected entries, in the order of the list. */
  get selection() {
    return this.items.filter(({ id }) => this.selected.has(id));
  }

  /** Whether there is a part that the page does not have yet. */
  get hasMore() {
    return this.cursor !== null;
  }

  /** Adds the next part. @param {import("contract").AnalysisList} part */
  with({ items, total, next_cursor: cursor }) {
    const known = new Set(this.items.map(({ id }) => id));
    const added = items.filter(({ id }) => !known.has(id));
    return new Listing([...this.items, ...added], total, cursor, this.selected);
  }

  /** Without entries that were deleted. @param {ReadonlySet<string>} ids */
  without(ids) {
    const items = this.items.filter(({ id }) => !ids.has(id));
    const removed = this.items.length - items.length;
    const selected = new Set([...this.selected].filter((id) => !ids.has(id)));
    return new Listing(items, this.total - removed, this.cursor, selected);
  }

  /** @param {string} id @param {boolean} isSelected */
  marked(id, isSelected) {
    const selected = new Set(this.selected);
    if (isSelected) selected.add(id);
    else selected.delete(id);
    return new Listing(this.items, this.total, this.cursor, selected);
  }

  /** Every entry on the page selected, or none. @param {boolean} isSelected */
  allMarked(isSelected) {
    const selected = new Set(isSelected ? this.items.map(({ id }) => id) : []);
    return new Listing(this.items, this.total, this.cursor, selected);
  }

  /**
   * The entry that takes the place of one that goes away: the next that stays, else the one before; null for none.
   * @param {string} id
   * @param {ReadonlySet<string>} leaving
   */
  heirOf(id, leaving) {
    const index = this.items.findIndex((item) => item.id === id);
    const stays = (/** @type {AnalysisSummary} */ item) => !leaving.has(item.id);
    return this.items.slice(index + 1).find(stays) ?? this.items.slice(0, index).findLast(stays) ?? null;
  }
}
