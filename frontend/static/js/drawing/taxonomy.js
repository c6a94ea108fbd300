/** Distortion groups and types in the order of `models/taxonomy.py` (a test compares), and their colours. */

/** @type {Readonly<Record<string, readonly string[]>>} */
export const GROUPS = Object.freeze({
  clean: ["clean"],
  blur: ["gaussian_blur", "lens_blur", "motion_blur"],
  color: ["color_diffusion", "color_shift", "color_quantization", "color_saturation_1", "color_saturation_2"],
  compression: ["jpeg2000", "jpeg"],
  noise: ["white_noise", "white_noise_color_component", "impulse_noise", "multiplicative_noise", "denoise"],
  brightness: ["brighten", "darken", "mean_shift"],
  spatial: ["jitter", "non_eccentricity_patch", "pixelate", "quantization", "color_block"],
  sharpness_contrast: ["high_sharpen", "contrast_change"],
});

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

/**
 * Colour of a group; names outside the seven groups, `clean` among them, are neutral.
 * @param {string} name
 * @param {{neutral: string}} theme
 * @returns {string} a CSS colour
 */
export function groupColor(name, theme) {
  return Object.hasOwn(HUES, name) ? HUES[/** @type {keyof typeof HUES} */ (name)] : theme.neutral;
}
