"""Every sample: small odd and hostile files, made by code, with what each must get."""

from __future__ import annotations

from typing import Final

from tests.images.container_samples import AVIF_SAMPLES, HEIC_SAMPLES, WEBP_SAMPLES
from tests.images.foreign_samples import FOREIGN_SAMPLES
from tests.images.gif_bmp_samples import BMP_SAMPLES, GIF_SAMPLES
from tests.images.jpeg_samples import JPEG_SAMPLES
from tests.images.png_samples import PNG_SAMPLES
from tests.images.sample import Sample
from tests.images.tiff_samples import TIFF_SAMPLES

CORPUS: Final[tuple[Sample, ...]] = (
    *JPEG_SAMPLES,
    *PNG_SAMPLES,
    *WEBP_SAMPLES,
    *BMP_SAMPLES,
    *TIFF_SAMPLES,
    *GIF_SAMPLES,
    *AVIF_SAMPLES,
    *HEIC_SAMPLES,
    *FOREIGN_SAMPLES,
)


def sample(name: str) -> Sample:
    """The sample of this name."""
    return next(sample for sample in CORPUS if sample.name == name)
