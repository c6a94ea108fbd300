"""The files of a checkpoint as they lie on disk, beside what its `config.json` recorded of them and of its trunk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from models.checkpoints.manifest import CONFIG_FILE, WEIGHTS_FILE, Manifest
from models.checkpoints.reading import read_manifest
from models.checkpoints.refusal import CheckpointRefused, Refusal, refused

FileState = Literal["as_recorded", "unrecorded", "changed", "missing", "unreadable"]
_MAX_FILES: Final = 64
"""Files of a folder that are looked at: eight times what an export writes."""


@dataclass(frozen=True)
class FileFacts:
    """Size and hash of a file; `None` for a fact that nobody knows."""

    size_bytes: int | None
    sha256: str | None


UNKNOWN: Final = FileFacts(None, None)


@dataclass(frozen=True)
class FileCheck:
    """One file: where it lies below the folder of all checkpoints, what was recorded of it and what was found."""

    path: str
    recorded: FileFacts
    found: FileFacts
    exists: bool

    @property
    def state(self) -> FileState:
        """What the two sides say together."""
        if not self.exists:
            return "missing"
        if self.found.sha256 is None:
            return "unreadable"
        if self.recorded == UNKNOWN:
            return "unrecorded"
        is_same_size = self.recorded.size_bytes in (None, self.found.size_bytes)
        return "as_recorded" if is_same_size and self.recorded.sha256 == self.found.sha256 else "changed"


@dataclass(frozen=True)
class Integrity:
    """Every file of a checkpoint, and what is wrong with its `config.json` where that cannot be trusted."""

    files: tuple[FileCheck, ...]
    refusal: Refusal | None


def check_files(folder: Path) -> Integrity:
    """Read and hash every file that a checkpoint is served from; a bad `config.json` leaves nothing to compare with."""
    try:
        return Integrity(tuple(_files(folder, read_manifest(folder))), None)
    except CheckpointRefused as error:
        return Integrity(tuple(_files(folder, None)), error.refusal)


def check_graph(folder: Path, manifest: Manifest) -> Path | None:
    """The exported graph beside the folder, `None` where there is none; raises `CheckpointRefused` if it changed."""
    path = folder.parent / manifest.trunk.graph_path
    if not path.is_file():
        return None
    stat = path.stat()
    digest = _file_sha256(path, stat.st_size, stat.st_mtime_ns)
    if digest != manifest.trunk.graph_sha256:
        reason = f"got SHA-256 {digest[:12]}…, expected {manifest.trunk.graph_sha256[:12]}…"
        raise refused(folder, manifest.trunk.graph_path, "graph_sha256", reason)
    return path


def check_trunk(folder: Path, manifest: Manifest, loaded_sha256: str) -> None:
    """Raise `CheckpointRefused` for a head that was trained on another trunk than the backbone at hand."""
    if loaded_sha256 != manifest.trunk.sha256:
        reason = f"got {manifest.trunk.sha256[:12]}…, expected {loaded_sha256[:12]}… as the backbone has"
        raise refused(folder, CONFIG_FILE, "trunk.sha256", reason)


def _files(folder: Path, manifest: Manifest | None) -> Iterator[FileCheck]:
    recorded = {} if manifest is None else _recorded(folder, manifest)
    for path in dict.fromkeys([*_own_files(folder), *recorded]):
        yield _check(folder.parent, path, recorded.get(path, UNKNOWN))


def _own_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())[:_MAX_FILES]
    except OSError:  # a folder that may not be entered: its refusal says so
        return []


def _recorded(folder: Path, manifest: Manifest) -> dict[Path, FileFacts]:
    trunk, weights = manifest.trunk, manifest.weights
    files = {
        folder / WEIGHTS_FILE: FileFacts(weights.size_bytes, weights.sha256),
        folder.parent / trunk.graph_path: FileFacts(None, trunk.graph_sha256),
    }
    # Of fine-tuned stages the parameters' hash is recorded, which loading compares, not the file's.
    return files | ({folder.parent / trunk.tuned_path: UNKNOWN} if trunk.is_fine_tuned else {})


def _check(root: Path, path: Path, recorded: FileFacts) -> FileCheck:
    name = path.relative_to(root).as_posix()
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return FileCheck(name, recorded, FileFacts(file.tell(), digest), exists=True)
    except FileNotFoundError:
        return FileCheck(name, recorded, UNKNOWN, exists=False)
    except OSError:
        return FileCheck(name, recorded, UNKNOWN, exists=True)


@lru_cache(maxsize=16)
def _file_sha256(path: Path, _size_bytes: int, _modified_ns: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
