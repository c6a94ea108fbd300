/** Training curves of two checkpoints: which loss terms there are to look at. */

/**
 * Terms that both have, then those of one of them.
 * @param {import("contract").CurveResponse[]} curves
 */
export function termsOf(curves) {
  const all = [...new Set(curves.flatMap(({ terms }) => Object.keys(terms)))];
  const has = (/** @type {string} */ term) => curves.filter(({ terms }) => Object.hasOwn(terms, term)).length;
  return all.map((term) => ({ term, isShared: has(term) === curves.length }));
}

/**
 * The term to show: the wanted one where any curve has it, else the first that both have, else any.
 * @param {{term: string, isShared: boolean}[]} terms
 * @param {string | null} wanted
 */
export function chosenTerm(terms, wanted) {
  const found = terms.find(({ term }) => term === wanted) ?? terms.find(({ isShared }) => isShared) ?? terms[0];
  return found?.term ?? null;
}
