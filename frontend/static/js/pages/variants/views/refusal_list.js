/** Refused checkpoint folders: what is wrong with each, and what to do about it. */

import { element, named } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { adviceKey } from "../advice.js";
import { variantAddress } from "../state.js";
import { advice, refused as words } from "../words.js";

/** @param {import("contract").RefusalResponse[]} refused */
export function showRefusals(refused) {
  named("refused").hidden = refused.length === 0;
  named("refused-title").textContent = words.title(refused.length, format.count(refused.length));
  named("refused-list").replaceChildren(...refused.map(refusalItem));
}

/** @param {import("contract").RefusalResponse} refusal */
function refusalItem(refusal) {
  const look = element("a", { href: variantAddress(refusal.id), dataset: { checkpoint: refusal.id } }, words.look);
  return element("li", {}, element("h3", {}, element("code", {}, refusal.id)), refusalFacts(refusal), look);
}

/** @param {import("contract").RefusalResponse} refusal */
export function refusalFacts(refusal) {
  const facts = /** @type {[string, string | Node][]} */ ([
    [words.file, element("code", {}, refusal.file)],
    [words.field, element("code", {}, refusal.field)],
    [words.reason, refusal.reason],
    [words.whatToDo, advice[adviceKey(refusal)]],
  ]);
  const entries = facts.map(([label, value]) =>
    element("div", {}, element("dt", {}, label), element("dd", {}, value)),
  );
  return element("dl", { className: "refusal" }, ...entries);
}
