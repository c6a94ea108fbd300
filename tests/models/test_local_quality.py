"""Windows cover a picture, know nothing of what is outside them, and agree with scores of whole pictures."""

from __future__ import annotations

import itertools
from collections.abc import Generator
from functools import cache
from typing import Final

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image, ImageFilter

import models
from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.checkpoints.reading import checkpoint_folders
from models.images import RGBImage, decode
from models.local_quality import WINDOW_PX, LocalQuality, NoLocalQuality, WindowAxis, WindowGrid, assess_windows
from models.predictor import Predictor
from models.trunk.preprocess import Preprocess, PreprocessConfig
from tests.conftest import Draw
from tests.models.builders import generic_head, tiny_config
from tests.places import SAMPLES

SHIPPED: Final = tuple(folder.name for folder in checkpoint_folders(CHECKPOINTS_FOLDER))
SEES_CROPS: Final = "distortion_aware_seed"
AGREEMENT_POINTS: Final = 1e-3
"""A window that is the whole picture gives its score; the head sees one row or several, which rounds differently."""
MARGIN_POINTS: Final = 15
"""Blur of 4 px costs the windows of a sharp photograph about 40 points."""


@cache
def predictor(checkpoint_id: str) -> Predictor:
    return models.load(checkpoint_id, device="cpu")


def photograph(file: str) -> NDArray[np.uint8]:
    """The middle of a sample, two rows of windows high."""
    return decode((SAMPLES / file).read_bytes()).pixels_HWC[80:240]


def image(pixels_HWC: NDArray[np.uint8]) -> RGBImage:
    return RGBImage(pixels_HWC, "PNG")


def blurred_in(pixels_HWC: NDArray[np.uint8], columns: slice) -> NDArray[np.uint8]:
    blurred_HWC = np.asarray(Image.fromarray(pixels_HWC).filter(ImageFilter.GaussianBlur(4)))
    result_HWC = pixels_HWC.copy()
    result_HWC[:, columns] = blurred_HWC[:, columns]
    return result_HWC


