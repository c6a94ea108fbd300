"""Small pictures on sheets, for maps."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from models.files import write_atomically
from models.maps.image_set import FileRecord, ThumbnailRecord

TILE_PX: Final = 80
"""Seen beside 64 and 96: blocks, banding and blur still show; 2,016 tiles take 2.9 MB."""
TILE_QUALITY: Final = 60
_SHEET_COLUMNS: Final = 16
_TILES_PER_SHEET: Final = 256


def tile_of(pixels_HWC: NDArray[np.uint8]) -> Image.Image:
    """The middle of a picture, as a square of `TILE_PX`."""
    return ImageOps.fit(Image.fromarray(pixels_HWC), (TILE_PX, TILE_PX), Image.Resampling.LANCZOS)


class Sheets:
    """Writes a sprite sheet whenever one is full, so that tiles of many pictures need little memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tiles: list[Image.Image] = []
        self._written: list[FileRecord] = []

    def add(self, tile: Image.Image) -> None:
        """Append the next picture's tile."""
        self._tiles.append(tile)
        if len(self._tiles) == _TILES_PER_SHEET:
            self._write()

    def finish(self) -> ThumbnailRecord:
        """Write what is left and say what was written."""
        if self._tiles:
            self._write()
        return ThumbnailRecord(TILE_PX, _SHEET_COLUMNS, _TILES_PER_SHEET, tuple(self._written))

    def _write(self) -> None:
        columns = min(len(self._tiles), _SHEET_COLUMNS)
        sheet = Image.new("RGB", (columns * TILE_PX, -(-len(self._tiles) // _SHEET_COLUMNS) * TILE_PX))
        for place, tile in enumerate(self._tiles):
            down, right = divmod(place, _SHEET_COLUMNS)
            sheet.paste(tile, (right * TILE_PX, down * TILE_PX))
        buffer = io.BytesIO()
        sheet.save(buffer, "WEBP", quality=TILE_QUALITY, method=6)
        file = f"thumbnails-{len(self._written)}.webp"
        write_atomically(self._folder / file, buffer.getvalue())
        self._written.append(FileRecord(file, hashlib.sha256(buffer.getvalue()).hexdigest()))
        self._tiles = []
