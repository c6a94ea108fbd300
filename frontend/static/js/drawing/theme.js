/** Light, dark or the system's choice: kept in the browser, and read back as colours for the charts. */

/**
 * @typedef {object} Theme colours as CSS strings, and the font of the page
 * @property {string} ink text and the strongest marks
 * @property {string} muted secondary text
 * @property {string} soft quiet marks
 * @property {string} line grid lines
 * @property {string} surface background of a chart
 * @property {string} band every second background band
 * @property {string} neutral the colour of `clean` and of names outside the taxonomy
 * @property {string} font
 */

const STORAGE_KEY = "theme";
const CHOICES = /** @type {const} */ (["auto", "light", "dark"]);

/** @typedef {typeof CHOICES[number]} Choice */

/**
 * The choice after this one, round and round.
 * @param {Choice} choice
 * @returns {Choice}
 */
export function nextChoice(choice) {
  return CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
}

/**
 * The kept choice; `auto` where there is none or the browser keeps nothing.
 * @param {() => Storage} storage a function, because merely naming the storage may throw
 * @returns {Choice}
 */
export function readChoice(storage = () => localStorage) {
  const kept = guarded(() => storage().getItem(STORAGE_KEY));
  return CHOICES.find((choice) => choice === kept) ?? "auto";
}

/**
 * @param {Choice} choice
 * @param {() => Storage} storage
 */
export function keepChoice(choice, storage = () => localStorage) {
  guarded(() => storage().setItem(STORAGE_KEY, choice));
}

/**
 * @template T
 * @param {() => T} use
 */
function guarded(use) {
  try {
    return use();
  } catch (error) {
    // Private windows and blocked cookies: the page works, the choice lasts until it is closed.
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** Puts a choice on the page; style sheets do the rest. @param {Choice} choice */
export function applyChoice(choice) {
  if (choice === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}

/**
 * The colours in force, as `rgb()` texts that Plotly reads (it knows neither `var()` nor `light-dark()`).
 * @returns {Theme}
 */
export function chartTheme() {
  const probe = document.body.appendChild(document.createElement("span"));
  const color = (/** @type {string} */ name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const theme = {
    ink: color("ink"),
    muted: color("muted"),
    soft: color("soft"),
    line: color("line"),
    surface: color("surface"),
    band: color("band"),
    neutral: color("neutral"),
    font: getComputedStyle(probe).fontFamily,
  };
  probe.remove();
  return theme;
}
