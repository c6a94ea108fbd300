/** How a chart looks in print: two column widths, light ground, type of 8 points, whatever the page's own theme is. */

/** What journals of two columns print: one column, or both. */
export const WIDTHS_CM = Object.freeze({ column: 8.5, page: 17.8 });

const TYPE_PT = 8;
const PT_PER_CM = 72 / 2.54;
const PNG_PER_CM = 600 / 2.54;
/** The type of all charts, which is `TYPE_PT` in print. */
const FONT_PX = 12;
const PX_PER_CM = (PT_PER_CM * FONT_PX) / TYPE_PT;
const ASPECT = 0.75;

/** @type {import("../theme.js").Theme} */
export const PAPER_THEME = Object.freeze({
  ink: "rgb(0, 0, 0)",
  muted: "rgb(64, 64, 64)",
  soft: "rgb(120, 120, 120)",
  line: "rgb(224, 224, 224)",
  surface: "rgb(255, 255, 255)",
  band: "rgb(245, 245, 245)",
  neutral: "rgb(96, 96, 96)",
  font: "arial, helvetica, sans-serif",
});

/**
 * @typedef {object} Sheet how large a figure is drawn and printed
 * @property {number} width px as drawn
 * @property {number} height px as drawn
 * @property {number} width_cm
 * @property {number} height_cm
 * @property {number} scale of a PNG with 600 dots per inch
 */

/**
 * The sheet of a figure: as wide as is said, as high as the figure asks for, or by its aspect.
 * @param {import("../plot.js").Figure} figure
 * @param {number} width_cm
 * @param {number} [aspect] height by width, of a figure that asks for no height
 * @returns {Sheet}
 */
export function sheetOf({ layout }, width_cm, aspect = ASPECT) {
  const width = Math.round(width_cm * PX_PER_CM);
  const { height = Math.round(width * aspect) } = /** @type {{height?: number}} */ (layout);
  return { width, height, width_cm, height_cm: (height * width_cm) / width, scale: (width_cm * PNG_PER_CM) / width };
}

/**
 * The drawing in its printed size, with title and description for those who do not see it.
 * @param {string} svg as Plotly writes it
 * @param {Sheet} sheet
 * @param {{title: string, caption: string}} texts
 */
export function printedSvg(svg, sheet, { title, caption }) {
  const head = [
    `width="${sheet.width_cm}cm"`,
    `height="${sheet.height_cm.toFixed(3)}cm"`,
    `viewBox="0 0 ${sheet.width} ${sheet.height}"`,
    'role="img"',
  ].join(" ");
  const texts = `<title>${escaped(title)}</title><desc>${escaped(caption)}</desc>`;
  return svg.replace(/^<svg\b([^>]*)>/, (_, attributes) => {
    const kept = attributes.replaceAll(/\s(?:width|height|viewBox|role)="[^"]*"/g, "");
    return `<svg ${head}${kept}>${texts}`;
  });
}

/** @param {string} text */
export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
