"""The weight file -> a head: its hash, its names, shapes and dtypes, and that every value is finite.

`models.loading` has the order of these steps.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_safetensors
from torch import Tensor

from models.checkpoints.manifest import CONFIG_FILE, WEIGHTS_FILE, Manifest
from models.checkpoints.refusal import WHOLE_FILE, refused
from models.heads.config import ConfigError
from models.heads.variant import Variant
from models.registry import create_model


def read_weights(folder: Path, manifest: Manifest) -> dict[str, Tensor]:
    """Tensors of the weight file after its size and SHA-256; raises `CheckpointRefused`."""
    try:
        data = (folder / WEIGHTS_FILE).read_bytes()
    except OSError as error:
        raise refused(folder, WEIGHTS_FILE, WHOLE_FILE, f"not readable: {error.strerror}") from error
    if len(data) != manifest.weights.size_bytes:
        reason = f"got {len(data)} bytes, expected {manifest.weights.size_bytes}"
        raise refused(folder, WEIGHTS_FILE, "size_bytes", reason)
    digest = hashlib.sha256(data).hexdigest()
    if digest != manifest.weights.sha256:
        reason = f"got SHA-256 {digest[:12]}…, expected {manifest.weights.sha256[:12]}…"
        raise refused(folder, WEIGHTS_FILE, "sha256", reason)
    try:
        tensors: dict[str, Tensor] = load_safetensors(data)
    except (SafetensorError, KeyError) as error:  # KeyError: a dtype that torch does not have
        raise refused(folder, WEIGHTS_FILE, WHOLE_FILE, f"not a safetensors file: {error}") from error
    return tensors


def outline_head(folder: Path, manifest: Manifest) -> Variant:
    """The variant without memory: what `config.json` asks for is not allocated before the weights fit."""
    try:
        with torch.device("meta"):
            return create_model(manifest.model.config())
    except ConfigError as error:
        raise refused(folder, CONFIG_FILE, "model", str(error)) from error


def check_names(folder: Path, manifest: Manifest, head: Variant) -> None:
    """Raise `CheckpointRefused` where names are missing for what the head has, or given for what it has not."""
    for field, has_names, has_part in (
        ("cluster_names", manifest.cluster_names is not None, head.num_clusters is not None),
        ("expert_names", manifest.expert_names is not None, head.has_experts),
    ):
        if has_names != has_part:
            got, expected = ("a list", "null") if has_names else ("null", "a list")
            raise refused(folder, CONFIG_FILE, field, f"got {got}, expected {expected} for {manifest.variant}")


def check_tensors(folder: Path, tensors: dict[str, Tensor], expected: dict[str, Tensor]) -> None:
    """Raise `CheckpointRefused` for the first tensor that is missing, superfluous, of another kind or not finite."""
    for name in sorted(expected.keys() ^ tensors.keys()):
        reason = "missing" if name in expected else "not a tensor of this variant"
        raise refused(folder, WEIGHTS_FILE, name, reason)
    for name, wanted in expected.items():
        got = tensors[name]
        if got.shape != wanted.shape or got.dtype != wanted.dtype:
            reason = f"got {got.dtype} {tuple(got.shape)}, expected {wanted.dtype} {tuple(wanted.shape)}"
            raise refused(folder, WEIGHTS_FILE, name, reason)
        if not torch.isfinite(got).all():
            raise refused(folder, WEIGHTS_FILE, name, "holds a value that is not finite")


def fill_head(manifest: Manifest, tensors: dict[str, Tensor]) -> Variant:
    """The variant in eval mode, with weights that fit."""
    head = create_model(manifest.model.config())
    head.load_state_dict(tensors, strict=True)
    return head.eval().requires_grad_(False)


def check_count(folder: Path, manifest: Manifest, head: Variant) -> None:
    """Raise `CheckpointRefused` where `config.json` counts other parameters than the head has."""
    count = sum(parameter.numel() for parameter in head.parameters())
    if count != manifest.parameter_count:
        reason = f"got {manifest.parameter_count}, expected {count} as the weights have"
        raise refused(folder, CONFIG_FILE, "parameter_count", reason)
