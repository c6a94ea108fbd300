"""The pictures of open batches on disk: a folder each, whose files are numbered like the batch's items.

While a batch arrives its folder is called `{id}.tmp`; the rename to `{id}` comes after every byte is on disk. Bytes
are counted for all batches together, so that batches cannot fill the disk.
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
"""The name of a zip in its batch's folder until it is unpacked."""

_TEMPORARY: Final = ".tmp"
_RETRY_AFTER_S: Final = 30
"""A batch takes minutes; this is when to look again."""


class BatchInputs:
    """What batches still have to score; methods that touch the disk run in threads."""

    def __init__(self, root: Path, *, max_batches: int, max_bytes: int, max_file_bytes: int) -> None:
        self._root = root
        self._max_file_bytes = max_file_bytes
        self._max_batches = max_batches
        self._max_bytes = max_bytes
        self._held: dict[str, int] = {}

    @property
    def num_batches(self) -> int:
        """Batches that arrive or have more to do."""
        return len(self._held)

    @property
    def held_bytes(self) -> int:
        """Bytes of all of them."""
        return sum(self._held.values())

    def check_room(self, num_bytes: int) -> None:
        """Raise `Busy` where no further batch, or not one of so many bytes, is taken now."""
        if self.num_batches >= self._max_batches:
            raise Busy(
                f"got one more than the {self._max_batches} batches that may wait or be in work",
                retry_after_s=_RETRY_AFTER_S,
            )
        self._check_bytes(num_bytes)

    def hold(self, batch_id: str, num_bytes: int) -> None:
        """Count so many more bytes of a batch that arrives; raises `Busy` where they do not fit."""
        self._check_bytes(num_bytes)
        self._held[batch_id] += num_bytes

    async def recover(self, open_ids: Collection[str]) -> None:
        """Remove what belongs to no open batch, and count what does."""
        await anyio.to_thread.run_sync(self._sweep, frozenset(open_ids))
        self._held = {batch_id: await anyio.to_thread.run_sync(_size, self._folder(batch_id)) for batch_id in open_ids}

    async def begin(self, batch_id: str) -> Path:
        """The folder for a batch that arrives."""
        self._held[batch_id] = 0
        folder = self._arriving(batch_id)
        await anyio.to_thread.run_sync(_make_folder, folder)
        return folder

    async def keep(self, batch_id: str) -> None:
        """Say that a batch has arrived: durable when this returns."""
        await anyio.to_thread.run_sync(_sync_files, self._arriving(batch_id))
        await anyio.to_thread.run_sync(self._rename, batch_id)
        self._held[batch_id] = await anyio.to_thread.run_sync(_size, self._folder(batch_id))

    async def read(self, batch_id: str, position: int) -> bytes:
        """The encoded picture of an item; raises `ImageTooLarge`, and `OSError` where it is not there."""
        return await anyio.to_thread.run_sync(self._read, self._folder(batch_id), position)

    async def forget_item(self, batch_id: str, position: int) -> None:
        """Remove the picture of an item that has a result."""
        removed_bytes = await anyio.to_thread.run_sync(_remove_file, self._folder(batch_id) / str(position))
        if batch_id in self._held:
            self._held[batch_id] -= removed_bytes

    async def forget(self, batch_id: str) -> None:
        """Remove everything of a batch, however far it is."""
        for folder in (self._arriving(batch_id), self._folder(batch_id)):
            await anyio.to_thread.run_sync(_remove_folder, folder)
        self._held.pop(batch_id, None)

    def _read(self, folder: Path, position: int) -> bytes:
        check_not_too_large(folder, position, max_bytes=self._max_file_bytes)
        return (folder / str(position)).read_bytes()

    def _check_bytes(self, num_bytes: int) -> None:
        if self.held_bytes + num_bytes > self._max_bytes:
            raise Busy(
                f"got {num_bytes:,} bytes while other batches hold {self.held_bytes:,}, "
                f"expected at most {self._max_bytes:,} together",
                retry_after_s=_RETRY_AFTER_S,
            )

    def _folder(self, batch_id: str) -> Path:
        return self._root / batch_id

    def _arriving(self, batch_id: str) -> Path:
        return self._root / f"{batch_id}{_TEMPORARY}"

    def _rename(self, batch_id: str) -> None:
        self._arriving(batch_id).rename(self._folder(batch_id))
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
