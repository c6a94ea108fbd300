"""One fine-tuned trunk per split, and a corpus with its features: what heads on fine-tuned features are fitted on.

A split's trunk is tuned on that split's training contents alone. It never sees a further rated set, nor a content of
one: figures of such a set held out whole stay honest. All variants of a split share its trunk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from joblib import Parallel, delayed
from safetensors.torch import load as load_safetensors
from safetensors.torch import save as save_safetensors

from models.files import write_atomically
from models.training.data.activations import Activations, cached_activations
from models.training.data.corpus import Corpus, LabelledFeatures, level_chains
from models.training.data.feature_cache import FeatureTable, progress_bar
from models.training.data.splits import Split
from models.training.fitting.fine_tuning import (
    FINE_TUNING_VERSION,
    FineTuning,
    LateStages,
    PooledLateStages,
    TunedOn,
    tune,
)
from models.trunk.backbone import NUM_FROZEN_STAGES, Backbone, imagenet_backbone
from models.trunk.features import FeatureExtractor, FeatureLayout, OnnxRuntime, export_graph
from models.trunk.preprocess import MIN_SIDE_PX, Preprocess

NUM_TUNED_SPLITS: Final = 3
"""Splits on which fine-tuned figures are measured: a trunk takes some twenty minutes on two cores."""


@dataclass(frozen=True)
class TuningGround:
    """What trunks are tuned on: a corpus with the frozen trunk's features, and activations by data set."""

    corpus: Corpus
    activations: dict[str, Activations]
    backbone_name: str
    frozen_sha256: str
    layout: FeatureLayout


def tuning_ground(
    corpus: Corpus,
    *,
    backbone: str,
    frozen_sha256: str,
    layout: FeatureLayout,
    preprocess: Preprocess,
    cache: Path,
    jobs: int,
) -> TuningGround:
    """Activations of every data set of a corpus, from the cache or computed."""
    network = imagenet_backbone(backbone)
    activations = {
        part.dataset.name: cached_activations(
            part.dataset, network, preprocess, trunk_sha256=frozen_sha256, root=cache, jobs=jobs
        )
        for part in corpus.parts
    }
    return TuningGround(corpus, activations, backbone, frozen_sha256, layout)


def tuned_stages(
    ground: TuningGround, splits: Sequence[Split], settings: FineTuning, *, device: torch.device, runs: Path, jobs: int
) -> list[LateStages]:
    """The tuned stages of every split, in order; finished ones are read, stopped ones go on.

    On the CPU there are `jobs` at a time, a thread each; elsewhere one after the other.
    """
    folder = runs / f"fine_tuned-{_key(ground, settings)}"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"split_{split.seed:02}.safetensors" for split in splits]
    work = [
        delayed(_finish)(ground, split, settings, device, path)
        for split, path in zip(splits, paths, strict=True)
        if not path.is_file()
    ]
    Parallel(n_jobs=jobs if device.type == "cpu" else 1)(work)
    return [_read(ground.backbone_name, path) for path in paths]


def _key(ground: TuningGround, settings: FineTuning) -> str:
    datasets = [part.sha256 for part in ground.corpus.parts]
    parts = [FINE_TUNING_VERSION, ground.frozen_sha256, asdict(settings), datasets]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def _finish(ground: TuningGround, split: Split, settings: FineTuning, device: torch.device, path: Path) -> None:
    torch.set_num_threads(1)
    unfinished = path.with_suffix(".unfinished")
    backbone = imagenet_backbone(ground.backbone_name)
    settings = replace(settings, seed=settings.seed + split.seed)
    data = tuned_on(ground, split)
    late = tune(backbone, data, settings, device=device, unfinished=unfinished, name=path.stem)
    write_atomically(path, save_safetensors({key: value.contiguous() for key, value in late.state_dict().items()}))
    unfinished.unlink(missing_ok=True)


def _read(backbone: str, path: Path) -> LateStages:
    late = LateStages(imagenet_backbone(backbone))
    late.load_state_dict(load_safetensors(path.read_bytes()))
    return late.eval().requires_grad_(False)


