"""What can be done to 8-bit RGB pictures at five levels each: KADID-10k's 25 types, and what the lab alone has.

What each operation does and which parameter it takes at each level follow the generator that KADID-10k and
KADIS-700k were made with (Lin, Hosu and Saupe, QoMEX 2019); docs/distortions.md lists the differences. Lengths are in
pixels whatever the size of the picture, tones and noise variances on a 0-1 scale. H height, W width, C colour channels.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from models.images import RGBImage
from models.taxonomy import LEVELS, TAXONOMY

if TYPE_CHECKING:
    from scipy.interpolate import CubicSpline  # as scikit-image where it is asked: the table of types needs neither

Pixels = NDArray[np.uint8]
Plane = NDArray[np.float32]

EQUAL_PSNR_DB: Final = 60.0
"""From this PSNR on a distorted picture counts as its reference: one value in fifteen is off by one, at most.

Measured on 13 photographs: the four cells that change nothing have 74 dB or more, every other cell 48 dB or less.
"""

_PALETTE_SAMPLE_PX: Final = 128


class DistortionError(ValueError):
    """A distortion was asked for that does not exist, or of something that is no 8-bit RGB picture."""


def distort(pixels_HWC: Pixels, distortion_type: str, level: int, *, seed: int) -> Pixels:
    """The picture under one distortion type at one level, as a new array of the same shape.

    `pixels_HWC` is uint8 sRGB (H, W, 3); levels run from 1 to 5. The same arguments always give the same bytes; give
    each picture a `seed` (>= 0) of its own, or all will carry the same noise. Raises `DistortionError` for a type
    that `DISTORTIONS` does not have, a level or seed out of range, or another kind of array.
    """
    return distort_in_turn(pixels_HWC, [step_at(distortion_type, level)], seed=seed)


@dataclass(frozen=True)
class Step:
    """A distortion type with what its operation takes, which need not be the parameter of a level."""

    distortion_type: str
    parameter: float


def step_at(distortion_type: str, level: int) -> Step:
    """The step that a level (1 to 5) of a type is; raises `DistortionError` for one that does not exist."""
    distortion = find_distortion(distortion_type)
    if level not in LEVELS:
        raise DistortionError(f"got level {level!r}, expected one of {', '.join(map(str, LEVELS))}")
    return Step(distortion_type, distortion.parameters[level - 1])


def distort_in_turn(pixels_HWC: Pixels, steps: Sequence[Step], *, seed: int) -> Pixels:
    """The picture under one step after the other, all drawn from one seed; otherwise as `distort`."""
    _check_pixels(pixels_HWC)
    if seed < 0:
        raise DistortionError(f"got seed {seed}, expected an integer of 0 or more")
    for step in steps:
        distortion = find_distortion(step.distortion_type)
        rng = np.random.default_rng(seed)
        pixels_HWC = distortion.apply(np.ascontiguousarray(pixels_HWC), step.parameter, rng)
    return pixels_HWC


def distort_image(image: RGBImage, distortion_type: str, level: int, *, name: str) -> RGBImage:
    """A picture under one distortion type at one level, its `name` being its seed; raises `DistortionError`."""
    return step_image(image, step_at(distortion_type, level), name=name)


def step_image(image: RGBImage, step: Step, *, name: str) -> RGBImage:
    """A picture after one step, its `name` being its seed; raises `DistortionError`."""
    seed = zlib.crc32(name.encode())
    return replace(image, pixels_HWC=distort_in_turn(image.pixels_HWC, [step], seed=seed))


def equals_reference(distorted_HWC: Pixels, reference_HWC: Pixels) -> bool:
    """Whether the two pictures differ by rounding at most, so that the distorted one deserves the label `clean`.

    Raises `DistortionError` where the shapes differ.
    """
    if distorted_HWC.shape != reference_HWC.shape:
        raise DistortionError(f"got shape {distorted_HWC.shape}, expected the reference's {reference_HWC.shape}")
    return cv2.PSNR(distorted_HWC, reference_HWC) >= EQUAL_PSNR_DB


def find_distortion(distortion_type: str) -> Distortion:
    """Operation and parameters of a type; raises `DistortionError` for a name that `DISTORTIONS` does not have."""
    try:
        return DISTORTIONS[distortion_type]
    except KeyError:
        expected = ", ".join(DISTORTIONS)
        raise DistortionError(f"got distortion type {distortion_type!r}, expected one of {expected}") from None


def _check_pixels(pixels_HWC: Pixels) -> None:
    got = f"{pixels_HWC.dtype} {pixels_HWC.shape}"
    if pixels_HWC.dtype != np.uint8 or pixels_HWC.ndim != 3 or pixels_HWC.shape[2] != 3:
        raise DistortionError(f"got an array of {got}, expected uint8 (height, width, 3)")
    if pixels_HWC.size == 0:
        raise DistortionError(f"got an empty picture of {got}, expected at least one pixel")


# --- what several operations share ---------------------------------------------------------------------------------


def _unit(pixels: Pixels) -> Plane:
    return np.multiply(pixels, np.float32(1 / 255), dtype=np.float32)


def _bytes(unit: NDArray[np.floating]) -> Pixels:
    return np.asarray(np.rint(np.clip(unit, 0, 1) * 255), np.uint8)


def _to_lab(pixels_HWC: Pixels) -> Plane:
    """CIE Lab, L on 0-100."""
    return np.asarray(cv2.cvtColor(_unit(pixels_HWC), cv2.COLOR_RGB2Lab), np.float32)


def _from_lab(lab_HWC: Plane) -> Plane:
    return np.asarray(cv2.cvtColor(lab_HWC, cv2.COLOR_Lab2RGB), np.float32)


def _gaussian(plane: Plane, sigma: float) -> Plane:
    """Gaussian blur with the kernel cut at two sigma, as in the generator."""
    size = 2 * int(np.ceil(2 * sigma)) + 1
    return np.asarray(cv2.GaussianBlur(plane, (size, size), sigma, borderType=cv2.BORDER_REFLECT), np.float32)


def _convolve(pixels_HWC: Pixels, kernel: NDArray[np.float64]) -> Pixels:
    return np.asarray(cv2.filter2D(pixels_HWC, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT), np.uint8)


def _tone_curve(inner: Sequence[tuple[float, float]]) -> CubicSpline:
    """Curve on 0-1 through (0, 0), the inner points and (1, 1); a parabola where there is one inner point."""
    from scipy.interpolate import CubicSpline

    x, y = zip((0.0, 0.0), *inner, (1.0, 1.0), strict=True)
    return CubicSpline(x, y)


def _apply_curve(pixels_HWC: Pixels, curve: CubicSpline) -> Pixels:
    return np.asarray(cv2.LUT(pixels_HWC, _bytes(curve(np.arange(256) / 255))), np.uint8)


def _recode(pixels_HWC: Pixels, **encoder: object) -> Pixels:
    """Through one of Pillow's encoders and back."""
    buffer = BytesIO()
    Image.fromarray(pixels_HWC).save(buffer, **encoder)  # type: ignore[arg-type]  # the options differ by format
    with Image.open(buffer) as image:
        return np.array(image.convert("RGB"))


