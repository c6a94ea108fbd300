/** Colours of values, and colours and symbols of names: a legend has one entry for each. */

import { GROUPS } from "./taxonomy.js";

/** @typedef {{key: string, color: string, symbol: string}} Entry */

const SYMBOLS = Object.freeze(["circle", "diamond", "square", "triangle-up", "cross"]);
// Lightness inside a group, by mixing with the page's ink (below 0) or its surface.
const SHADES = Object.freeze([0, -0.35, 0.35, -0.2, 0.2]);
const TURNS = Object.freeze(["blur", "color", "compression", "noise", "spatial", "sharpness_contrast", "brightness"]);
const VIRIDIS = Object.freeze([
  "#440154",
  "#472d7b",
  "#3b528b",
  "#2c728e",
  "#21918c",
  "#28ae80",
  "#5ec962",
  "#addc30",
  "#fde725",
]);
const CIVIDIS = Object.freeze([
  "#00204c",
  "#002a66",
  "#00346e",
  "#273f6c",
  "#3c4a6b",
  "#4c556b",
  "#5b5f6d",
  "#686a70",
  "#757575",
  "#838178",
  "#928c78",
  "#a19876",
  "#b0a572",
  "#c0b16d",
  "#d1bf66",
  "#e1cc5c",
  "#f3db4f",
  "#ffe945",
]);
// Ends of the signed scale: the two Okabe-Ito hues that every eye tells apart.
const BELOW = "#0072b2";
const ABOVE = "#d55e00";
// Most errors are small: the scale is at full strength before its end.
const SIGNED_GAIN = 1.4;

// Okabe-Ito: the smallest difference between two of them stays above 11 (ΔE2000) for deuteranopes and protanopes.
const HUES = Object.freeze({
  blur: "#56b4e9",
  color: "#e69f00",
  compression: "#d55e00",
  noise: "#cc79a7",
  brightness: "#f0e442",
  spatial: "#009e73",
  sharpness_contrast: "#0072b2",
});

/** What may follow the group in the name of a cluster or an expert. */
const AFTER_GROUP = /( and photographs)?( \d+)?$/;

/**
 * Colour of a group, or of a cluster named after one; names outside the seven groups, `clean` among them, are neutral.
 * @param {string} name
 * @param {{neutral: string}} theme
 * @returns {string} a CSS colour
 */
export function groupColor(name, theme) {
  const group = name.replace(AFTER_GROUP, "");
  return Object.hasOwn(HUES, group) ? HUES[/** @type {keyof typeof HUES} */ (group)] : theme.neutral;
}

/**
 * Entries for names: groups by their hue, types by their group's hue with a symbol and a shade of their own, all other
 * names by hue and symbol in turn.
 * @param {readonly string[]} keys
 * @param {import("./theme.js").Theme} theme
 * @returns {Entry[]}
 */
export function categoryEntries(keys, theme) {
  return keys.map((key, index) => ({ key, ...categoryStyle(key, index, theme) }));
}

/**
 * @param {string} name
 * @param {number} index
 * @param {import("./theme.js").Theme} theme
 */
function categoryStyle(name, index, theme) {
  if (Object.hasOwn(GROUPS, name)) return { color: groupColor(name, theme), symbol: SYMBOLS[0] };
  const group = Object.keys(GROUPS).find((key) => GROUPS[key].includes(name));
  if (group) return typeStyle(group, GROUPS[group].indexOf(name), theme);
  const round = Math.floor(index / TURNS.length);
  return {
    color: shade(groupColor(TURNS[index % TURNS.length], theme), SHADES[round % SHADES.length], theme),
    symbol: SYMBOLS[round % SYMBOLS.length],
  };
}

/**
 * @param {string} group
 * @param {number} place of the type in its group
 * @param {import("./theme.js").Theme} theme
 */
function typeStyle(group, place, theme) {
  return { color: shade(groupColor(group, theme), SHADES[place], theme), symbol: SYMBOLS[place] };
}

/**
 * @param {string} color
 * @param {number} amount
 * @param {import("./theme.js").Theme} theme
 */
function shade(color, amount, theme) {
  return mix(color, amount < 0 ? theme.ink : theme.surface, Math.abs(amount));
}

/**
 * What pictures without a value look like.
 * @param {string} key
 * @param {import("./theme.js").Theme} theme
 * @returns {Entry}
 */
export function missingEntry(key, theme) {
  return { key, color: theme.muted, symbol: "circle-open" };
}

/**
 * Entries for bins, from viridis; the middle of a bin says its colour.
 * @param {string[]} keys
 * @returns {Entry[]}
 */
export function magnitudeEntries(keys) {
  return keys.map((key, index) => ({ key, color: viridis((index + 0.5) / keys.length), symbol: SYMBOLS[0] }));
}

/**
 * Entries for bins around 0: blue below, orange above, as pale as the page's neutral in the middle.
 * @param {string[]} keys
 * @param {number[]} edges of the bins, symmetric around 0
 * @param {import("./theme.js").Theme} theme
 * @returns {Entry[]}
 */
export function signedEntries(keys, edges, theme) {
  const reach = Math.max(-edges[0], edges[edges.length - 1]);
  const pale = mix(theme.neutral, theme.surface, 0.45);
  return keys.map((key, index) => {
    const middle = (edges[index] + edges[index + 1]) / 2 / reach;
    const strength = Math.min(1, Math.abs(middle) * SIGNED_GAIN);
    return { key, color: mix(pale, middle < 0 ? BELOW : ABOVE, strength), symbol: SYMBOLS[0] };
  });
}

/** @param {number} share 0-1 */
export function viridis(share) {
  return along(VIRIDIS, share);
}

/** @param {number} share 0-1 */
export function cividis(share) {
  return along(CIVIDIS, share);
}

/** @param {readonly string[]} colors at equal distances @param {number} share of the way from the first to the last */
function along(colors, share) {
  const place = Math.min(1, Math.max(0, share)) * (colors.length - 1);
  const below = Math.min(Math.floor(place), colors.length - 2);
  return mix(colors[below], colors[below + 1], place - below);
}

/**
 * Black or white, whichever is read better: at least 4.5 to 1 on any colour.
 * @param {string} color `#rrggbb`
 */
export function inkOn(color) {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Where both have the same contrast: (1 + .05) / (L + .05) = (L + .05) / .05.
  return luminance > 0.179 ? "#000000" : "#ffffff";
}

/**
 * A colour between two, `share` of the way to the second.
 * @param {string} from `#rrggbb` or `rgb()`
 * @param {string} to
 * @param {number} share 0-1
 */
export function mix(from, to, share) {
  const [first, second] = [channels(from), channels(to)];
  const mixed = first.map((value, index) => Math.round(value + (second[index] - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** @param {string} color @returns {number[]} red, green, blue */
function channels(color) {
  if (color.startsWith("#")) return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
  return Array.from(color.matchAll(/[\d.]+/g), ([digits]) => Number(digits)).slice(0, 3);
}