def value_of(steps: Generator[None, None, LocalQuality]) -> LocalQuality:
    """What a generator returns in the end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: LocalQuality = end.value
            return result


def inside(local: LocalQuality, start: int, end: int) -> NDArray[np.bool_]:
    """Which columns of windows lie wholly between two pixels: (C,)."""
    return np.array([start <= span.start and span.end <= end for span in local.columns.spans])


@pytest.mark.parametrize("file", ["coffee.jpg", "brook.jpg"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_blurred_half_scores_lower_and_leaves_the_other_as_it_was(file: str, side: str) -> None:
    sharp_HWC = photograph(file)
    width = sharp_HWC.shape[1]
    halves = {"left": (0, width // 2), "right": (width // 2, width)}
    damaged, untouched = halves[side], halves["right" if side == "left" else "left"]
    before = value_of(predictor("moe").local(image(sharp_HWC)))
    after = value_of(predictor("moe").local(image(blurred_in(sharp_HWC, slice(*damaged)))))
    hurt_C, kept_C = inside(after, *damaged), inside(after, *untouched)
    assert hurt_C.any()
    assert kept_C.any()
    np.testing.assert_allclose(after.scores_RC[:, kept_C], before.scores_RC[:, kept_C], atol=AGREEMENT_POINTS)
    assert after.scores_RC[:, hurt_C].mean() < before.scores_RC[:, hurt_C].mean() - MARGIN_POINTS
    assert after.scores_RC[:, hurt_C].mean() < after.scores_RC[:, kept_C].mean()


@pytest.mark.parametrize("checkpoint_id", [name for name in SHIPPED if name != SEES_CROPS])
def test_a_picture_of_one_window_scores_as_it_does_whole(checkpoint_id: str) -> None:
    crop = image(photograph("coffee.jpg")[:WINDOW_PX, 60 : 60 + WINDOW_PX])
    assert predictor(checkpoint_id).has_local_quality
    local, whole = value_of(predictor(checkpoint_id).local(crop)), predictor(checkpoint_id).predict(crop)
    assert local.scores_RC.shape == (1, 1)
    assert local.scores_RC[0, 0] == pytest.approx(whole.score.value, abs=AGREEMENT_POINTS)
    if whole.posteriors is None:
        assert local.clusters_RC is None
    else:
        assert local.clusters_RC is not None
        assert local.clusters_RC[0, 0] == np.argmax(whole.posteriors)


def test_a_window_scores_as_its_pixels_do_alone() -> None:
    pixels_HWC = photograph("brook.jpg")
    local = value_of(predictor("moe").local(image(pixels_HWC)))
    down, across = local.rows.spans[1], local.columns.spans[5]
    alone = predictor("moe").predict(image(pixels_HWC[down.start : down.end, across.start : across.end]))
    assert local.scores_RC[1, 5] == pytest.approx(alone.score.value, abs=AGREEMENT_POINTS)


@pytest.mark.parametrize("side_px", [32, 100, 127, 128, 129, 135, 136, 160, 341, 512, 1023])
@pytest.mark.parametrize("stride_px", [32, 64])
def test_windows_and_cells_cover_a_side(side_px: int, stride_px: int) -> None:
    axis = WindowAxis.of(side_px, stride_px)
    assert (axis.spans[0].start, axis.spans[-1].end) == (0, side_px)
    assert (axis.edges[0], axis.edges[-1]) == (0, side_px)
    assert len(axis.edges) == len(axis.spans) + 1
    assert all(one < other for one, other in itertools.pairwise(axis.edges))
    for one, other in itertools.pairwise(axis.spans):
        assert other.start % 8 == 0
        assert 0 < other.start - one.start <= stride_px
    for span, (low, high) in zip(axis.spans, itertools.pairwise(axis.edges), strict=True):
        assert min(WINDOW_PX, side_px) <= span.end - span.start < WINDOW_PX + 8
        assert span.start <= low
        assert high <= span.end


def test_a_grid_is_fine_until_its_windows_are_too_many() -> None:
    assert WindowGrid.of(384, 512).stride_px == 32
    assert WindowGrid.of(1024, 1024).stride_px == 64
    assert max(WindowGrid.of(height, width).count for height, width in [(384, 512), (700, 700), (1024, 1024)]) <= 225


def test_a_large_picture_is_shrunk_and_read_in_its_own_pixels(draw_picture: Draw) -> None:
    config = PreprocessConfig(native_max_pixels=40_000, overview_px=192)
    large = image(draw_picture(0, height=300, width=384))
    head = generic_head(tiny_config("moe"))
    rows = torch.Generator().manual_seed(0)
    local = value_of(
        assess_windows(
            large,
            preprocess=Preprocess(config),
            runtime=lambda views: torch.randn(len(views), head.config.layout.num_features, generator=rows),
            head=head,
            manifest=predictor("moe").manifest,
        )
    )
    assert (local.rows.edges[-1], local.columns.edges[-1]) == (300, 384)
    assert (local.rows.spans[-1].end, local.columns.spans[-1].end) == (300, 384)
    assert (local.window_px, local.stride_px) == (256, 64)
    assert local.notes == ("384 x 300 px were shrunk to 192 x 150 px before windows were taken",)
    assert local.scores_RC.shape == (len(local.rows.spans), len(local.columns.spans)) == (2, 3)


def test_a_variant_that_sees_crops_has_none() -> None:
    head = generic_head(tiny_config("distortion_aware", "seed"))
    steps = assess_windows(
        image(np.zeros((64, 64, 3), np.uint8)),
        preprocess=Preprocess(PreprocessConfig()),
        runtime=lambda views: torch.zeros(len(views), head.config.layout.num_features),
        head=head,
        manifest=predictor("moe").manifest,
    )
    with pytest.raises(NoLocalQuality, match="expected a variant without crops"):
        next(steps)
