/**
 * A new element with properties and children; strings become text nodes, never markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown> & {dataset?: Record<string, string>, attributes?: Record<string, string>}} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, { dataset = {}, attributes = {}, ...properties } = {}, ...children) {
  const node = document.createElement(tag);
  Object.assign(node, properties);
  Object.assign(node.dataset, dataset);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/**
 * An element of the template, by its id; without it there is no page.
 * @overload
 * @param {string} id
 * @returns {HTMLElement}
 */
/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @overload
 * @param {string} id
 * @param {Tag} tag that it must have
 * @returns {HTMLElementTagNameMap[Tag]}
 */
/**
 * @param {string} id
 * @param {string} [tag]
 * @returns {HTMLElement}
 */
export function named(id, tag) {
  const found = document.getElementById(id);
  const isWanted = found !== null && (tag === undefined || found.localName === tag);
  if (!isWanted) throw new TypeError(`got ${found?.localName ?? "nothing"}, expected ${tag ?? "an element"} named ${id}`);
  return found;
}

/**
 * The first element in another that a selector finds; without it there is no page.
 * @param {ParentNode} node
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function within(node, selector) {
  /** @type {HTMLElement | null} */
  const found = node.querySelector(selector);
  if (found === null) throw new TypeError(`got nothing, expected an element for ${selector}`);
  return found;
}

/**
 * What the template says in an attribute `data-…`; without it there is no page.
 * @param {HTMLElement} node
 * @param {string} name as scripts write it
 */
export function datum(node, name) {
  const value = node.dataset[name];
  if (value === undefined) throw new TypeError(`got no ${name}, expected it in the data of ${node.id || node.localName}`);
  return value;
}

/**
 * What can be chosen; without any the choice is closed.
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} choices value and text
 */
export function fillSelect(select, choices) {
  select.replaceChildren(...choices.map(([value, text]) => new Option(text, value)));
  select.disabled = choices.length === 0;
}

/**
 * The text of an element of the template.
 * @param {string} id
 * @param {string} text
 */
export function setText(id, text) {
  const node = named(id);
  // Setting the same text again would be told to screen readers, and would end a selection in it.
  if (node.textContent !== text) node.textContent = text;
}

/**
 * What an element of the template holds.
 * @param {string} id
 * @param {...(Node | string)} content
 */
export function setContent(id, ...content) {
  named(id).replaceChildren(...content);
}

/**
 * Hears of clicks on an element of the template.
 * @param {string} id
 * @param {() => void} act
 */
export function onClick(id, act) {
  named(id).addEventListener("click", act);
}
