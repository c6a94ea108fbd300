/** A table as LaTeX, in the rules of the package `booktabs`. */

import * as format from "../../kit/language/format.js";

/** @type {Readonly<Record<string, string>>} what has a meaning in LaTeX, and marks that its fonts lack outside mathematics */
const MARKS = Object.freeze({
  ...Object.fromEntries([..."&%#_{}$"].map((mark) => [mark, `\\${mark}`])),
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "±": "$\\pm$",
  "×": "$\\times$",
  "−": "$-$",
});

/**
 * @param {import("../table.js").Table} table its figures as the page writes them
 * @param {string} caption
 */
export function latexTable({ columns, rows }, caption) {
  const places = columns.map(({ format: kind }) => (kind === "text" ? "l" : "r")).join("");
  const lines = [
    columns.map(({ label }) => label),
    ...rows.map((row) => row.map((value, index) => format.cell(value, columns[index].format))),
  ].map((line) => `    ${line.map(latexText).join(" & ")} \\\\`);
  return [
    "% \\usepackage{booktabs}",
    "\\begin{table}",
    "  \\centering",
    `  \\caption{${latexText(caption)}}`,
    `  \\begin{tabular}{${places}}`,
    "    \\toprule",
    lines[0],
    "    \\midrule",
    ...lines.slice(1),
    "    \\bottomrule",
    "  \\end{tabular}",
    "\\end{table}",
    "",
  ].join("\n");
}

/** @param {string} text */
export function latexText(text) {
  return text.replace(/[&%#_${}\\~^−±×]/g, (mark) => MARKS[mark]);
}
