/** File names, which strangers chose, as a page shows them: what they hold turns no text around, neither theirs nor ours. */

/** Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm. */
const DIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const [FIRST_STRONG_ISOLATE, POP_ISOLATE] = ["\u2068", "\u2069"];

/** A name in an element of its own: characters that only turn text around stand there by their numbers. @param {string} name */
export function shownName(name) {
  return name.replace(DIRECTIONAL, (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
}

/** The same amid other words, in texts that have no elements: one that runs from right to left is kept apart from them. @param {string} name */
export function nameInText(name) {
  const shown = shownName(name);
  return RIGHT_TO_LEFT.test(shown) ? FIRST_STRONG_ISOLATE + shown + POP_ISOLATE : shown;
}
