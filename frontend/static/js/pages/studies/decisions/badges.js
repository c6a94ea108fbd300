/** Badges on small copies: what was decided, and what should make a reader look twice. */

import { element } from "../../../kit/dom/element.js";
import { isUnfamiliar } from "../../../kit/familiarity.js";
import * as words from "./words.js";

/**
 * @typedef {import("./book.js").Said} Said
 * @typedef {import("contract").PictureRow} Picture
 * @typedef {keyof typeof words.badges} Badge
 */

/**
 * Which badges a picture has. Variants disagree where the score of the other lies outside the interval of the first.
 * @param {Picture} picture
 * @param {Said} said
 * @returns {Badge[]}
 */
export function badgeNames({ state, low, high, other_score: other, familiarity, duplicate_group: group }, { choice }) {
  if (state === "refused") return ["unreadable"];
  const isApart = other !== null && low !== null && high !== null && (other < low || other > high);
  return [
    ...(choice === null ? [] : [choice]),
    ...(isUnfamiliar(familiarity) ? [/** @type {const} */ ("unfamiliar")] : []),
    ...(group === null ? [] : [/** @type {const} */ ("duplicate")]),
    ...(isApart ? [/** @type {const} */ ("disagreement")] : []),
  ];
}

/** @param {Picture} picture @param {Said} said */
export function badgesOf(picture, said) {
  return badgeNames(picture, said).map(badge);
}

/** @param {Said} said */
export function badgesOfChoice({ choice }) {
  return choice === null ? [] : [badge(choice)];
}

/** @param {Badge} name */
function badge(name) {
  return element("span", { className: "badge", dataset: { badge: name } }, words.badges[name]);
}
