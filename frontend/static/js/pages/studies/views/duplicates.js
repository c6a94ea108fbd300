/** Groups of pictures that are nearly the same, the one to keep first. */

import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { checkpointText } from "../../../kit/language/words.js";
import { groupsOf } from "../groups.js";
import * as words from "../words.js";

/** Of very many, so many are shown; the files have all. */
const MOST_GROUPS = 12;
const MOST_OF_A_GROUP = 8;

/**
 * @param {import("contract").StudyFigures} figures
 * @param {import("contract").StudyScores} scores
 * @param {string} pictures address of the study's pictures
 * @param {(positions: number[]) => void} onLook a group is to be looked at side by side
 */
export function showDuplicates({ duplicates, checkpoints }, scores, pictures, onLook) {
  const groups = groupsOf(duplicates, scores);
  named("duplicates").hidden = groups.length === 0;
  if (groups.length === 0) return;
  const title = checkpoints.find(({ id }) => id === duplicates.checkpoint)?.title ?? duplicates.checkpoint;
  const rest = groups.length - MOST_GROUPS;
  named("duplicates-line").textContent = [
    words.duplicateGroups(groups.length, format.count(groups.length), checkpointText(title)),
    ...(rest > 0 ? [words.furtherGroups(rest, format.count(rest))] : []),
  ].join(" ");
  named("duplicate-groups").replaceChildren(...groups.slice(0, MOST_GROUPS).map((group) => groupElement(group, pictures, onLook)));
}

/** @param {readonly import("../groups.js").Member[]} group @param {string} pictures @param {(positions: number[]) => void} onLook */
function groupElement(group, pictures, onLook) {
  const rest = group.length - MOST_OF_A_GROUP;
  const further = rest > 0 ? [element("li", { className: "muted" }, words.furtherPictures(rest, format.count(rest)))] : [];
  const members = group.slice(0, MOST_OF_A_GROUP).map((member, place) => memberElement(member, place === 0, pictures));
  const look = element("button", { type: "button", className: "small" }, words.sideBySide);
  look.setAttribute("aria-label", words.groupSideBySide(group[0].filename));
  look.addEventListener("click", () => onLook(group.map(({ position }) => position)));
  return element("li", {}, element("ol", { className: "group" }, ...members, ...further), look);
}

/** @param {import("../groups.js").Member} member @param {boolean} isBest @param {string} pictures */
function memberElement({ position, filename, score }, isBest, pictures) {
  const mark = isBest ? [" ", element("strong", {}, words.keep)] : [];
  return element(
    "li",
    { dataset: { best: String(isBest) } },
    element("img", { src: `${pictures}/${position}/thumbnail`, alt: "", loading: "lazy", decoding: "async" }),
    element("p", { className: "small" }, element("bdi", {}, shownName(filename))),
    element("p", { className: "small muted" }, format.score(score), ...mark),
  );
}
