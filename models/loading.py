"""A checkpoint id becomes weights: every check of a folder, in its order.

The steps are in `models.checkpoints`; each of them raises `CheckpointRefused` with file, field and reason.
"""

from __future__ import annotations

from pathlib import Path

import torch

from models.checkpoints.golden import check_golden
from models.checkpoints.integrity import check_graph, check_trunk
from models.checkpoints.manifest import (
    CHECKPOINTS_FOLDER,
    CONFIG_FILE,
    DEFAULT_CHECKPOINT_ID,
    WEIGHTS_FILE,
    Manifest,
)
from models.checkpoints.reading import checkpoint_folders, read_manifest
from models.checkpoints.refusal import CheckpointRefused, Refusal, refusing
from models.checkpoints.weights import check_count, check_names, check_tensors, fill_head, outline_head, read_weights
from models.heads.variant import Variant
from models.predictor import Predictor
from models.trunk.features import FeatureRuntime
from models.trunk.golden_picture import golden_image
from models.trunk.runtimes import graph_runtime, runs_graphs, select_device, torch_runtime


class UnknownCheckpoint(LookupError):
    """A checkpoint id that no folder has."""


def load(
    checkpoint_id: str = DEFAULT_CHECKPOINT_ID,
    *,
    root: Path = CHECKPOINTS_FOLDER,
    device: str = "auto",
    num_threads: int | None = None,
) -> Predictor:
    """A predictor by checkpoint id, as `load_predictor` makes it; raises `UnknownCheckpoint` or `CheckpointRefused`."""
    folders = {folder.name: folder for folder in checkpoint_folders(root)}
    if checkpoint_id not in folders:
        known = ", ".join(folders) or "none"
        raise UnknownCheckpoint(f"got checkpoint {checkpoint_id!r}, expected one of those in {root}: {known}")
    return load_predictor(folders[checkpoint_id], device=device, num_threads=num_threads)


def load_predictor(folder: Path, *, device: str = "auto", num_threads: int | None = None) -> Predictor:
    """Read, verify and warm up one checkpoint folder; raises `CheckpointRefused` with file, field and reason.

    The feature graph takes `num_threads` for a picture, by default every usable core; the numbers are the same.
    """
    chosen_device = select_device(device)
    manifest = read_manifest(folder)
    with refusing(folder, WEIGHTS_FILE):
        head = load_head(folder, manifest)
    predictor = Predictor(manifest, head, load_trunk(folder, manifest, chosen_device, num_threads))
    with refusing(folder, WEIGHTS_FILE, field="golden_score"):
        score = predictor.predict(golden_image()).score.value
    check_golden(folder, manifest, score)
    return predictor


def load_head(folder: Path, manifest: Manifest) -> Variant:
    """The variant in eval mode with the folder's weights, every tensor checked; raises `CheckpointRefused`."""
    tensors = read_weights(folder, manifest)
    outline = outline_head(folder, manifest)
    check_names(folder, manifest, outline)
    check_tensors(folder, tensors, outline.state_dict())
    head = fill_head(manifest, tensors)
    check_count(folder, manifest, head)
    return head


def load_trunk(folder: Path, manifest: Manifest, device: torch.device, num_threads: int | None) -> FeatureRuntime:
    """The exported graph where it lies beside the folder and can be run, else torch; raises `CheckpointRefused`."""
    trunk = manifest.trunk
    with refusing(folder, trunk.graph_path):
        graph = check_graph(folder, manifest)
        if graph is not None and runs_graphs(device):
            return graph_runtime(graph, trunk.graph_sha256, num_threads)
    with refusing(folder, CONFIG_FILE, field="model.backbone"):
        runtime, sha256 = torch_runtime(manifest.model.backbone, trunk.tuned_file(folder.parent), device)
    check_trunk(folder, manifest, sha256)
    return runtime


def verify(root: Path = CHECKPOINTS_FOLDER) -> tuple[list[Manifest], list[Refusal]]:
    """Every folder under `root` loaded as the service would: what can be served, and what is refused and why."""
    served, refused = [], []
    for folder in checkpoint_folders(root):
        try:
            served.append(load_predictor(folder, device="cpu").manifest)
        except CheckpointRefused as error:
            refused.append(error.refusal)
    return served, refused