def tuned_on(ground: TuningGround, split: Split) -> TunedOn:
    """The training fold of a split, without further rated sets and their contents."""
    corpus = ground.corpus
    further = {name for part in corpus.rated[1:] for name in part.references_N.tolist()}
    split = split.with_test(sorted(further))
    scales = corpus.scales(split)
    photographs = corpus.photographs
    rows_N = split.indices(photographs.references_N.tolist(), "train")
    parts = (corpus.synthetic, corpus.further)
    chains = [(position, rows_L) for position, part in enumerate(parts) for rows_L in _training_chains(part, split)]
    return TunedOn(
        photographs=ground.activations[photographs.dataset.name],
        photograph_rows_N=rows_N,
        photograph_scores_N=scales.rated[0](photographs.labels_N[rows_N]),
        synthetic=tuple(ground.activations[part.dataset.name] for part in parts),
        synthetic_scores=tuple(scales.synthetic(part.labels_N) for part in parts),
        synthetic_classes=tuple(part.table.class_index_N.astype(np.int64) for part in parts),
        chains=tuple(chains),
    )


def _training_chains(part: LabelledFeatures, split: Split) -> np.ndarray:
    rows_N = split.indices(part.references_N.tolist(), "train")
    return rows_N[level_chains([part.dataset.examples[row] for row in rows_N])]


def tuned_extractor(backbone: str, late: LateStages) -> FeatureExtractor:
    """The whole trunk with tuned stages on top of the frozen ones."""
    network: Backbone = imagenet_backbone(backbone)
    for stage, tuned in zip(network.stages[NUM_FROZEN_STAGES:], late.stages, strict=True):
        stage.load_state_dict(tuned.state_dict())
    return FeatureExtractor(network).eval().requires_grad_(False)


def tuned_corpus(ground: TuningGround, late: LateStages, *, cache: Path, jobs: int) -> Corpus:
    """The corpus with a tuned trunk's features, from the cache or computed from activations.

    Columns of the frozen stages and of the statistics are the frozen trunk's own.
    """
    digest = hashlib.sha256(b"".join(value.numpy().tobytes() for value in late.state_dict().values())).hexdigest()
    tables = {
        part.dataset.name: (
            part.table,
            ground.activations[part.dataset.name],
            cache / f"{_name(ground, part, digest)}.npy",
        )
        for part in ground.corpus.parts
    }
    missing = [(activations, path) for _, activations, path in tables.values() if not path.is_file()]
    if missing:
        graph = cache / f"late_{digest[:12]}.onnx"
        channels = ground.layout.stage_channels[NUM_FROZEN_STAGES - 1]
        export_graph(PooledLateStages(late), graph, num_channels=channels, smallest_side=MIN_SIDE_PX // 8)
        with progress_bar() as bar:
            done = Parallel(n_jobs=jobs, return_as="generator_unordered")(
                delayed(_compute)(graph, activations, path) for activations, path in missing
            )
            for _ in bar.track(done, total=len(missing), description="fine-tuned features"):
                pass
        graph.unlink()
    columns = ground.layout.tuned_columns
    return ground.corpus.with_tables(
        {name: _with_columns(table, columns, np.load(path)) for name, (table, _, path) in tables.items()}
    )


def _name(ground: TuningGround, part: LabelledFeatures, digest: str) -> str:
    key = json.dumps([part.sha256, ground.frozen_sha256, digest])
    return f"late_{part.dataset.name}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _compute(graph: Path, activations: Activations, path: Path) -> None:
    runtime = OnnxRuntime(graph, num_threads=1)
    partial_path = path.with_suffix(".partial.npy")
    rows = [runtime([torch.from_numpy(activations[index].astype(np.float32))]) for index in range(len(activations))]
    np.save(partial_path, torch.cat(rows).numpy())
    partial_path.rename(path)


def _with_columns(table: FeatureTable, columns: slice, late_ND: np.ndarray) -> FeatureTable:
    features_ND = np.array(table.features_ND)
    features_ND[:, columns] = late_ND
    return FeatureTable(features_ND, table.class_index_N)
