"""Where a trunk runs: the device, and one runtime for all checkpoints that share the trunk."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import torch

from models.trunk.features import FeatureRuntime, OnnxRuntime, TorchRuntime, feature_extractor, state_sha256


class DeviceError(ValueError):
    """A device that does not exist, or not on this machine."""


def select_device(name: str) -> torch.device:
    """`auto` is a CUDA device where there is one, else the CPU; any other name is torch's own.

    Raises `DeviceError` for a name that torch does not know, and for CUDA where there is none.
    """
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise DeviceError(f"got device {name!r}, expected auto, cpu or cuda") from error
    if device.type == "cuda" and not torch.cuda.is_available():
        raise DeviceError(f"got device {name!r} where torch sees none, expected auto or cpu")
    return device


def runs_graphs(device: torch.device) -> bool:
    """Whether an exported graph can be run there."""
    return device.type == "cpu" and _has_onnxruntime()


@lru_cache(maxsize=1)
def _has_onnxruntime() -> bool:
    return find_spec("onnxruntime") is not None


def graph_runtime(graph: Path, sha256: str, num_threads: int | None) -> FeatureRuntime:
    """The runtime of an exported graph, by default on every usable core."""
    return _graph_runtime(graph, sha256, num_threads or len(os.sched_getaffinity(0)))


@lru_cache(maxsize=4)
def _graph_runtime(graph: Path, _sha256: str, num_threads: int) -> FeatureRuntime:
    # The hash is part of the key: another graph at the same path is another runtime.
    return OnnxRuntime(graph, num_threads=num_threads)


@lru_cache(maxsize=4)
def torch_runtime(backbone: str, tuned: Path | None, device: torch.device) -> tuple[FeatureRuntime, str]:
    """The runtime of a backbone with its fine-tuned stages, if any, and the identity of that trunk."""
    extractor = feature_extractor(backbone, tuned)
    return TorchRuntime(extractor, device=device), state_sha256(extractor)