def _add_noise(pixels_HWC: Pixels, variance: float, rng: Generator) -> Pixels:
    noise = rng.standard_normal(pixels_HWC.shape, np.float32)
    return _bytes(_unit(pixels_HWC) + noise * np.float32(np.sqrt(variance)))


# --- blur ----------------------------------------------------------------------------------------------------------


def _gaussian_blur(pixels_HWC: Pixels, sigma: float) -> Pixels:
    return _bytes(_gaussian(_unit(pixels_HWC), sigma))


def _lens_blur(pixels_HWC: Pixels, radius: float) -> Pixels:
    return _convolve(pixels_HWC, _disk_kernel(radius))


def _disk_kernel(radius: float, *, subpixels: int = 15) -> NDArray[np.float64]:
    """For each pixel, the share of it that a disk covers, counted on a finer grid."""
    half = int(np.ceil(radius - 0.5))
    size = 2 * half + 1
    axis = (np.arange(size * subpixels) + 0.5) / subpixels - size / 2
    inside = np.hypot(axis, axis[:, None]) <= radius
    share: NDArray[np.float64] = inside.reshape(size, subpixels, size, subpixels).mean(axis=(1, 3))
    return share


def _motion_blur(pixels_HWC: Pixels, length: float, rng: Generator) -> Pixels:
    return _convolve(pixels_HWC, _motion_kernel(length, angle=rng.uniform(0, np.pi)))


