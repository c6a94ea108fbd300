"""What the lock files pin, read as pip reads them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.places import ROOT

RUNTIME_LOCK: Final = "requirements.lock"
DEVELOPMENT_LOCK: Final = "requirements-dev.lock"
BILL_LOCK: Final = "requirements-sbom.lock"
TORCH_PIN: Final = "torch.txt"


class Pin(NamedTuple):
    """One requirement of a lock, and the SHA-256 digests of the files that may stand for it."""

    requirement: Requirement
    sha256: tuple[str, ...]

    @property
    def name(self) -> str:
        """The normalized name."""
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> Version:
        """The one version that is allowed."""
        (bound,) = self.requirement.specifier
        assert bound.operator == "=="
        return Version(bound.version)


def read_lock(name: str) -> list[Pin]:
    """Every pin of a lock file at the root."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [_pin(line) for line in text.splitlines() if line and not line.startswith("#")]


def _pin(line: str) -> Pin:
    requirement, *options = re.split(r"\s+--hash=sha256:", line.strip())
    return Pin(Requirement(requirement), tuple(options))


def pinned_versions() -> dict[str, Version]:
    """Versions that set-up installs, for serving and for development, by normalized name."""
    locks = (RUNTIME_LOCK, DEVELOPMENT_LOCK, TORCH_PIN)
    return {pin.name: pin.version for lock in locks for pin in read_lock(lock)}
