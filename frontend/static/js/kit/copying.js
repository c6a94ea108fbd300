/** Handing an address to the reader: by the clipboard, or as a text to copy where there is none; said where it was asked. */

import { element } from "./dom/element.js";
import { controls } from "./language/words.js";

const SAID_MS = 2500;

/**
 * Copies the page's address when a button is pressed; the button says so.
 * @param {HTMLButtonElement} button
 */
export function copiesAddress(button) {
  const text = button.textContent ?? "";
  const said = element("span", { className: "visually-hidden", attributes: { role: "status" } });
  button.after(said);
  button.addEventListener("click", async () => {
    if (await isCopied(location.href)) {
      button.textContent = controls.copied;
      said.textContent = controls.copied;
      setTimeout(() => {
        button.textContent = text;
        said.textContent = "";
      }, SAID_MS);
    } else offer(button, said);
  });
}

/** @param {string} address */
async function isCopied(address) {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch (error) {
    // No clipboard outside secure contexts (TypeError), or a refused permission (DOMException).
    if (error instanceof TypeError || error instanceof DOMException) return false;
    throw error;
  }
}

/**
 * Puts the address beside the button, selected; it goes when the reader does.
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} said
 */
function offer(button, said) {
  const field = element("input", { className: "copied-address", readOnly: true, value: location.href, ariaLabel: controls.copyByHand });
  button.after(field);
  field.select();
  said.textContent = controls.copyByHand;
  field.addEventListener("blur", () => field.remove(), { once: true });
}
