/** A chart as one HTML file that needs nothing else: the chart library is inside, what is under the pointer is told. */

import { escaped } from "./paper.js";

const STYLE = `
  body { margin: 2rem auto; padding: 0 1rem; max-width: 60rem; background: #fff; color: #000; font: 1rem/1.5 Arial, Helvetica, sans-serif; }
  figure { margin: 0; }
  figcaption { margin-top: 1rem; }
`;

/**
 * @param {import("../plot.js").Figure} figure
 * @param {{title: string, caption: string, language: string}} texts
 * @param {string} library the chart library's script
 */
export function standalonePage({ data, layout }, { title, caption, language }, library) {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<figure>
<div id="chart"></div>
<figcaption>${escaped(caption)}</figcaption>
</figure>
<script>${library.replaceAll(/<\/script/gi, "<\\/script")}</script>
<script>Plotly.newPlot("chart", ${literal(data)}, ${literal(layout)}, {displaylogo: false, responsive: true});</script>
</body>
</html>
`;
}

/**
 * A value as a script writes it; none of its texts can end the script.
 * @param {unknown} value
 */
function literal(value) {
  return JSON.stringify(value, (_, part) => (ArrayBuffer.isView(part) ? Array.from(/** @type {Float32Array} */ (part)) : part))
    .replaceAll("<", "\\u003c");
}
