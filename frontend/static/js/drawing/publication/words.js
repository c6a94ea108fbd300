/** What the page says where a figure is saved. */

import { t } from "../../kit/language/translate.js";

/** @param {string} title */
export const saveFigure = (title) => t("Save “{title}”", { title });

export const save = t("Save…");
export const width = t("Printed width");
export const widths = Object.freeze({ column: t("one column, 8.5 cm"), page: t("whole page, 17.8 cm") });
export const caption = t("Caption, which goes into SVG, HTML and LaTeX");
export const preview = t("How it will look");
export const figure = t("Figure");
export const table = t("Table");
export const close = t("Close");
export const pdfHint = t("PDF opens the browser’s print dialog on a sheet of the figure’s size: choose “Save as PDF” there.");
export const failed = t("The figure could not be drawn. Try again.");

/** @param {string} address of the page */
export const source = (address) => t("CENIQA Studio, {address}", { address });
