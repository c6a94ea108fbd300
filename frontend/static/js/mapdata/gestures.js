/** Hands on the map: mouse, pen, fingers, wheel and Safari's own pinch, turned into a few plain intentions. */

import { wheelFactor } from "./viewport.js";

const TAP_PX = 4;
const LASSO_STEP_PX = 3;

/** @typedef {import("./viewport.js").Place} Place px from the stage's top left */

/** @typedef {Event & {clientX: number, clientY: number, scale: number}} PinchEvent Safari's own */

/**
 * @typedef {object} GestureHandlers
 * @property {(moved: Place, at: Place) => void} onPan at: where the hand is by then
 * @property {(at: Place, factor: number) => void} onZoom
 * @property {(before: [Place, Place], after: [Place, Place]) => void} onPinch
 * @property {(path: Place[], isDone: boolean) => void} onLasso the path so far; empty when it was given up
 * @property {(at: Place) => void} onTap
 * @property {(at: Place | null) => void} onHover null when the pointer has left
 */

/**
 * @param {HTMLElement} target
 * @param {GestureHandlers} handlers
 * @param {() => boolean} isLassoTool what dragging does without Shift
 */
export function listenForGestures(target, handlers, isLassoTool) {
  const place = placeIn(target);
  listenToPointers(target, handlers, isLassoTool, place);
  target.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      handlers.onZoom(place(event), wheelFactor(event));
    },
    { passive: false },
  );
  listenToSafariPinch(target, handlers, place);
}

/** @param {HTMLElement} target */
function placeIn(target) {
  return (/** @type {{clientX: number, clientY: number}} */ event) => {
    const { left, top } = target.getBoundingClientRect();
    return /** @type {Place} */ ([event.clientX - left, event.clientY - top]);
  };
}

/**
 * @param {HTMLElement} target
 * @param {GestureHandlers} handlers
 * @param {() => boolean} isLassoTool
 * @param {ReturnType<typeof placeIn>} place
 */
function listenToPointers(target, handlers, isLassoTool, place) {
  /** @type {Map<number, Place>} */
  const fingers = new Map();
  /** @type {{kind: "pan" | "lasso" | "pinch", path: Place[]} | null} */
  let drag = null;

  target.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    target.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    if (fingers.size === 2) {
      if (drag?.kind === "lasso") handlers.onLasso([], false);
      drag = { kind: "pinch", path: [] };
    } else if (fingers.size === 1) {
      drag = { kind: isLassoTool() !== event.shiftKey ? "lasso" : "pan", path: [place(event)] };
    }
    handlers.onHover(null);
  });

  target.addEventListener("pointermove", (event) => {
    const now = place(event);
    const before = fingers.get(event.pointerId);
    if (!drag || !before) {
      if (event.pointerType !== "touch") handlers.onHover(now);
      return;
    }
    if (drag.kind === "pinch") {
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      if (other) handlers.onPinch([before, other], [now, other]);
    } else if (drag.kind === "pan") {
      if (drag.path.length > 1 || distance(drag.path[0], now) > TAP_PX) {
        handlers.onPan([now[0] - before[0], now[1] - before[1]], now);
        drag.path = [drag.path[0], now];
      }
    } else if (distance(drag.path[drag.path.length - 1], now) >= LASSO_STEP_PX) {
      drag.path.push(now);
      handlers.onLasso(drag.path, false);
    }
    fingers.set(event.pointerId, now);
  });

  const end = (/** @type {PointerEvent} */ event) => {
    if (!fingers.delete(event.pointerId) || !drag) return;
    const { kind, path } = drag;
    if (kind === "pinch" && fingers.size > 0) return;
    drag = null;
    const wasTap = kind !== "pinch" && path.length < 3 && distance(path[0], path[path.length - 1]) <= TAP_PX;
    if (event.type === "pointercancel") handlers.onLasso([], false);
    else if (wasTap) handlers.onTap(path[0]);
    else if (kind === "lasso") handlers.onLasso(path, true);
  };
  target.addEventListener("pointerup", end);
  target.addEventListener("pointercancel", end);
  target.addEventListener("pointerleave", () => handlers.onHover(null));
}

/**
 * Safari on a trackpad sends neither pointers nor Ctrl-wheel for a pinch, but gestures of its own.
 * @param {HTMLElement} target
 * @param {GestureHandlers} handlers
 * @param {ReturnType<typeof placeIn>} place
 */
function listenToSafariPinch(target, { onZoom }, place) {
  let scale = 1;
  target.addEventListener("gesturestart", (event) => {
    event.preventDefault();
    scale = 1;
  });
  target.addEventListener("gesturechange", (event) => {
    event.preventDefault();
    const pinch = /** @type {PinchEvent} */ (event);
    onZoom(place(pinch), pinch.scale / scale);
    scale = pinch.scale;
  });
}

/** @param {Place} from @param {Place} to */
function distance([x0, y0], [x1, y1]) {
  return Math.hypot(x1 - x0, y1 - y0);
}
