"""The shipped checkpoints on the shipped photographs: more blur always scores lower."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from PIL import Image, ImageFilter
from pydantic import TypeAdapter

import models
from models.images import decode
from models.predictor import Predictor
from models.training.pictures.samples import MANIFEST_NAME, SampleEntry
from tests.places import SAMPLES

ENTRIES: Final = TypeAdapter(tuple[SampleEntry, ...]).validate_json((SAMPLES / MANIFEST_NAME).read_bytes())
UNDISTORTED: Final = tuple(entry.file for entry in ENTRIES if entry.distortion is None)
SIGMAS_PX: Final = (1, 2, 4)

each_checkpoint = pytest.mark.parametrize("checkpoint_id", ["moe", "no_gmm"])


@cache
def predictor(checkpoint_id: str) -> Predictor:
    return models.load(checkpoint_id)


def photograph(file: str) -> Image.Image:
    return Image.fromarray(decode((SAMPLES / file).read_bytes()).pixels_HWC)


@each_checkpoint
@pytest.mark.parametrize("file", UNDISTORTED)
def test_more_blur_scores_lower(checkpoint_id: str, file: str) -> None:
    sharp = photograph(file)
    rungs = [sharp, *(sharp.filter(ImageFilter.GaussianBlur(sigma_px)) for sigma_px in SIGMAS_PX)]
    scores = [predictor(checkpoint_id).score(rung).score.value for rung in rungs]
    assert all(milder > stronger for milder, stronger in itertools.pairwise(scores)), scores


@each_checkpoint
@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.distortion], ids=lambda entry: entry.file)
def test_a_distorted_sample_scores_lower_than_its_photograph(checkpoint_id: str, entry: SampleEntry) -> None:
    original = next(file for file in UNDISTORTED if entry.file.startswith(f"{Path(file).stem}-"))
    score = predictor(checkpoint_id).score
    assert score(SAMPLES / entry.file).score.value < score(SAMPLES / original).score.value