def _motion_kernel(length: float, *, angle: float) -> NDArray[np.float64]:
    """A line of this length, antialiased: each pixel weighs one minus its distance to the line, down to zero."""
    half = int(np.ceil(length / 2))
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    along = x * np.cos(angle) + y * np.sin(angle)
    across = y * np.cos(angle) - x * np.sin(angle)
    beyond_the_end = np.maximum(np.abs(along) - (length - 1) / 2, 0)
    weight: NDArray[np.float64] = np.maximum(1 - np.hypot(across, beyond_the_end), 0)
    return weight


# --- colour --------------------------------------------------------------------------------------------------------


def _color_diffusion(pixels_HWC: Pixels, amount: float) -> Pixels:
    lab_HWC = _to_lab(pixels_HWC)
    lab_HWC[..., 1:] = amount * _gaussian(lab_HWC[..., 1:], 1.5 * amount + 2)
    return _bytes(_from_lab(lab_HWC))


def _color_shift(pixels_HWC: Pixels, length: float, rng: Generator) -> Pixels:
    """Moves the green channel down and right, most where the picture has edges."""
    direction = rng.random(2)
    dx, dy = np.rint(direction / np.hypot(*direction) * length)
    green_HW = pixels_HWC[..., 1].astype(np.float32)
    height, width = green_HW.shape
    translation = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    moved_HW = cv2.warpAffine(green_HW, translation, (width, height), borderMode=cv2.BORDER_REFLECT)
    shifted = pixels_HWC.copy()
    shifted[..., 1] = np.rint(green_HW + _edge_mask(pixels_HWC) * (moved_HW - green_HW))
    return shifted


def _edge_mask(pixels_HWC: Pixels) -> Plane:
    """Smoothed gradient magnitude, stretched to 0-1 between its 1st and 99th percentile; zero in a flat picture."""
    gray = cv2.cvtColor(_unit(pixels_HWC), cv2.COLOR_RGB2GRAY)
    edges = cv2.magnitude(cv2.Sobel(gray, -1, 1, 0, ksize=1), cv2.Sobel(gray, -1, 0, 1, ksize=1))
    smooth = _gaussian(np.asarray(edges, np.float32), 4)
    low, high = np.percentile(smooth, (1, 99))
    if high <= low:
        return np.zeros_like(smooth)
    return np.asarray(np.clip((smooth - low) / (high - low), 0, 1), np.float32)


def _color_quantization(pixels_HWC: Pixels, colors: float) -> Pixels:
    """As few colours as said, chosen from the picture, with Floyd-Steinberg dithering."""
    image = Image.fromarray(pixels_HWC)
    # k-means brings the median cut close to the minimum variance of MATLAB's rgb2ind; it takes a second on all pixels
    # of a 512x384 picture and 50 ms on a sample of them, for the same error.
    sample = image.copy()
    sample.thumbnail((_PALETTE_SAMPLE_PX, _PALETTE_SAMPLE_PX), Image.Resampling.NEAREST)
    palette = sample.quantize(int(colors), method=Image.Quantize.MEDIANCUT, kmeans=1)
    return np.array(image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).convert("RGB"))


def _color_saturation_1(pixels_HWC: Pixels, factor: float) -> Pixels:
    """Saturation of HSV times a factor; a negative factor turns hues into their complements."""
    # With hue and value fixed, RGB is linear in saturation: it lies on the line from the grey of that value.
    value_HW1 = pixels_HWC.max(axis=2, keepdims=True).astype(np.float32)
    return _bytes((value_HW1 + np.float32(factor) * (pixels_HWC - value_HW1)) / 255)


def _color_saturation_2(pixels_HWC: Pixels, factor: float) -> Pixels:
    """Both chroma planes of Lab times a factor."""
    lab_HWC = _to_lab(pixels_HWC)
    lab_HWC[..., 1:] *= factor
    return _bytes(_from_lab(lab_HWC))


# --- compression ---------------------------------------------------------------------------------------------------


def _jpeg2000(pixels_HWC: Pixels, ratio: float) -> Pixels:
    return _recode(pixels_HWC, format="JPEG2000", quality_mode="rates", quality_layers=[ratio], irreversible=True)


def _jpeg(pixels_HWC: Pixels, quality: float) -> Pixels:
    return _recode(pixels_HWC, format="JPEG", quality=int(quality))


