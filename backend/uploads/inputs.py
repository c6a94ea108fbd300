"""The pictures of batches or studies on disk that have more to do: a folder each, whose files are numbered.

While one arrives its folder is called `{id}.tmp`; the rename to `{id}` comes after every byte is on disk. Bytes are
counted for all of a kind together, so that they cannot fill the disk.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Final

import anyio.to_thread

from backend.children.oversize import check_not_too_large
from backend.errors import Busy
from backend.storage.folder import sync

ARCHIVE_NAME: Final = "archive"
"""The name of a zip in its folder until it is unpacked."""

_TEMPORARY: Final = ".tmp"
_RETRY_AFTER_S: Final = 30
"""Many pictures take minutes; this is when to look again."""


class Inputs:
    """What is still to be seen of a kind (`batches` or `studies`); methods that touch the disk run in threads."""

    def __init__(self, root: Path, *, kind: str, max_open: int, max_bytes: int, max_file_bytes: int) -> None:
        self._root = root
        self._kind = kind
        self._max_file_bytes = max_file_bytes
        self._max_open = max_open
        self._max_bytes = max_bytes
        self._held: dict[str, int] = {}

    @property
    def num_open(self) -> int:
        """How many arrive or have more to do."""
        return len(self._held)

    @property
    def held_bytes(self) -> int:
        """Bytes of all of them."""
        return sum(self._held.values())

    def check_room(self, num_bytes: int) -> None:
        """Raise `Busy` where no further one, or not one of so many bytes, is taken now."""
        if self.num_open >= self._max_open:
            raise Busy(
                f"got one more than the {self._max_open} {self._kind} that may wait or be in work",
                retry_after_s=_RETRY_AFTER_S,
            )
        self._check_bytes(num_bytes)

    def hold(self, owner: str, num_bytes: int) -> None:
        """Count so many more bytes of one that arrives; raises `Busy` where they do not fit."""
        self._check_bytes(num_bytes)
        self._held[owner] += num_bytes

    async def recover(self, open_ids: Collection[str]) -> None:
        """Remove what belongs to none that is open, and count what does."""
        await anyio.to_thread.run_sync(self._sweep, frozenset(open_ids))
        self._held = {owner: await anyio.to_thread.run_sync(_size, self._folder(owner)) for owner in open_ids}

    async def begin(self, owner: str) -> Path:
        """The folder for one that arrives."""
        self._held[owner] = 0
        folder = self.arriving(owner)
        await anyio.to_thread.run_sync(_make_folder, folder)
        return folder

    async def keep(self, owner: str) -> None:
        """Say that one has arrived: durable when this returns."""
        await anyio.to_thread.run_sync(_sync_files, self.arriving(owner))
        await anyio.to_thread.run_sync(self._rename, owner)
        self._held[owner] = await anyio.to_thread.run_sync(_size, self._folder(owner))

    async def read(self, owner: str, position: int) -> bytes:
        """The encoded picture of a number; raises `ImageTooLarge`, and `OSError` where it is not there."""
        return await anyio.to_thread.run_sync(self._read, self._folder(owner), position)

    async def forget_item(self, owner: str, position: int) -> None:
        """Remove a picture that has a result."""
        removed_bytes = await anyio.to_thread.run_sync(_remove_file, self._folder(owner) / str(position))
        if owner in self._held:
            self._held[owner] -= removed_bytes

    async def forget(self, owner: str) -> None:
        """Remove everything of one, however far it is."""
        for folder in (self.arriving(owner), self._folder(owner)):
            await anyio.to_thread.run_sync(_remove_folder, folder)
        self._held.pop(owner, None)

    def _read(self, folder: Path, position: int) -> bytes:
        check_not_too_large(folder, position, max_bytes=self._max_file_bytes)
        return (folder / str(position)).read_bytes()

    def _check_bytes(self, num_bytes: int) -> None:
        if self.held_bytes + num_bytes > self._max_bytes:
            raise Busy(
                f"got {num_bytes:,} bytes while other {self._kind} hold {self.held_bytes:,}, "
                f"expected at most {self._max_bytes:,} together",
                retry_after_s=_RETRY_AFTER_S,
            )

    def _folder(self, owner: str) -> Path:
        return self._root / owner

    def arriving(self, owner: str) -> Path:
        """The folder of one that arrives."""
        return self._root / f"{owner}{_TEMPORARY}"

    def _rename(self, owner: str) -> None:
        self.arriving(owner).rename(self._folder(owner))
        sync(self._root)  # the rename itself is only durable once its folder is

    def _sweep(self, open_ids: frozenset[str]) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        for path in self._root.iterdir():
            if path.name not in open_ids:
                _remove_folder(path)


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True)


def _remove_file(path: Path) -> int:
    try:
        size_bytes = path.stat().st_size
        path.unlink()
    except FileNotFoundError:
        return 0
    return size_bytes


def _remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*"))


def _sync_files(folder: Path) -> None:
    for path in folder.iterdir():
        sync(path)
    sync(folder)
