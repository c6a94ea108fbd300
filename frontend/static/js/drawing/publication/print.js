/** A figure as a PDF: printed alone, on a sheet of its size, which every browser can save as a file with its fonts inside. */

import { element } from "../../kit/dom/element.js";

/**
 * Opens the browser's print dialog for one drawing.
 * @param {string} svg
 * @param {import("./paper.js").Sheet} sheet
 * @param {string} name which the browser offers as the file's name
 */
export async function printSvg(svg, { width_cm, height_cm }, name) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = element("img", { src: address, className: "paper-sheet", alt: "" });
  const rules = new CSSStyleSheet();
  // A sheet by scripts: the Content-Security-Policy forbids style elements.
  rules.replaceSync(`@page { size: ${width_cm}cm ${height_cm.toFixed(3)}cm; margin: 0; }`);
  const { title } = document;
  await image.decode();
  document.body.append(image);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
  document.documentElement.dataset.printing = "figure";
  document.title = name;
  const putBack = () => {
    image.remove();
    URL.revokeObjectURL(address);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== rules);
    delete document.documentElement.dataset.printing;
    document.title = title;
  };
  globalThis.addEventListener("afterprint", putBack, { once: true });
  globalThis.print();
}
