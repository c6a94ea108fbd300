/** The header's language choice: kept in a cookie that the service reads, so the next page comes in that language. */

import { named } from "../kit/dom/element.js";

const YEAR_S = 31_536_000;

const choice = named("language", "select");

choice.addEventListener("change", () => {
  // biome-ignore lint/suspicious/noDocumentCookie: browsers have no cookie store on pages without TLS
  document.cookie = `language=${choice.value}; path=/; max-age=${YEAR_S}; samesite=lax`;
  location.reload();
});
