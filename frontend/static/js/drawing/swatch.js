/** The symbols of a map's points, for its legend. */

const SVG = "http://www.w3.org/2000/svg";
const PATHS = Object.freeze(
  /** @type {Record<string, string>} */ ({
    circle: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z",
    "circle-open": "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z",
    diamond: "M8 1l7 7-7 7-7-7z",
    square: "M3 3h10v10H3z",
    "triangle-up": "M8 2l6.5 11.5h-13z",
    cross: "M5.8 2h4.4v3.8H14v4.4h-3.8V14H5.8v-3.8H2V5.8h3.8z",
  }),
);

/** @param {{color: string, symbol: string}} entry */
export function swatch({ color, symbol }) {
  const drawing = document.createElementNS(SVG, "svg");
  const isOpen = symbol.endsWith("-open");
  setAll(drawing, { viewBox: "0 0 16 16", width: "14", height: "14", "aria-hidden": "true" });
  const path = drawing.appendChild(document.createElementNS(SVG, "path"));
  setAll(path, {
    d: PATHS[symbol],
    fill: isOpen ? "none" : color,
    stroke: isOpen ? color : "none",
    "stroke-width": "2",
  });
  return drawing;
}

/** @param {Element} node @param {Record<string, string>} attributes */
function setAll(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}
