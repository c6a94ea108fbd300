/** The picture of the dot that was clicked: its small copy, its label, and what every variant says of it. */

import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { checkpointText } from "../../../kit/language/words.js";
import * as words from "../words.js";

/**
 * @param {import("contract").StudyScores} all
 * @param {number | null} position null: nothing was clicked yet
 * @param {{pictures: string, titles: ReadonlyMap<string, string>}} study address of its pictures, titles of its checkpoints
 */
export function showPicked({ positions, filenames, labels, checkpoints }, position, { pictures, titles }) {
  const row = position === null ? -1 : positions.indexOf(position);
  if (row < 0) {
    named("picked").replaceChildren(element("p", { className: "muted" }, words.pickHint));
    return;
  }
  const label = labels[row];
  const scores = checkpoints.map(({ checkpoint, scores: all }) => {
    const name = element("dt", {}, checkpointText(titles.get(checkpoint) ?? checkpoint));
    const error = label === null ? [] : [" ", element("span", { className: "muted" }, format.signed(all[row] - label))];
    return element("div", {}, name, element("dd", {}, format.score(all[row]), ...error));
  });
  named("picked").replaceChildren(
    element("img", { src: `${pictures}/${position}/thumbnail`, alt: shownName(filenames[row]) }),
    element("p", { className: "picked-name" }, element("bdi", {}, shownName(filenames[row]))),
    ...(label === null ? [] : [element("p", {}, words.labelFact(format.score(label)))]),
    element("dl", { className: "picked-scores" }, ...scores),
  );
}
