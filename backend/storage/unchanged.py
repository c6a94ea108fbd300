"""What was read from files, kept in memory as long as they are as they were: one way for all that lies in files."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

Fingerprint = tuple[tuple[str, int, int], ...]
"""Name, size in bytes and modification time in ns of each file."""


class Unchanged(Generic[T]):
    """One thing for each key, read again once its fingerprint is another."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Hashable, T]] = {}

    def last(self, key: Hashable) -> T | None:
        """What was read last, whatever became of the files since; `None` before the first time."""
        kept = self._kept.get(key)
        return None if kept is None else kept[1]

    def kept(self, key: Hashable, fingerprint: Hashable) -> T | None:
        """What was read before under this fingerprint; `None` where nothing was."""
        before = self._kept.get(key)
        return before[1] if before is not None and before[0] == fingerprint else None

    def get(self, key: Hashable, fingerprint: Hashable, read: Callable[[], T]) -> T:
        """What was read before under this fingerprint, else what is read now."""
        if (before := self.kept(key, fingerprint)) is not None:
            return before
        value = read()
        self._kept[key] = (fingerprint, value)
        return value


def folder_fingerprint(folder: Path) -> Fingerprint:
    """Facts that change when any file below does; empty where there is no folder that may be read."""
    # Size and time, not the content: this runs at every listing, and loading checks the sha256 anyway.
    try:
        facts = [(path.relative_to(folder).as_posix(), path.stat()) for path in sorted(folder.rglob("*"))]
    except OSError:  # someone is removing or replacing it, or it may not be read: reading says what is wrong
        return ()
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in facts)
