/** The card at the pointer or the cursor, always inside the window. */

import { named } from "../kit/dom/element.js";

const GAP_PX = 14;
const EDGE_PX = 8;

export class HoverCard {
  #card = named("hover-card");

  hide() {
    this.#card.hidden = true;
  }

  /**
   * @param {Node} content
   * @param {[number, number]} at px from the window's top left
   */
  show(content, at) {
    this.#card.replaceChildren(content);
    this.#card.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.#card;
    const { clientWidth, clientHeight } = document.documentElement;
    this.#card.style.left = `${beside(at[0], width, clientWidth)}px`;
    this.#card.style.top = `${beside(at[1], height, clientHeight)}px`;
  }
}

/**
 * After a place, or before it where the room ends.
 * @param {number} at
 * @param {number} length of the card
 * @param {number} room of the window
 */
export function beside(at, length, room) {
  const after = at + GAP_PX;
  const start = after + length + EDGE_PX <= room ? after : at - GAP_PX - length;
  return Math.max(EDGE_PX, Math.min(start, room - length - EDGE_PX));
}