# --- noise ---------------------------------------------------------------------------------------------------------


def _white_noise(pixels_HWC: Pixels, variance: float, rng: Generator) -> Pixels:
    return _add_noise(pixels_HWC, variance, rng)


def _white_noise_color_component(pixels_HWC: Pixels, variance: float, rng: Generator) -> Pixels:
    """White noise on the three planes of ITU-R BT.601 YCbCr (16-235), which the way back amplifies."""
    from skimage.color import rgb2ycbcr, ycbcr2rgb

    ycbcr_HWC = rgb2ycbcr(_unit(pixels_HWC))
    noise = rng.standard_normal(pixels_HWC.shape, np.float32)
    return _bytes(ycbcr2rgb(ycbcr_HWC + noise * np.float32(255 * np.sqrt(variance))))


def _impulse_noise(pixels_HWC: Pixels, density: float, rng: Generator) -> Pixels:
    """Salt and pepper, in each colour channel by itself."""
    chance = rng.random(pixels_HWC.shape, np.float32)
    noisy = pixels_HWC.copy()
    noisy[chance < density / 2] = 0
    noisy[chance >= 1 - density / 2] = 255
    return noisy


def _multiplicative_noise(pixels_HWC: Pixels, variance: float, rng: Generator) -> Pixels:
    noise = rng.standard_normal(pixels_HWC.shape, np.float32)
    return _bytes(_unit(pixels_HWC) * (1 + noise * np.float32(np.sqrt(variance))))


def _denoise(pixels_HWC: Pixels, variance: float, rng: Generator) -> Pixels:
    """White noise, then what non-local means (5x5 patches in 13x13 windows) leave of the picture."""
    noisy = _add_noise(pixels_HWC, variance, rng)
    strength = 0.9 * 255 * float(np.sqrt(variance))
    return np.asarray(cv2.fastNlMeansDenoising(noisy, None, strength, 5, 13), np.uint8)


# --- brightness ----------------------------------------------------------------------------------------------------


def _brighten(pixels_HWC: Pixels, amount: float) -> Pixels:
    """Two parts a curve on each channel, one part the same curve on Lab's luminance."""
    curve = _tone_curve([(0.5, 0.5 + amount / 2)])
    lab_HWC = _to_lab(pixels_HWC)
    lab_HWC[..., 0] = 100 * np.clip(curve(lab_HWC[..., 0] / 100), 0, 1)
    return _bytes((2 * _unit(_apply_curve(pixels_HWC, curve)) + np.clip(_from_lab(lab_HWC), 0, 1)) / 3)


def _darken(pixels_HWC: Pixels, amount: float) -> Pixels:
    return _apply_curve(pixels_HWC, _tone_curve([(0.5, 0.5 - amount / 2)]))


def _mean_shift(pixels_HWC: Pixels, amount: float) -> Pixels:
    return _bytes(_unit(pixels_HWC) + np.float32(amount))


# --- spatial -------------------------------------------------------------------------------------------------------


