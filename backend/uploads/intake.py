"""Bodies with many pictures are taken: received on disk as they come, unpacked, and kept whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import anyio.to_thread
from starlette.requests import Request

from backend.children.archives import ArchiveLimits, Listing, Skipped
from backend.storage.faults import file_faults
from backend.uploads.forms import FormFields, FormSpool, SentForm
from backend.uploads.inputs import ARCHIVE_NAME, Inputs

_PIECE_BYTES: Final = 256 * 1024
"""A body goes to its thread in pieces of this size: one hop for each of the server's would cost more than parsing."""


class Unpacker(Protocol):
    """What taking an archive asks of the decode children."""

    async def list_archive(self, archive: Path, *, limits: ArchiveLimits, encoding: str | None = None) -> Listing:
        """The files in a zip, and what is skipped of it; `encoding` is that of names that do not say theirs."""
        ...

    async def unpack_archive(
        self, archive: Path, folder: Path, *, limits: ArchiveLimits, encoding: str | None = None
    ) -> None:
        """Write them to a folder under their numbers."""
        ...


@dataclass(frozen=True)
class SentBody:
    """A request's body that has not been read: its media type, the bytes that it announces, and its pieces."""

    content_type: str
    announced_bytes: int
    pieces: AsyncIterator[bytes]

    @classmethod
    def of(cls, request: Request) -> SentBody:
        """That of a request; nothing is announced where the length is not said, or is no number."""
        announced = request.headers.get("content-length", "")
        return cls(
            content_type=request.headers.get("content-type", ""),
            announced_bytes=int(announced) if announced.isdecimal() else 0,
            pieces=request.stream(),
        )


@dataclass(frozen=True)
class Unpacked:
    """Names of the files that came, in the order of their numbers, and those of an archive that are nobody's."""

    filenames: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()


class Intake:
    """Takes bodies of one kind; `note_fault` hears the code of every failure of the disk."""

    def __init__(
        self,
        inputs: Inputs,
        *,
        unpacker: Unpacker,
        fields: FormFields,
        limits: ArchiveLimits,
        note_fault: Callable[[str], None],
    ) -> None:
        self._inputs = inputs
        self._unpacker = unpacker
        self._fields = fields
        self._limits = limits
        self._note_fault = note_fault

    @asynccontextmanager
    async def whole(self, owner: str) -> AsyncIterator[None]:
        """Forget all that came for an owner where what is inside raises."""
        try:
            yield
        except BaseException:
            await asyncio.shield(self._inputs.forget(owner))
            raise

    async def receive(self, owner: str, body: SentBody) -> SentForm:
        """The form, its files on disk; raises `BatchTooLarge`, `UnusableBatch`, `MalformedForm` and `Overloaded`."""
        with self.file_faults():
            return await self._spool(owner, await self._inputs.begin(owner), body)

    async def unpack(self, owner: str, form: SentForm) -> Unpacked:
        """The files that a form brought, out of their archive; raises `UnsupportedArchive` and as `receive`."""
        if form.archive is None:
            return Unpacked(form.filenames)
        archive, limits, encoding = self._inputs.arriving(owner) / ARCHIVE_NAME, self._limits, form.names_encoding
        with self.file_faults():
            listing = await self._unpacker.list_archive(archive, limits=limits, encoding=encoding)
            sizes = (member.size_bytes for member in listing.members)
            self._inputs.hold(owner, sum(size for size in sizes if size <= limits.max_file_bytes))
            await self._unpacker.unpack_archive(archive, archive.parent, limits=limits, encoding=encoding)
            await anyio.to_thread.run_sync(archive.unlink)
        return Unpacked(tuple(member.name for member in listing.members), listing.skipped)

    def file_faults(self) -> AbstractContextManager[None]:
        """Raises a failure of the disk as one of the service, and counts it."""
        return file_faults(self._note_fault)

    async def _spool(self, owner: str, folder: Path, body: SentBody) -> SentForm:
        limits = self._limits
        spool = FormSpool(
            folder,
            body.content_type,
            fields=self._fields,
            max_files=limits.max_files,
            max_file_bytes=limits.max_file_bytes,
        )
        try:
            async for piece in _in_large_pieces(body.pieces):
                self._inputs.hold(owner, len(piece))
                await anyio.to_thread.run_sync(spool.write, piece)
            return spool.finish()
        finally:
            spool.close()


async def _in_large_pieces(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    gathered = bytearray()
    async for piece in pieces:
        gathered += piece
        if len(gathered) >= _PIECE_BYTES:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)
