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
