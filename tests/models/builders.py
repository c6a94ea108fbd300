"""Small things to test models with: tiny configurations, heads with generic weights, a corpus without pictures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save
from torch import Tensor

from models.checkpoints.manifest import CONFIG_FILE, WEIGHTS_FILE
from models.heads.config import Formulation, ModelConfig
from models.heads.outputs import IQAOutput
from models.heads.variant import Variant
from models.labels.scales import LabelScale
from models.registry import config_class, create_model
from models.taxonomy import LEVELS, TAXONOMY
from models.training.data.corpus import Corpus, LabelledFeatures, WorseCopies
from models.training.data.crop_cache import Crops, crops_seen
from models.training.data.datasets import Dataset, Example, blurred, compounds, synthetic, synthetic_from_rated
from models.training.data.feature_cache import FeatureTable
from models.training.data.mixed_pictures import mixed, order_pairs
from models.training.fitting.recipes import RECIPES, Recipe
from models.trunk.features import FeatureLayout
from models.variants.no_gmm import NoGMMConfig

TINY_CHANNELS: Final = (2, 3, 4, 5, 6)
TINY_CLUSTERS: Final = 5
TINY_EMBEDDING: Final = 3
TINY_PROJECTION: Final = 16


def tiny_config(variant: str, formulation: Formulation = "stable", **changes: Any) -> ModelConfig:
    """A configuration whose sizes are small and, but for K = E, all different."""
    config = config_class(variant, formulation)(
        stage_channels=TINY_CHANNELS, projection_dim=TINY_PROJECTION, hidden_dim=8
    )
    return replace(resized(config, num_clusters=TINY_CLUSTERS, embedding_dim=TINY_EMBEDDING), **changes)


def resized(config: ModelConfig, **sizes: Any) -> ModelConfig:
    """With other values of those of the fields that the variant has."""
    return replace(config, **{entry.name: sizes[entry.name] for entry in fields(config) if entry.name in sizes})


def generic_head(config: ModelConfig, *, seed: int = 0) -> Variant:
    """A head in eval mode whose every parameter is moved off its initial value, as after training."""
    torch.manual_seed(seed)
    head = create_model(config).eval()
    with torch.no_grad():
        for parameter in head.parameters():
            parameter.add_(0.3 * torch.randn_like(parameter))
    return head


def random_features(
    count: int, *, seed: int = 1, num_features: int = FeatureLayout(TINY_CHANNELS).num_features
) -> Tensor:
    """Standard normal features (count, D)."""
    return torch.randn(count, num_features, generator=torch.Generator().manual_seed(seed))


def drawn_crops(count: int) -> Crops:
    """Sixteen small crops in turn: at their own size they would take minutes on their way through an encoder."""
    pixels_NHWC = np.random.default_rng(6).integers(0, 256, (16, 8, 8, 3), dtype=np.uint8)
    return Crops(pixels_NHWC, np.arange(count) % 16)


def asked(head: Variant, features_BD: Tensor, crops: Crops | None = None) -> IQAOutput:
    """The head's answer to features, and to crops beside them where it sees any: drawn ones if none are given."""
    output: IQAOutput = head(features_BD, *crops_seen(head, crops or drawn_crops(len(features_BD))))
    return output


def tiny_recipe(name: str, *, alignment_steps: int = 5, dropout: float = 0.0, **changes: Any) -> Recipe:
    """A registered recipe with a small head and a few steps, for features of the real trunk."""
    recipe = RECIPES[name]()
    model = resized(recipe.model, embedding_dim=4, projection_dim=8, hidden_dim=4, dropout=dropout)
    alignment = replace(recipe.alignment, steps=alignment_steps, chains_per_step=8)
    step = {"photographs_per_step": 32, "further_rated_per_step": 8, "chains_per_step": 8, "pairs_per_step": 8}
    return replace(recipe, model=model, alignment=alignment, **{"steps": 12, **step, **changes})


