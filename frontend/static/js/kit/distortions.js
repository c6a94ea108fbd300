/** What the service can apply to a picture, as lists and sentences name it. */

import { element } from "./dom/element.js";
import { displayName } from "./language/words.js";

/**
 * @typedef {Record<string, Record<string, string | null>>} Applicable
 * What the service can apply, by group: each type's label, null where the taxonomy has the type and the words its name.
 */

/**
 * The group of a distortion type; null for what is none.
 * @param {string} type
 * @param {Applicable} applicable
 */
export function groupOf(type, applicable) {
  return Object.keys(applicable).find((group) => Object.hasOwn(applicable[group], type)) ?? null;
}

/**
 * The label of a distortion that the lab alone has; null for a type of the taxonomy.
 * @param {string} type
 * @param {Applicable} applicable
 */
export function labelOf(type, applicable) {
  return applicable[groupOf(type, applicable) ?? ""]?.[type] ?? null;
}

/**
 * A type as people read it.
 * @param {string} type
 * @param {Applicable} applicable
 */
export function distortionName(type, applicable) {
  return labelOf(type, applicable) ?? displayName(type);
}

/**
 * Every type to choose from, group by group.
 * @param {HTMLSelectElement} select
 * @param {Applicable} applicable
 */
export function fillDistortions(select, applicable) {
  select.replaceChildren(...Object.entries(applicable).map(typeGroup));
}

/** @param {[string, Record<string, string | null>]} group its name, and its types with their labels */
function typeGroup([group, types]) {
  const choices = Object.entries(types).map(([type, label]) => new Option(label ?? displayName(type), type));
  return element("optgroup", { label: displayName(group) }, ...choices);
}