def _jitter(pixels_HWC: Pixels, deviation: float, rng: Generator, *, iterations: int = 5) -> Pixels:
    """Moves every pixel by a normally distributed step, five times over."""
    height, width, _ = pixels_HWC.shape
    grid_2HW = np.indices((height, width), dtype=np.float32)
    moved_HWC = _unit(pixels_HWC)
    for _ in range(iterations):
        y_HW, x_HW = grid_2HW + np.float32(deviation) * rng.standard_normal(grid_2HW.shape, np.float32)
        warped = cv2.remap(moved_HWC, x_HW, y_HW, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        moved_HWC = np.asarray(warped, np.float32)
    return _bytes(moved_HWC)


def _non_eccentricity_patch(pixels_HWC: Pixels, patches: float, rng: Generator, *, side: int = 16) -> Pixels:
    """Copies square patches to a place at most half a side away."""
    patched = pixels_HWC.copy()
    last_start = np.maximum(np.array(pixels_HWC.shape[:2]) - side, 0)
    for _ in range(int(patches)):
        source = rng.integers(0, last_start, endpoint=True)
        target = np.clip(source + rng.integers(-side // 2, side // 2, 2, endpoint=True), 0, last_start)
        patched[_square(target, side)] = pixels_HWC[_square(source, side)]
    return patched


def _square(start: NDArray[np.int64], side: int) -> tuple[slice, slice]:
    top, left = (int(value) for value in start)
    return slice(top, top + side), slice(left, left + side)


def _pixelate(pixels_HWC: Pixels, strength: float) -> Pixels:
    height, width, _ = pixels_HWC.shape
    scale = 0.95 - strength**0.6
    small = (max(int(width * scale), 1), max(int(height * scale), 1))
    shrunk = cv2.resize(pixels_HWC, small, interpolation=cv2.INTER_NEAREST_EXACT)
    return np.asarray(cv2.resize(shrunk, (width, height), interpolation=cv2.INTER_NEAREST_EXACT), np.uint8)


def _quantization(pixels_HWC: Pixels, thresholds: float) -> Pixels:
    """Otsu's thresholds, one set for all channels; a class takes its upper end, but the darkest takes its lower end."""
    counts = np.bincount(pixels_HWC.ravel(), minlength=256)
    classes = int(thresholds) + 1
    if np.count_nonzero(counts) <= classes:
        return pixels_HWC.copy()
    edges = _otsu_edges(counts, classes)
    # The generator stretches a picture to 0-1 before and puts the outer classes there: the picture's own extremes.
    tones = np.array([pixels_HWC.min(), *(edges[1:] - 1), pixels_HWC.max()], np.uint8)
    return tones[np.searchsorted(edges, np.arange(256), side="right")][pixels_HWC]


def _otsu_edges(counts: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """First tones of the second to the last class, when the variance between classes is largest (Otsu 1979).

    Dynamic programming over the histogram: exact, and in time linear in the number of classes.
    """
    weight = np.concatenate(([0.0], np.cumsum(counts)))
    moment = np.concatenate(([0.0], np.cumsum(counts * np.arange(len(counts)))))
    class_weight = weight - weight[:, None]
    gain = np.full_like(class_weight, -np.inf)
    np.divide((moment - moment[:, None]) ** 2, class_weight, out=gain, where=class_weight > 0)
    best, starts = gain[0], []
    for _ in range(classes - 1):
        total = best[:, None] + gain
        starts.append(total.argmax(axis=0))
        best = total.max(axis=0)
    edges = [len(counts)]
    for start in reversed(starts):
        edges.append(int(start[edges[-1]]))
    return np.array(edges[:0:-1])


def _color_block(pixels_HWC: Pixels, blocks: float, rng: Generator, *, side: int = 32) -> Pixels:
    """Covers squares of the picture with random plain colours."""
    covered = pixels_HWC.copy()
    last_start = np.maximum(np.array(pixels_HWC.shape[:2]) - side, 0)
    for _ in range(int(blocks)):
        covered[_square(rng.integers(0, last_start, endpoint=True), side)] = rng.integers(0, 256, 3)
    return covered


# --- sharpness and contrast ----------------------------------------------------------------------------------------


def _high_sharpen(pixels_HWC: Pixels, amount: float, *, sigma: float = 3) -> Pixels:
    """Unsharp masking of Lab's luminance."""
    lab_HWC = _to_lab(pixels_HWC)
    luminance_HW = lab_HWC[..., 0]
    sharp_HW = luminance_HW + np.float32(amount) * (luminance_HW - _gaussian(luminance_HW, sigma))
    lab_HWC[..., 0] = np.clip(sharp_HW, 0, 100)
    return _bytes(_from_lab(lab_HWC))


def _contrast_change(pixels_HWC: Pixels, amount: float) -> Pixels:
    """An S-shaped tone curve; a negative amount lowers contrast."""
    return _apply_curve(pixels_HWC, _tone_curve([(0.3, 0.25 - amount / 4), (0.5, 0.5), (0.7, 0.75 + amount / 4)]))


# --- the table -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LabOnly:
    """How the lab shows a distortion that the taxonomy does not have: its name, and the group that it stands in."""

    label: str
    group: str


class Distortion(Protocol):
    """An operation and its parameter at levels 1 to 5."""

    @property
    def lab_only(self) -> LabOnly | None:
        """`None` for a type of the taxonomy."""

    @property
    def parameters(self) -> tuple[float, ...]:
        """What the operation takes at each level, mildest number first."""

    def apply(self, pixels_HWC: Pixels, parameter: float, rng: Generator) -> Pixels:
        """The distorted picture, a new array."""


@dataclass(frozen=True)
class Fixed:
    """A distortion that chance has no part in."""

    operation: Callable[[Pixels, float], Pixels]
    parameters: tuple[float, ...]
    lab_only: LabOnly | None = None

    def apply(self, pixels_HWC: Pixels, parameter: float, rng: Generator) -> Pixels:  # noqa: ARG002
        """The distorted picture, whatever the generator."""
        return self.operation(pixels_HWC, parameter)


@dataclass(frozen=True)
class Drawn:
    """A distortion that draws places, directions or noise."""

    operation: Callable[[Pixels, float, Generator], Pixels]
    parameters: tuple[float, ...]
    lab_only: LabOnly | None = None

    def apply(self, pixels_HWC: Pixels, parameter: float, rng: Generator) -> Pixels:
        """The distorted picture, as the generator falls."""
        return self.operation(pixels_HWC, parameter, rng)


def applicable() -> dict[str, dict[str, str | None]]:
    """Every distortion that can be applied, by group, with its label where the taxonomy does not have it."""
    found: dict[str, dict[str, str | None]] = {
        group: dict.fromkeys(TAXONOMY.groups[group]) for group in TAXONOMY.groups
    }
    for name, distortion in DISTORTIONS.items():
        if distortion.lab_only is not None:
            found.setdefault(distortion.lab_only.group, {})[name] = distortion.lab_only.label
    return found


DISTORTIONS: Final[Mapping[str, Distortion]] = MappingProxyType(
    {
        "gaussian_blur": Fixed(_gaussian_blur, (0.1, 0.5, 1, 2, 5)),
        "lens_blur": Fixed(_lens_blur, (1, 2, 4, 6, 8)),
        "motion_blur": Drawn(_motion_blur, (1, 2, 4, 6, 10)),
        "color_diffusion": Fixed(_color_diffusion, (1, 3, 6, 8, 12)),
        "color_shift": Drawn(_color_shift, (1, 3, 6, 8, 12)),
        "color_quantization": Fixed(_color_quantization, (64, 48, 32, 16, 8)),
        "color_saturation_1": Fixed(_color_saturation_1, (0.4, 0.2, 0.1, 0, -0.4)),
        "color_saturation_2": Fixed(_color_saturation_2, (1, 2, 3, 6, 9)),
        "jpeg2000": Fixed(_jpeg2000, (16, 32, 45, 120, 400)),
        "jpeg": Fixed(_jpeg, (43, 36, 24, 7, 4)),
        "white_noise": Drawn(_white_noise, (0.001, 0.002, 0.003, 0.005, 0.01)),
        "white_noise_color_component": Drawn(_white_noise_color_component, (0.0001, 0.0005, 0.001, 0.002, 0.003)),
        "impulse_noise": Drawn(_impulse_noise, (0.001, 0.005, 0.01, 0.02, 0.03)),
        "multiplicative_noise": Drawn(_multiplicative_noise, (0.001, 0.005, 0.01, 0.02, 0.05)),
        "denoise": Drawn(_denoise, (0.01, 0.03, 0.05, 0.1, 0.15)),
        "brighten": Fixed(_brighten, (0.1, 0.2, 0.4, 0.7, 1.1)),
        "darken": Fixed(_darken, (0.05, 0.1, 0.2, 0.4, 0.8)),
        "mean_shift": Fixed(_mean_shift, (0.15, 0.08, 0, -0.08, -0.15)),
        "jitter": Drawn(_jitter, (0.05, 0.1, 0.2, 0.5, 1)),
        "non_eccentricity_patch": Drawn(_non_eccentricity_patch, (20, 40, 60, 80, 100)),
        "pixelate": Fixed(_pixelate, (0.01, 0.05, 0.1, 0.2, 0.5)),
        "quantization": Fixed(_quantization, (20, 16, 13, 10, 7)),
        "color_block": Drawn(_color_block, (2, 4, 6, 8, 10)),
        "high_sharpen": Fixed(_high_sharpen, (1, 2, 3, 6, 12)),
        "contrast_change": Fixed(_contrast_change, (0.3, 0.15, 0, -0.4, -0.6)),
    }
)
"""What can be applied. Of these the taxonomy's types are what heads are trained on; an entry with `lab_only` is not."""
