/** Distortion groups and their types, from `models/taxonomy.py`. `make contract` writes this file; nobody edits it. */

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
