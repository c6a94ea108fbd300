"""Crops are cut once, kept on disk, and chosen without a copy; who needs them and has none is told so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from models.heads.config import ConfigError
from models.training.data import crop_cache
from models.training.data.crop_cache import Crops, cached_crops, crops_key, crops_seen
from models.training.data.datasets import Dataset, Example
from models.trunk.crops import normalise_crops, picture_crop
from tests.conftest import Draw
from tests.models.builders import drawn_crops, generic_head, tiny_config

CROP_PX = 24


@pytest.fixture(autouse=True)
def _distortions(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the distortions do is known without drawing all of them."""
    monkeypatch.setattr(crop_cache, "distortions_sha256", lambda: "this code")


@pytest.fixture
def dataset(tmp_path: Path, draw_picture: Draw) -> Dataset:
    """A photograph, and another one under a distortion."""
    paths = [tmp_path / f"{seed}.png" for seed in range(2)]
    for seed, path in enumerate(paths):
        Image.fromarray(draw_picture(seed, height=32, width=40)).save(path)
    photograph, distorted = paths
    return Dataset(
        "mini",
        (Example("a", "mini/a", photograph, 0.5), Example("b", "mini/b", distorted, 0.5, "gaussian_blur", 5)),
    )


def _cached(dataset: Dataset, root: Path, crop_px: int = CROP_PX) -> Crops:
    crops = cached_crops(dataset, crop_px, root=root)
    assert crops is not None
    return crops


def test_rows_are_the_rendered_pictures_crops(dataset: Dataset, tmp_path: Path) -> None:
    crops = _cached(dataset, tmp_path / "cache")
    expected = np.stack([picture_crop(example.render().image, CROP_PX) for example in dataset.examples])
    assert torch.equal(crops.normalised(), normalise_crops(expected))
    assert torch.equal(crops[torch.tensor([1, 0, 1])].normalised(), crops.normalised()[[1, 0, 1]])


def test_crops_are_cut_once_for_each_size(dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _cached(dataset, tmp_path / "cache")
    with monkeypatch.context() as patch:
        patch.setattr(Example, "render", lambda _: pytest.fail("rendered again"))
        assert torch.equal(_cached(dataset, tmp_path / "cache").normalised(), first.normalised())
    assert _cached(dataset, tmp_path / "cache", 16).normalised().shape == (2, 3, 16, 16)


def test_crops_follow_the_pixels_of_files_that_keep_their_names(
    dataset: Dataset, tmp_path: Path, draw_picture: Draw
) -> None:
    before = _cached(dataset, tmp_path / "cache").normalised()
    Image.fromarray(draw_picture(9, height=32, width=40)).save(dataset.examples[0].source)
    repaired = Dataset(dataset.name, dataset.examples)
    after = _cached(repaired, tmp_path / "cache").normalised()
    assert torch.equal(after, _cached(repaired, tmp_path / "elsewhere").normalised())
    assert not torch.equal(after[0], before[0])


def test_the_key_changes_with_the_distortions_where_pictures_have_any(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    photographs = Dataset("mini", dataset.examples[:1])
    before = [crops_key(part, CROP_PX) for part in (photographs, dataset)]
    monkeypatch.setattr(crop_cache, "distortions_sha256", lambda: "other code")
    after = [crops_key(part, CROP_PX) for part in (photographs, dataset)]
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_without_a_size_nothing_is_cut(dataset: Dataset, tmp_path: Path) -> None:
    assert cached_crops(dataset, None, root=tmp_path / "cache") is None
    assert not (tmp_path / "cache").exists()


def test_a_picture_without_a_crop_is_known_and_refused_when_its_pixels_are_asked_for() -> None:
    crops = drawn_crops(3).without(2)
    assert crops.kept_B.tolist() == [True, True, True, False, False]
    assert crops[:3].normalised().shape[0] == 3
    with pytest.raises(ConfigError, match="got 1 of 2 pictures without a crop, expected one of each"):
        crops[2:4].normalised()


def test_a_head_is_given_the_crops_it_sees_one_part_after_the_other() -> None:
    seeing, other = generic_head(tiny_config("distortion_aware", "seed")), generic_head(tiny_config("no_gmm"))
    one, two = drawn_crops(3), drawn_crops(5)[3:]
    assert crops_seen(other, one, two) == crops_seen(other) == ()
    (crops_BCHW,) = crops_seen(seeing, one, two)
    assert torch.equal(crops_BCHW, drawn_crops(5).normalised())
    for missing in [(), (None,), (one, None)]:
        with pytest.raises(ConfigError, match=r"got pictures without crops for distortion_aware \(seed\), expected"):
            crops_seen(seeing, *missing)
