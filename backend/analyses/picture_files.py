"""Kept pictures and thumbnails on disk: whole or not there, whenever the process ends."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Final, Literal

from backend.children.kept import KeptPicture
from backend.storage.folder import check_room, sync

Part = Literal["picture", "thumbnail"]

_PARTS: Final[tuple[Part, ...]] = ("picture", "thumbnail")
_ID: Final = re.compile(r"[0-9a-f]{32}")
_TEMPORARY: Final = ".tmp"


class PictureFiles:
    """One folder per analysis with its picture and its thumbnail, under two digits of its id."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, analysis_id: str, part: Part) -> Path:
        """Where a part lies if it is kept; raises `ValueError` for what cannot be an analysis's id."""
        if _ID.fullmatch(analysis_id) is None:
            raise ValueError(f"got analysis id {analysis_id!r}, expected 32 hexadecimal digits")
        return self._root / analysis_id[:2] / f"{analysis_id}.{part}"

    def check_room(self, num_bytes: int) -> None:
        """Raise `OSError` where so many bytes more would fill the disk."""
        check_room(self._root.parent, num_bytes)

    def write(self, analysis_id: str, kept: KeptPicture) -> None:
        """Write both parts; each appears under its name only when it is completely on disk, and both or none stay."""
        try:
            _write_whole(self.path(analysis_id, "thumbnail"), kept.thumbnail)
            _write_whole(self.path(analysis_id, "picture"), kept.picture)
        except OSError:
            self.delete(analysis_id)
            raise

    def read(self, analysis_id: str) -> bytes:
        """The encoded picture; raises `FileNotFoundError` where it is not kept."""
        return self.path(analysis_id, "picture").read_bytes()

    def delete(self, analysis_id: str) -> None:
        """Remove both parts, if they are there."""
        for part in _PARTS:
            self.path(analysis_id, part).unlink(missing_ok=True)

    def sweep(self, known_ids: Set[str]) -> int:
        """Remove what a killed process left: unfinished files and pictures of no analysis; returns how many."""
        orphans = [path for path in self._files() if path.suffix == _TEMPORARY or path.stem not in known_ids]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)

    def _files(self) -> Iterator[Path]:
        return self._root.glob("??/*.*")


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + _TEMPORARY)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:  # half a file on a full disk would take the room that others wait for
        temporary.unlink(missing_ok=True)
        raise
    sync(path.parent)  # the rename itself is only durable once its folder is
