/** Says, on a page that shows a study's pictures, whose they are, and leads back to it. */

import { element, named } from "../kit/dom/element.js";
import { shownName } from "../kit/language/names.js";
import { studyLine as words } from "./words.js";

/**
 * @param {import("contract").StudyResponse | null} study null: there is nothing to say
 * @param {"map" | "experts"} beside the page that shows the same pictures otherwise
 */
export function showStudyLine(study, beside) {
  const line = named("study-line");
  line.hidden = study === null;
  if (study === null) return;
  const { id, name, links } = study;
  line.replaceChildren(
    words.whose,
    " ",
    element("a", { href: links.page }, element("bdi", {}, shownName(name))),
    " · ",
    element("a", { href: `/${beside}?${new URLSearchParams({ study: id })}` }, words[beside]),
  );
}
