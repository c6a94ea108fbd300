"""Features are computed once, go on where they were stopped, and are thrown away when anything behind them changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from models.training.data.datasets import Dataset, Example
from models.training.data.feature_cache import FeatureTable, cache_key, cached_features
from models.trunk.preprocess import Preprocess, PreprocessConfig
from tests.conftest import Draw

NUM_PICTURES = 5


class CountingRuntime:
    """Mean colour as features; fails on one picture."""

    def __init__(self, *, fails_on: Tensor | None = None) -> None:
        self.calls = 0
        self.fails_on = fails_on

    def __call__(self, views_CHW: Sequence[Tensor]) -> Tensor:
        self.calls += 1
        if self.fails_on is not None and torch.equal(views_CHW[0], self.fails_on):
            raise InterruptedError("power cut")
        return torch.stack([view_CHW.mean((1, 2)) for view_CHW in views_CHW])


@pytest.fixture
def dataset(tmp_path: Path, draw_picture: Draw) -> Dataset:
    paths = [tmp_path / f"{seed}.png" for seed in range(NUM_PICTURES)]
    for seed, path in enumerate(paths):
        Image.fromarray(draw_picture(seed, height=32, width=32)).save(path)
    return Dataset("mini", tuple(Example(path.name, f"mini/{path.name}", path, 0.5) for path in paths))


def _cached(dataset: Dataset, runtime: CountingRuntime, root: Path) -> FeatureTable:
    return cached_features(
        dataset, runtime, Preprocess(PreprocessConfig()), trunk_sha256="t", num_features=3, root=root
    )


def test_rows_follow_the_examples_and_are_computed_once(dataset: Dataset, tmp_path: Path) -> None:
    runtime = CountingRuntime()
    first = _cached(dataset, runtime, tmp_path / "cache")
    again = _cached(dataset, runtime, tmp_path / "cache")
    assert runtime.calls == NUM_PICTURES
    assert np.array_equal(first.features_ND, again.features_ND)
    assert first.class_index_N.tolist() == [-1] * NUM_PICTURES
    for row, example in enumerate(dataset.examples):
        pixels_HWC = example.render().image.pixels_HWC
        np.testing.assert_allclose(first.features_ND[row], (pixels_HWC.mean((0, 1)) - 127) / 128, atol=1e-5)


def test_a_run_that_was_stopped_goes_on_where_it_was(dataset: Dataset, tmp_path: Path) -> None:
    last_CHW = Preprocess(PreprocessConfig())(dataset.examples[-1].render().image).views_CHW[0]
    with pytest.raises(InterruptedError):
        _cached(dataset, CountingRuntime(fails_on=last_CHW), tmp_path / "cache")
    runtime = CountingRuntime()
    resumed = _cached(dataset, runtime, tmp_path / "cache")
    assert runtime.calls == 1
    whole = _cached(dataset, CountingRuntime(), tmp_path / "elsewhere")
    assert np.array_equal(resumed.features_ND, whole.features_ND)


def test_the_key_changes_with_data_trunk_and_preprocessing(dataset: Dataset) -> None:
    preprocess = Preprocess(PreprocessConfig())
    fewer = Dataset("mini", dataset.examples[1:])
    keys = {
        cache_key(dataset, "t", preprocess),
        cache_key(fewer, "t", preprocess),
        cache_key(dataset, "u", preprocess),
        cache_key(dataset, "t", Preprocess(PreprocessConfig(crop_px=256))),
    }
    assert len(keys) == 4


def test_the_key_changes_with_the_pixels_of_files_that_keep_their_names(dataset: Dataset, draw_picture: Draw) -> None:
    preprocess = Preprocess(PreprocessConfig())
    before = cache_key(dataset, "t", preprocess)
    Image.fromarray(draw_picture(9)).save(dataset.examples[0].source)
    assert cache_key(Dataset(dataset.name, dataset.examples), "t", preprocess) != before


def test_features_follow_the_pixels_of_files_that_keep_their_names(
    dataset: Dataset, tmp_path: Path, draw_picture: Draw
) -> None:
    before = _cached(dataset, CountingRuntime(), tmp_path / "cache")
    Image.fromarray(draw_picture(9, height=32, width=32)).save(dataset.examples[0].source)
    repaired, runtime = Dataset(dataset.name, dataset.examples), CountingRuntime()
    after = _cached(repaired, runtime, tmp_path / "cache")
    fresh = _cached(repaired, CountingRuntime(), tmp_path / "elsewhere")
    assert runtime.calls > 0
    assert np.array_equal(after.features_ND, fresh.features_ND)
    assert not np.array_equal(after.features_ND[0], before.features_ND[0])


def test_the_key_of_synthetic_pictures_alone_changes_with_the_distortions(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    preprocess, photograph = Preprocess(PreprocessConfig()), dataset.examples[0].source
    distorted = Dataset("mini", (Example("a", "mini/a", photograph, 0.5, "jpeg", 3),))
    before = [cache_key(part, "t", preprocess) for part in (dataset, distorted)]
    monkeypatch.setattr("models.training.data.feature_cache.distortions_sha256", lambda: "other code")
    after = [cache_key(part, "t", preprocess) for part in (dataset, distorted)]
    assert after[0] == before[0]
    assert after[1] != before[1]
