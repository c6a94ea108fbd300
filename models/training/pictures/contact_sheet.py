"""One picture under every distortion type and level on one labelled sheet: a look at what the models train on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.distortions.operations import Pixels, distort
from models.distortions.pseudo_mos import kadid_mos
from models.taxonomy import LEVELS, TAXONOMY

_GAP_PX: Final = 6
_CAPTION_PX: Final = 18
_INK: Final = (20, 20, 20)
_PAPER: Final = (250, 250, 250)


def render_contact_sheet(
    pixels_HWC: Pixels, path: Path, *, distortion_types: tuple[str, ...] = TAXONOMY.distortion_types, seed: int = 0
) -> None:
    """Write a PNG with a row for each type: the reference, then levels 1 to 5, each with the MOS that KADID gives it.

    `pixels_HWC` is uint8 (H, W, 3) and is drawn at its own size, so that noise and blur can be judged: keep it small,
    some 256 pixels wide. Raises `DistortionError` for another kind of array or an unknown type.
    """
    height, width, _ = pixels_HWC.shape
    cell_width, cell_height = width + _GAP_PX, height + _CAPTION_PX + _GAP_PX
    sheet = Image.new("RGB", (cell_width * (len(LEVELS) + 1), cell_height * len(distortion_types)), _PAPER)
    for row, distortion_type in enumerate(distortion_types):
        for column, (caption, cell_HWC) in enumerate(_row(pixels_HWC, distortion_type, seed=seed)):
            _paste(sheet, cell_HWC, caption, left=column * cell_width, top=row * cell_height)
    sheet.save(path, format="PNG")


def _row(pixels_HWC: Pixels, distortion_type: str, *, seed: int) -> list[tuple[str, Pixels]]:
    """Captions and pictures of one row."""
    levels = [
        (
            f"level {level}: MOS {kadid_mos(distortion_type, level):.2f}",
            distort(pixels_HWC, distortion_type, level, seed=seed),
        )
        for level in LEVELS
    ]
    return [(distortion_type, pixels_HWC), *levels]


def _paste(sheet: Image.Image, cell_HWC: Pixels, caption: str, *, left: int, top: int) -> None:
    ImageDraw.Draw(sheet).text((left + 2, top + 2), caption, _INK, ImageFont.load_default(_CAPTION_PX - 6))
    sheet.paste(Image.fromarray(np.ascontiguousarray(cell_HWC)), (left, top + _CAPTION_PX))
