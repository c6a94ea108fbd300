/**
 * A new element with properties and children; strings become text nodes, never markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [properties] `dataset` and `attributes` are objects of texts
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
 * A choice of the template, by its id.
 * @param {string} id
 */
export function selectNamed(id) {
  return /** @type {HTMLSelectElement} */ (document.getElementById(id));
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
  const node = document.getElementById(id);
  // Setting the same text again would be told to screen readers, and would end a selection in it.
  if (node.textContent !== text) node.textContent = text;
}

/**
 * What an element of the template holds.
 * @param {string} id
 * @param {...(Node | string)} content
 */
export function setContent(id, ...content) {
  document.getElementById(id).replaceChildren(...content);
}
