"""Colour that a decoder repeated is interpolated, whatever its phase; colour of every pixel is left alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from models.images import decode
from models.images.colours.chroma import interpolate_repeated_colour
from tests.images.containers.heif_boxes import grid_of
from tests.images.embedded import heic_of_10_bits, heic_of_half_colour
from tests.images.encoding import encode, plain_tags, tiff_file
from tests.images.expected import ORIGINAL, mean_difference
from tests.images.pictures import picture


def with_colour(resample: Image.Resampling, *, across: int = 2, down: int = 2) -> NDArray[np.uint8]:
    """The natural picture, its colour averaged over these pixels and brought back to full size."""
    luma, *colour = picture().convert("YCbCr").split()
    small = (picture().width // across, picture().height // down)
    planes = [plane.resize(small, Image.Resampling.BOX).resize(picture().size, resample) for plane in colour]
    return np.array(Image.merge("YCbCr", (luma, *planes)).convert("RGB"))


def difference(one: NDArray[Any], other: NDArray[Any]) -> float:
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


@pytest.mark.parametrize(("across", "down"), [(2, 2), (2, 1), (1, 2)])
@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_repeated_colour_becomes_interpolated_colour(across: int, down: int, depth: type[Any]) -> None:
    scale = 1 if depth is np.uint8 else 257
    repeated = with_colour(Image.Resampling.NEAREST, across=across, down=down)
    wanted = with_colour(Image.Resampling.BILINEAR, across=across, down=down)
    smooth = interpolate_repeated_colour(repeated.astype(depth) * scale) / scale
    assert difference(smooth, wanted) < 0.75 < difference(repeated, wanted)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("size", [(96, 128), (95, 128), (96, 127), (95, 127)])
def test_odd_sides_and_turned_pictures_are_interpolated_alike(turns: int, size: tuple[int, int]) -> None:
    repeated = with_colour(Image.Resampling.NEAREST)[: size[0], : size[1]]
    turned = np.ascontiguousarray(np.rot90(repeated, turns))
    expected = np.rot90(interpolate_repeated_colour(repeated), turns)
    assert np.abs(interpolate_repeated_colour(turned).astype(int) - expected).max() <= 1


def test_colour_of_every_pixel_stays_as_it_is() -> None:
    assert interpolate_repeated_colour(ORIGINAL) is ORIGINAL
    smooth = with_colour(Image.Resampling.BILINEAR)
    assert interpolate_repeated_colour(smooth) is smooth


def test_luma_stays_as_it_is() -> None:
    repeated = with_colour(Image.Resampling.NEAREST)
    weights = np.array((0.299, 0.587, 0.114))
    change_HW = interpolate_repeated_colour(repeated) @ weights - repeated @ weights
    assert np.abs(change_HW).mean() < 0.3


@pytest.mark.parametrize("make", [heic_of_half_colour, heic_of_10_bits])
def test_heic_shows_what_a_jpeg_of_the_same_colour_samples_shows(make: Any) -> None:
    jpeg = decode(encode(picture(), "JPEG", quality=95, subsampling="4:2:0")).pixels_HWC
    assert mean_difference(decode(make()), jpeg) < 1.6


@pytest.mark.parametrize(("rows", "columns", "size"), [(1, 2, (256, 96)), (2, 2, (255, 191))])
def test_heic_of_tiles_shows_what_a_jpeg_shows_and_has_no_seams(rows: int, columns: int, size: tuple[int, int]) -> None:
    whole_HWC = np.tile(ORIGINAL, (rows, columns, 1))[: size[1], : size[0]]
    jpeg = decode(encode(Image.fromarray(whole_HWC), "JPEG", quality=95, subsampling="4:2:0")).pixels_HWC
    image = decode(grid_of(heic_of_half_colour(), rows=rows, columns=columns, size=size))
    assert (image.width, image.height, image.notes) == (*size, ())
    assert mean_difference(image, jpeg) < 1.6
    assert difference(image.pixels_HWC[:, 126:130], jpeg[:, 126:130]) < 1.6


def test_old_jpeg_and_raw_ycbcr_in_tiff_show_what_the_jpeg_shows() -> None:
    stream = encode(picture(), "JPEG", quality=95, subsampling="4:2:0")
    jpeg = decode(stream).pixels_HWC
    tags = {**plain_tags(ORIGINAL), 259: 6, 262: 6, 279: len(stream), 513: 8, 514: len(stream)}
    assert mean_difference(decode(tiff_file(stream, tags)), jpeg) < 1
    luma, blue, red = (np.asarray(plane) for plane in picture().convert("YCbCr").split())
    units = [luma[down::2, across::2] for down in (0, 1) for across in (0, 1)]
    units += [np.asarray(Image.fromarray(plane).reduce(2)) for plane in (blue, red)]
    raw = np.stack(units, axis=2).tobytes()
    stored = tiff_file(raw, {**plain_tags(ORIGINAL), 262: 6, 530: (2, 2), 279: len(raw)})
    assert mean_difference(decode(stored), with_colour(Image.Resampling.BILINEAR)) < 1.5
