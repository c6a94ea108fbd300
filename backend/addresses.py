"""The service's addresses that more than one module names; what a route adds to them stands beside it."""

from __future__ import annotations

from typing import Final

API_ROOT: Final = "/api"
API_PREFIX: Final = f"{API_ROOT}/v1"
DOCS_PATH: Final = f"{API_ROOT}/docs"
OPENAPI_PATH: Final = f"{API_PREFIX}/openapi.json"
ANALYSES_PATH: Final = f"{API_PREFIX}/analyses"
BATCHES_PATH: Final = f"{API_PREFIX}/jobs"
"""Batches were called jobs once, and addresses stay."""
STUDIES_PATH: Final = f"{API_PREFIX}/studies"
CHECKPOINTS_PATH: Final = f"{API_PREFIX}/checkpoints"
CHECKPOINT_PATH: Final = f"{CHECKPOINTS_PATH}/{{checkpoint_id}}"
IMAGE_SETS_PATH: Final = f"{API_PREFIX}/image-sets"
INFERENCE_PREFIX: Final = "/v2"
"""Of the Open Inference Protocol, whose addresses are not ours to choose."""
STATIC_PREFIX: Final = "/static"
VERSION_DIGITS: Final = 12
"""So many digits of a SHA-256 stand for it in an address."""


def is_under(path: str, prefix: str) -> bool:
    """Whether a path is a prefix or lies below it."""
    return f"{path}/".startswith(f"{prefix}/")
