/** What is said of two pictures below them: score, interval and label of each, and P(A better) under every variant. */

import { scrollRegion, tableElement } from "../../../drawing/table.js";
import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { checkpointText, qualityName } from "../../../kit/language/words.js";
import { badgesOf } from "../decisions/badges.js";
import * as words from "./words.js";

/**
 * @typedef {import("contract").PicturePair} Pair
 * @typedef {import("contract").PictureRow} Picture
 */

/** Less sure than this is hardly a difference. */
const HARDLY = 0.55;

/**
 * @param {Pair} pair
 * @param {ReadonlyMap<string, string>} titles of the checkpoints
 * @param {(position: number) => import("../decisions/book.js").Said} said what is decided about a picture
 */
export function showFacts(pair, titles, said) {
  for (const side of /** @type {const} */ (["a", "b"])) {
    const badges = element("p", { className: "pair-badges" }, ...badgesOf(pair[side], said(pair[side].position)));
    named(`pair-side-${side}`).replaceChildren(...factsOf(pair[side]), badges);
  }
  const own = pair.under.find(({ checkpoint }) => checkpoint === pair.checkpoint) ?? pair.under[0];
  named("pair-verdict").textContent = verdictOf(own.probability, titleOf(own.checkpoint, titles));
  named("pair-scene").textContent = pair.are_near_duplicates ? words.oneScene : "";
  named("pair-under").replaceChildren(scrollRegion(words.underCaption, tableElement(tableOf(pair, titles), words.underCaption)));
}

/** @param {string} id @param {ReadonlyMap<string, string>} titles */
function titleOf(id, titles) {
  return checkpointText(titles.get(id) ?? id);
}

/** @param {Picture} picture */
function factsOf({ filename, score, low, high, word, label, error }) {
  const said = [
    ...(low === null || high === null ? [] : [words.interval(format.score(low), format.score(high))]),
    ...(label === null || error === null ? [] : [words.label(format.score(label), format.signed(error))]),
  ];
  return [
    element("p", { className: "pair-name" }, element("bdi", {}, shownName(filename))),
    element(
      "p",
      { className: "pair-score" },
      element("strong", {}, score === null ? "–" : format.score(score)),
      " ",
      word ? qualityName(word) : "",
    ),
    ...said.map((text) => element("p", { className: "muted small" }, text)),
  ];
}

/** @param {number} probability @param {string} title */
function verdictOf(probability, title) {
  const [side, share] = probability >= 0.5 ? [words.sides.a, probability] : [words.sides.b, 1 - probability];
  return (share < HARDLY ? words.even : words.leans)(title, side, format.wholePercent(share));
}

/** @param {Pair} pair @param {ReadonlyMap<string, string>} titles @returns {import("../../../drawing/table.js").Table} */
function tableOf({ under }, titles) {
  return {
    columns: [
      { label: words.heads.variant, format: "text" },
      { label: words.heads.a, format: "score" },
      { label: words.heads.b, format: "score" },
      { label: words.heads.probability, format: "written" },
    ],
    rows: under.map(({ checkpoint, a, b, probability }) => [
      titleOf(checkpoint, titles),
      a,
      b,
      format.wholePercent(probability),
    ]),
  };
}
