/** Files of a study that are made when somebody asks for them: a subset, and stars. */

import { named } from "../../../kit/dom/element.js";

/** @param {import("contract").StudyResponse} study */
export function showFurtherFiles({ links, outcome }) {
  const readable = outcome?.readable ?? 0;
  const [stars, form, count] = [named("xmp", "a"), named("subset", "form"), named("subset-count", "input")];
  stars.href = links.xmp;
  stars.hidden = readable === 0;
  form.action = links.subset;
  form.hidden = readable === 0;
  count.max = String(readable);
  if (!form.hidden && Number(count.value) > readable) count.value = String(readable);
}
