/** How familiar a picture was to the model. */

const UNFAMILIAR_BELOW_PERCENT = 1;

/**
 * Whether fewer than one in a hundred training photographs are as unlike the others as this picture is.
 * @param {number | null} percentile
 */
export function isUnfamiliar(percentile) {
  return percentile !== null && percentile < UNFAMILIAR_BELOW_PERCENT;
}
