"""A split's trunk sees that split's training contents alone, and its features differ where its stages do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar
from unittest.mock import Mock

import pytest
import torch
from safetensors.torch import save
from torch import Tensor, nn

from models.training.data.splits import Split, content_disjoint_split
from models.training.data.trunk import Trunk, prepare_tuned_trunk, recorded_trunk
from models.training.fitting import fine_tuning, tuned_trunks
from models.training.fitting.fine_tuning import FineTuning, LateStages
from models.training.fitting.tuned_trunks import TuningGround, tuned_corpus, tuned_extractor, tuned_on, tuned_stages
from models.training.measuring.away import SplitCorpus
from models.training.measuring.runs import FineTuned, Protocol, run_key, run_recipe, splits_of
from models.trunk.backbone import NUM_FROZEN_STAGES, BackboneError, pool_stages
from models.trunk.features import feature_extractor, imagenet_feature_extractor, state_sha256
from models.variants.no_gmm import NoGMMConfig
from tests.models.builders import drawn_corpus, tiny_recipe
from tests.models.training.fitting.test_fine_tuning import drawn_activations

BACKBONE = "efficientnet_lite0"
NUM_TUNED = 2 * (112 + 320)
NO_GRAPH = torch.device("meta")
CPU = torch.device("cpu")
SETTINGS = FineTuning(steps=2, photographs_per_step=3, chains_per_step=1, window_px=32)


@pytest.fixture(scope="module")
def ground() -> TuningGround:
    corpus = drawn_corpus(num_photographs=20, num_references=10, num_live=6)
    activations = {
        part.dataset.name: drawn_activations(len(part.dataset.examples), seed=index, side=4, growth=0)
        for index, part in enumerate(corpus.parts)
    }
    return TuningGround(corpus, activations, BACKBONE, "0" * 64, NoGMMConfig().layout)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def stages(ground: TuningGround, runs: Path) -> list[LateStages]:
    return tuned_stages(ground, _splits(ground), SETTINGS, device=CPU, runs=runs, jobs=1)


def _splits(ground: TuningGround) -> list[Split]:
    return splits_of(ground.corpus, Protocol(num_splits=2))


class StandIn:
    """In place of the graph of tuned stages, whose export takes a quarter of a minute: any function of both will do."""

    weights: ClassVar[dict[Path, Tensor]] = {}

    def __init__(self, graph: Path, **_: object) -> None:
        self._weights = self.weights[graph]

    @classmethod
    def export(cls, module: nn.Module, path: Path, **_: object) -> None:
        """Keep one number per tuned column."""
        *_, last = (value for value in module.state_dict().values() if value.ndim == 4)
        cls.weights[path] = last.flatten()[:NUM_TUNED]
        path.touch()

    def __call__(self, views_CHW: Sequence[Tensor]) -> Tensor:
        return torch.stack([view_CHW.mean() * self._weights for view_CHW in views_CHW])


@pytest.fixture(scope="module", autouse=True)
def _short() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tuned_trunks, "export_graph", StandIn.export)
        patch.setattr(tuned_trunks, "OnnxRuntime", StandIn)
        patch.setattr(fine_tuning, "_PROBE_STEPS", 3)
        yield


def test_a_trunk_sees_no_validation_or_test_content_and_nothing_of_a_further_rated_set(ground: TuningGround) -> None:
    corpus, split = ground.corpus, content_disjoint_split(ground.corpus.references, seed=0)
    data = tuned_on(ground, split)
    seen = set(corpus.photographs.references_N[data.photograph_rows_N].tolist())
    for position, rows_L in data.chains:
        seen |= set((corpus.synthetic, corpus.further)[position].references_N[rows_L].tolist())
    assert {split.role_of_reference[name] for name in seen} == {"train"}
    live = set(corpus.rated[1].references_N.tolist())
    assert live & set(corpus.synthetic.references_N.tolist())  # else the next line says nothing
    assert not seen & live


def test_chains_are_one_content_from_clean_to_the_fifth_level(ground: TuningGround) -> None:
    corpus = ground.corpus
    data = tuned_on(ground, content_disjoint_split(corpus.references, seed=0))
    for position, rows_L in data.chains:
        examples = [(corpus.synthetic, corpus.further)[position].dataset.examples[row] for row in rows_L]
        assert [example.level for example in examples] == [0, 1, 2, 3, 4, 5]
        assert len({example.reference for example in examples}) == 1


def test_finished_trunks_are_read_and_not_tuned_again(
    ground: TuningGround, stages: list[LateStages], runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuned_trunks, "tune", Mock(side_effect=AssertionError("tuned again")))
    again = tuned_stages(ground, _splits(ground), SETTINGS, device=CPU, runs=runs, jobs=1)
    states = [late.state_dict() for late in (stages[0], again[0], stages[1])]
    assert all(torch.equal(value, states[1][name]) for name, value in states[0].items())
    assert any(not torch.equal(value, states[2][name]) for name, value in states[0].items())


def test_only_the_columns_of_tuned_stages_change(
    ground: TuningGround, stages: list[LateStages], tmp_path: Path
) -> None:
    tuned = tuned_corpus(ground, stages[0], cache=tmp_path, jobs=1)
    columns = ground.layout.tuned_columns
    for part, before in zip(tuned.parts, ground.corpus.parts, strict=True):
        changed = (part.table.features_ND != before.table.features_ND).any(0)
        assert changed[columns].mean() > 0.9
        assert not changed[: columns.start].any()
        assert not changed[columns.stop :].any()
    assert tuned.worse[0].originals.table is tuned.photographs.table


@pytest.fixture
def saved(stages: list[LateStages], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trunk:
    """A tuned trunk whose files lie under `tmp_path`; its graph is a stand-in, since an export takes long."""
    monkeypatch.setattr("models.training.data.trunk.export_graph", lambda _, path: path.write_bytes(b"graph"))
    return prepare_tuned_trunk(tuned_extractor(BACKBONE, stages[0]), root=tmp_path, device=NO_GRAPH)


def test_a_tuned_trunk_is_found_again_by_the_record_that_checkpoints_carry(saved: Trunk, tmp_path: Path) -> None:
    assert saved.record.is_fine_tuned
    assert saved.record.sha256 != state_sha256(imagenet_feature_extractor(BACKBONE))
    assert recorded_trunk(BACKBONE, saved.record, root=tmp_path, device=NO_GRAPH).record == saved.record


def test_the_extractor_of_a_tuned_file_computes_what_the_tuned_stages_do(
    stages: list[LateStages], saved: Trunk, tmp_path: Path
) -> None:
    loaded = feature_extractor(BACKBONE, tmp_path / saved.record.tuned_path)
    image_BCHW = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        got_BD = loaded(image_BCHW)
        frozen_BD = imagenet_feature_extractor(BACKBONE)(image_BCHW)
        late_BD = pool_stages(stages[0](loaded.backbone(image_BCHW)[NUM_FROZEN_STAGES - 1]))
    columns = loaded.layout.tuned_columns
    assert torch.equal(got_BD[:, columns], late_BD)
    assert not torch.equal(got_BD[:, columns], frozen_BD[:, columns])
    assert torch.equal(got_BD[:, : columns.start], frozen_BD[:, : columns.start])


@pytest.mark.parametrize("data", [b"", b"not a safetensors file", save({"0.0.weight": torch.zeros(3)})])
def test_a_file_that_is_not_of_this_backbone_s_stages_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "tuned_stages.safetensors"
    path.write_bytes(data)
    with pytest.raises(BackboneError, match=r"got tuned_stages\.safetensors"):
        feature_extractor(BACKBONE, path)


def test_a_recipe_is_measured_on_both_trunks_and_ships_on_the_tuned_one(
    ground: TuningGround, stages: list[LateStages], runs: Path, tmp_path: Path
) -> None:
    corpora = [tuned_corpus(ground, late, cache=tmp_path, jobs=1) for late in stages]
    measured = SplitCorpus(_splits(ground)[0], corpora[0])
    fine_tuned = FineTuned((measured,), corpora[1])
    recipe, protocol = tiny_recipe("no_gmm"), Protocol(num_splits=2, num_held_out_splits=1)
    run = run_recipe(recipe, ground.corpus, protocol, runs=runs, jobs=1, fine_tuned=fine_tuned)
    tuned = run.metrics.fine_tuned
    assert [run.metrics.num_splits, tuned.num_splits] == [2, 1]
    assert set(run.metrics.held_out_sets) == {"biq2021", "live"}
    assert set(tuned.held_out_sets) == {"live"}  # every tuned trunk has seen the photographs
    assert tuned.splits[0].photographs != run.metrics.splits[0].photographs
    assert (runs / run_key(recipe, corpora[1]) / "final_0.json").is_file()
    assert not (runs / run_key(recipe, ground.corpus) / "final_0.json").exists()
