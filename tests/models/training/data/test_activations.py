"""Cached activations are what the backbone's first stages make of the whole picture, and are made once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from models.training.data import activations as activations_module
from models.training.data.activations import Activations, EarlyStages, cached_activations
from models.training.data.datasets import Dataset, DatasetError, Example
from models.trunk.backbone import NUM_FROZEN_STAGES, Backbone, imagenet_backbone
from models.trunk.preprocess import Preprocess, PreprocessConfig

PREPROCESS = Preprocess(PreprocessConfig())
SIZES = ((64, 96), (97, 75), (40, 33))
"""Height and width of each picture."""


@pytest.fixture(scope="module")
def backbone() -> Backbone:
    return imagenet_backbone()


@pytest.fixture(scope="module", autouse=True)
def _no_export(backbone: Backbone) -> Iterator[None]:
    """Torch computes what the graph would: its export takes a quarter of a minute."""
    stages = EarlyStages(backbone).eval()

    @torch.inference_mode()
    def run(views_CHW: Sequence[Tensor]) -> Tensor:
        return torch.cat([stages(view_CHW[None]) for view_CHW in views_CHW])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(activations_module, "export_graph", lambda _module, path, _names: path.touch())
        patch.setattr(activations_module, "_runtime", lambda _graph: run)
        yield


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("pictures")
    rng = np.random.default_rng(0)
    examples = []
    for index, size in enumerate(SIZES):
        path = folder / f"{index}.png"
        Image.fromarray(rng.integers(0, 256, (*size, 3), dtype=np.uint8)).save(path)
        examples.append(Example(path.name, path.name, path, 0.5))
    return Dataset("pictures", tuple(examples))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def made(dataset: Dataset, backbone: Backbone, root: Path) -> Activations:
    return _made(dataset, backbone, root)


def _made(dataset: Dataset, backbone: Backbone, root: Path, preprocess: Preprocess = PREPROCESS) -> Activations:
    return cached_activations(dataset, backbone, preprocess, trunk_sha256="0" * 64, root=root, jobs=1)


def test_each_picture_has_what_the_first_stages_make_of_it_at_its_own_size(
    made: Activations, dataset: Dataset, backbone: Backbone
) -> None:
    assert len(made) == len(SIZES)
    for index, (height, width) in enumerate(SIZES):
        (view_CHW,) = PREPROCESS(dataset.examples[index].render().image).views_CHW
        with torch.inference_mode():
            wanted_1CHW = EarlyStages(backbone)(view_CHW[None])
        assert made[index].shape == (backbone.stage_channels[NUM_FROZEN_STAGES - 1], -(-height // 8), -(-width // 8))
        assert np.allclose(made[index], wanted_1CHW[0].numpy(), rtol=2e-3, atol=2e-3)


def test_finished_pictures_are_read_and_a_half_written_one_is_made_again(
    made: Activations, dataset: Dataset, backbone: Backbone, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [made[index].copy() for index in range(len(made))]
    (folder,) = root.glob("activations_*")
    sizes_N2 = np.load(folder / "sizes.npy")
    sizes_N2[2] = 0  # the third was being written when the run stopped
    np.save(folder / "sizes.npy", sizes_N2)
    computed = Mock(wraps=activations_module._computed)
    monkeypatch.setattr(activations_module, "_computed", computed)
    again = _made(dataset, backbone, root)
    assert [example.example_id for example in computed.call_args.args[0]] == ["2.png"]
    assert all(np.array_equal(again[index], wanted[index]) for index in range(len(SIZES)))


def test_a_picture_that_is_not_scored_whole_is_refused(dataset: Dataset, backbone: Backbone, root: Path) -> None:
    small = Preprocess(PreprocessConfig(native_max_pixels=2000, crop_px=32, overview_px=32))
    with pytest.raises(DatasetError, match=r"got 0\.png with more than 2,000 pixels"):
        _made(dataset, backbone, root, small)
