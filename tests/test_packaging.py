"""What is shipped beside the code: the pins, the commands, the container, and what the documents say of them."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from backend.settings import Settings

ROOT: Final = Path(__file__).resolve().parent.parent
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
COMPOSE_FILES: Final = ("docker-compose.yml", "docker-compose.lab.yml", "docker-compose.gpu.yml")
ROOT_FILES: Final = ("Makefile", "Dockerfile", "constraints.txt", "pyproject.toml", ".ci/run", ".ci/install")
MAX_CHECKPOINTS_BYTES: Final = 120_000_000


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _requirements(*extras: str) -> list[Requirement]:
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return [Requirement(line) for line in lines]


def _pins() -> dict[str, Version]:
    lines = [line for line in _read("constraints.txt").splitlines() if not line.startswith("#")]
    pins = (re.fullmatch(r"(?P<name>[\w.-]+)==(?P<version>\S+)", line) for line in lines)
    return {canonicalize_name(pin["name"]): Version(pin["version"]) for pin in pins if pin}
