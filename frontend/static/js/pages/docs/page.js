/** The API's documentation: Swagger UI on the service's own description of itself, in the page's colours. */

import { named } from "../../kit/dom/element.js";

const root = document.documentElement;
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

function showTheme() {
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : systemIsDark.matches;
  root.classList.toggle("dark-mode", isDark); // the name that Swagger UI's style sheet knows
}

document.addEventListener("themechange", showTheme);
showTheme();

// A classic script before this one defines it. No validator: it would send the description to its makers.
const { SwaggerUIBundle } = /** @type {typeof globalThis & {SwaggerUIBundle(options: object): void}} */ (globalThis);
SwaggerUIBundle({
  url: named("docs").dataset.openapiUrl,
  dom_id: "#docs",
  validatorUrl: null,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
});
