"""Small things to test models with: tiny configurations, heads with generic weights, a corpus without pictures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save
from torch import Tensor

from models.checkpoints import CONFIG_FILE, WEIGHTS_FILE
from models.config import Formulation, ModelConfig
from models.features import FeatureLayout
from models.registry import create_model
from models.taxonomy import TAXONOMY
from models.training.corpus import Corpus, LabelledFeatures
from models.training.datasets import Dataset, Example, blurred, synthetic, synthetic_from_rated
from models.training.feature_cache import FeatureTable
from models.training.recipes import RECIPES, Recipe
from models.variants.base import Variant

TINY_CHANNELS: Final = (2, 3, 4, 5, 6)
TINY_CLUSTERS: Final = 5
TINY_EMBEDDING: Final = 3
TINY_PROJECTION: Final = 16


def tiny_config(variant: str, formulation: Formulation = "stable", **changes: Any) -> ModelConfig:
    """A configuration whose sizes are small and, but for K = E, all different."""
    num_experts = len(TAXONOMY.group_names) if variant == "distortion_aware" else TINY_CLUSTERS
    config = ModelConfig(
        variant,
        formulation,
        stage_channels=TINY_CHANNELS,
        num_clusters=TINY_CLUSTERS,
        num_experts=num_experts,
        embedding_dim=TINY_EMBEDDING,
        projection_dim=TINY_PROJECTION,
        hidden_dim=8,
    )
    return replace(config, **changes)


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


def tiny_recipe(name: str, **changes: Any) -> Recipe:
    """A registered recipe with a small head and a few steps, for features of the real trunk."""
    recipe = RECIPES[name]()
    model = replace(recipe.model, embedding_dim=4, projection_dim=8, hidden_dim=4, dropout=0.0)
    steps = {"steps": 12, "pretraining_steps": min(recipe.pretraining_steps, 5)}
    return replace(recipe, model=model, photographs_per_step=32, chains_per_step=8, **{**steps, **changes})


def drawn_corpus(*, num_photographs: int = 60, num_references: int = 10, seed: int = 0) -> Corpus:
    """Three data sets with features made by a formula: quality is one direction in them, each group another."""
    rng = np.random.default_rng(seed)
    rated = Dataset("biq2021", tuple(_photograph(index, rng.uniform(0.1, 0.9)) for index in range(num_photographs)))
    distorted = synthetic([Path(f"reference_{index}.png") for index in range(num_references)])
    further = synthetic_from_rated(replace(rated, examples=rated.examples[: num_photographs // 4]))
    parts = (rated, distorted, further, blurred(rated))
    return Corpus(*(_with_features(part, rng) for part in parts))


def _photograph(index: int, mos: float) -> Example:
    name = f"biq2021/{index:03}.png"
    return Example(name, name, Path(name), mos)


def _with_features(dataset: Dataset, rng: np.random.Generator) -> LabelledFeatures:
    layout = ModelConfig("no_gmm").layout
    features_ND = rng.normal(0, 1, (len(dataset.examples), layout.num_features)).astype(np.float32)
    labels_N = np.array([example.label for example in dataset.examples])
    features_ND[:, :40] += 3 * (labels_N - labels_N.mean())[:, None] / labels_N.std()
    class_N = np.array(
        [-1 if e.distortion_type is None else TAXONOMY.class_index(e.distortion_type) for e in dataset.examples]
    )
    for row, index in enumerate(class_N):
        if index > 0:
            first = 100 + 8 * TAXONOMY.group_of_class[index]
            features_ND[row, first : first + 8] += 4
    return LabelledFeatures(dataset, FeatureTable(features_ND, class_N.astype(np.int8)))


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