def drawn_corpus(*, num_photographs: int = 60, num_references: int = 10, num_live: int = 6, seed: int = 0) -> Corpus:
    """Every part of a corpus with features made by a formula: quality is one direction in them, each group another.

    Rated and synthetic pictures have drawn crops in which there is nothing to see.

    The second rated set shows `num_live` references, every other one a pristine photograph under its name there; 0
    leaves it out.
    """
    rng = np.random.default_rng(seed)
    photographs = tuple(_photograph(index, rng.uniform(0.1, 0.9)) for index in range(num_photographs))
    rated = [_with_features(Dataset("biq2021", photographs), rng)]
    if num_live:
        rated.append(_with_features(_drawn_live(num_live), rng))
    distorted = synthetic([Path(f"reference_{index}.png") for index in range(num_references)])
    best = replace(rated[0].dataset, examples=photographs[: num_photographs // 4])
    further = _with_features(synthetic_from_rated(best), rng)
    sets = tuple(map(_with_crops, rated))
    worse = (
        _worse_copies(blurred(rated[0].dataset), sets[0], rng),
        _worse_copies(compounds(further.dataset), further, rng),
        _worse_cells(_with_features(mixed([Path(f"reference_{index}.png") for index in range(num_references)]), rng)),
    )
    return Corpus(sets, _with_crops(_with_features(distorted, rng)), further, worse)


def _with_crops(part: LabelledFeatures) -> LabelledFeatures:
    return replace(part, crops=drawn_crops(len(part.dataset.examples)))


def _photograph(index: int, mos: float) -> Example:
    name = f"biq2021/{index:03}.png"
    return Example(name, name, Path(name), mos)


def _drawn_live(num_references: int) -> Dataset:
    """Five levels of two types of each reference, labelled with DMOS."""
    examples = (
        Example(f"live/{index}-{name}-{level}", reference, Path("live.bmp"), 15.0 * level, name, level, crop_px=None)
        for index in range(num_references)
        for reference in [f"pristine/reference_{index}" if index % 2 else f"live/{index}"]
        for name in ("jpeg", "white_noise")
        for level in LEVELS
    )
    scale = LabelScale(0, 100, higher_is_better=False)
    return Dataset("live", tuple(replace(example, distorted_on_disk=True) for example in examples), scale)


QUALITY_COLUMNS: Final = slice(40)
"""Where in a drawn corpus's features the quality lies."""


def _with_features(dataset: Dataset, rng: np.random.Generator) -> LabelledFeatures:
    layout = NoGMMConfig().layout
    features_ND = rng.normal(0, 1, (len(dataset.examples), layout.num_features)).astype(np.float32)
    slope, _ = dataset.scale.to_score()
    score_N = np.array([slope * example.label for example in dataset.examples])
    features_ND[:, QUALITY_COLUMNS] += 3 * (score_N - score_N.mean())[:, None] / score_N.std()
    class_N = np.array(
        [-1 if e.distortion_type is None else TAXONOMY.class_index(e.distortion_type) for e in dataset.examples]
    )
    for row, index in enumerate(class_N):
        if index > 0:
            first = 100 + 8 * TAXONOMY.group_of_class[index]
            features_ND[row, first : first + 8] += 4
    return LabelledFeatures(dataset, FeatureTable(features_ND, class_N.astype(np.int8)))


def _worse_copies(copies: Dataset, originals: LabelledFeatures, rng: np.random.Generator) -> WorseCopies:
    """Copies look like their originals, with less of the quality."""
    position = {example.example_id: row for row, example in enumerate(originals.dataset.examples)}
    position_N = np.array([position[example.example_id.split("/", 1)[1]] for example in copies.examples])
    features_ND = originals.table.features_ND[position_N]
    features_ND = features_ND + rng.normal(0, 0.1, features_ND.shape).astype(np.float32)
    features_ND[:, QUALITY_COLUMNS] -= 1.5
    table = FeatureTable(features_ND, originals.table.class_index_N[position_N])
    return WorseCopies(LabelledFeatures(copies, table), originals, position_N)


def _worse_cells(cells: LabelledFeatures) -> WorseCopies:
    return WorseCopies(cells, cells, *order_pairs(cells.dataset))


def edit_config(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change `config.json` as JSON."""
    path = folder / CONFIG_FILE
    fields = json.loads(path.read_text())
    change(fields)
    path.write_text(json.dumps(fields))


def edit_weights(folder: Path, change: Callable[[dict[str, Tensor]], object]) -> None:
    """Change the tensors and sign them again, as someone would who means it."""
    tensors = load_file(folder / WEIGHTS_FILE)
    change(tensors)
    replace_weights(folder, save(tensors))


def replace_weights(folder: Path, data: bytes) -> None:
    """Write other bytes as the weight file, with a `config.json` that vouches for them."""
    (folder / WEIGHTS_FILE).write_bytes(data)
    record = {"sha256": hashlib.sha256(data).hexdigest(), "size_bytes": len(data)}
    edit_config(folder, lambda fields: fields.update(weights=record))


def one_hot_rows(indices: NDArray[np.int64], length: int) -> NDArray[np.float64]:
    """Rows of the identity: (N, length)."""
    return np.eye(length)[indices]


def group_of(class_name: str) -> str:
    """The group of a distortion type, or of `clean`."""
    return TAXONOMY.group_names[TAXONOMY.group_of_class[TAXONOMY.class_index(class_name)]]
