/** Which checkpoint the Variants page shows: its address says so. */

/** @param {string} search */
export function readCheckpoint(search) {
  return new URLSearchParams(search).get("checkpoint");
}

/** @param {string} checkpoint */
export function variantAddress(checkpoint) {
  return `/variants?${new URLSearchParams({ checkpoint })}`;
}

/**
 * Pages that show more of a checkpoint; it is compared with the baseline, where there is one and it is not it.
 * @param {string} checkpoint
 * @param {{hasExperts: boolean, baseline: string | null}} facts
 * @returns {{map: string, experts: string | null, compare: string | null}}
 */
export function elsewhere(checkpoint, { hasExperts, baseline }) {
  const query = new URLSearchParams({ checkpoint });
  const pair = baseline === null || baseline === checkpoint ? null : new URLSearchParams({ a: checkpoint, b: baseline });
  return {
    map: `/map?${query}`,
    experts: hasExperts ? `/experts?${query}` : null,
    compare: pair && `/compare?${pair}`,
  };
}
