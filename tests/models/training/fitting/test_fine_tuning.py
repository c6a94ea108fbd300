"""Fine-tuning starts from ImageNet's stages, learns what it is shown, and goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
import torch
from torch import Tensor

from models.taxonomy import CLEAN, TAXONOMY
from models.training.data.activations import Activations
from models.training.fitting import fine_tuning
from models.training.fitting.fine_tuning import FineTuning, LateStages, TunedOn, tune
from models.trunk.backbone import Backbone, imagenet_backbone

CPU = torch.device("cpu")
SETTINGS = FineTuning(steps=4, photographs_per_step=3, chains_per_step=1, window_px=64)


def drawn_activations(count: int, *, seed: int, side: int = 10, growth: int = 1) -> Activations:
    """Random activations of the backbone's third stage, each picture a little larger than the one before."""
    rng = np.random.default_rng(seed)
    sizes_N2 = np.array([(side + growth * index, side) for index in range(count)], dtype=np.int64)
    lengths_N = 40 * sizes_N2.prod(1)
    values = rng.normal(0, 1, int(lengths_N.sum())).astype(np.float16)
    return Activations(values, sizes_N2, np.concatenate([[0], np.cumsum(lengths_N)[:-1]]), 40)


@pytest.fixture(scope="module", autouse=True)
def _short_probe() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fine_tuning, "_PROBE_STEPS", 3)
        yield


@pytest.fixture(scope="module")
def backbone() -> Backbone:
    return imagenet_backbone()


@pytest.fixture(scope="module")
def data() -> TunedOn:
    classes_N = np.array([TAXONOMY.class_index(name) for name in (CLEAN, *["jpeg"] * 5)])
    return TunedOn(
        photographs=drawn_activations(4, seed=0),
        photograph_rows_N=np.array([0, 2, 3]),
        photograph_scores_N=np.array([20.0, 50.0, 80.0], dtype=np.float32),
        synthetic=(drawn_activations(6, seed=1),),
        synthetic_scores=(np.linspace(80, 10, 6).astype(np.float32),),
        synthetic_classes=(classes_N,),
        chains=((0, np.arange(6)),),
    )


def _same(stages: LateStages, others: LateStages) -> bool:
    other = others.state_dict()
    return all(torch.equal(value, other[name]) for name, value in stages.state_dict().items())


def test_before_a_step_the_late_stages_are_those_of_the_backbone(backbone: Backbone) -> None:
    image_BCHW = torch.randn(1, 3, 96, 128, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        *_, third_BCHW, fourth_BCHW, fifth_BCHW = backbone(image_BCHW)
        late_BCHW = LateStages(backbone)(third_BCHW)
    assert [torch.equal(got, wanted) for got, wanted in zip(late_BCHW, (fourth_BCHW, fifth_BCHW), strict=True)] == [
        True,
        True,
    ]


def test_tuning_changes_weights_and_leaves_the_backbone_and_batch_statistics_alone(
    backbone: Backbone, data: TunedOn, tmp_path: Path
) -> None:
    before = {name: value.clone() for name, value in backbone.state_dict().items()}
    tuned = tune(backbone, data, SETTINGS, device=CPU, unfinished=tmp_path / "unfinished", name="test")
    assert all(torch.equal(value, before[name]) for name, value in backbone.state_dict().items())
    original = LateStages(backbone).state_dict()
    changed = {name for name, value in tuned.state_dict().items() if not torch.equal(value, original[name])}
    assert {name for name in original if name.endswith("weight")} <= changed
    assert not any("running" in name or "num_batches" in name for name in changed)


def test_a_stopped_tuning_ends_where_an_unbroken_one_does(
    backbone: Backbone, data: TunedOn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tune(backbone, data, SETTINGS, device=CPU, unfinished=tmp_path / "whole", name="test")
    monkeypatch.setattr(fine_tuning, "_REPORT_EVERY", 2)
    unfinished = tmp_path / "stopped"
    with monkeypatch.context() as patch:
        patch.setattr(fine_tuning, "_losses", Mock(side_effect=_until(3)))
        with pytest.raises(KeyboardInterrupt):
            tune(backbone, data, SETTINGS, device=CPU, unfinished=unfinished, name="test")
    steps = Mock(wraps=fine_tuning._losses)
    monkeypatch.setattr(fine_tuning, "_losses", steps)
    assert _same(tune(backbone, data, SETTINGS, device=CPU, unfinished=unfinished, name="test"), whole)
    assert steps.call_count == 2


def _until(count: int) -> Callable[..., dict[str, Tensor]]:
    """The losses for as many steps, then Ctrl-C."""
    whole, left = fine_tuning._losses, iter(range(count))

    def losses(*arguments: Any) -> dict[str, Tensor]:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return whole(*arguments)

    return losses


def test_more_steps_tell_the_chain_s_classes_better(backbone: Backbone, data: TunedOn, tmp_path: Path) -> None:
    settings = replace(SETTINGS, steps=12, photographs_per_step=2, learning_rate=1e-3)
    said = []
    whole = fine_tuning._losses

    def recording(*arguments: Any) -> dict[str, Tensor]:
        losses = whole(*arguments)
        said.append(losses["type"].item())
        return losses

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fine_tuning, "_losses", recording)
        tune(backbone, data, settings, device=CPU, unfinished=tmp_path / "unfinished", name="test")
    assert np.mean(said[-3:]) < np.mean(said[:3])


def test_windows_of_a_chain_are_cut_at_one_place_and_a_small_picture_is_mirrored() -> None:
    rng = np.random.default_rng(0)
    values_CHW = rng.normal(size=(2, 6, 9)).astype(np.float16)
    place = np.array([0.5, 0.5])
    assert np.array_equal(fine_tuning._window(values_CHW, place, 4), fine_tuning._window(values_CHW.copy(), place, 4))
    larger_CHW = fine_tuning._window(values_CHW, np.array([0.0, 0.0]), 8)
    assert larger_CHW.shape == (2, 8, 8)
    assert np.array_equal(larger_CHW[:, 6:, :], values_CHW[:, [5, 4], :8])
