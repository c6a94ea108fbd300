"""Image sets as pages ask for them: found by address, read once, their files checked whenever they are sent."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path

import anyio.to_thread

from backend.concurrency.worker import Worker
from backend.errors import PictureNotShared, RefusedMap, UnknownImageSet, UnknownRow
from backend.routing.content import Content
from models.images import ImageError
from models.images.encoding import encode_lossless
from models.images.formats import media_type
from models.maps.image_set import (
    ADDRESS_LENGTH,
    FileRecord,
    ImageSet,
    MapRefused,
    ReferenceRecord,
    check_file,
    image_set_folders,
    read_image_set,
)


def address_of(images: ImageSet) -> str:
    """What clients call an image set."""
    return images.sha256[:ADDRESS_LENGTH]


def check_row(row: int, count: int) -> None:
    """Raise `UnknownRow` for a row that no picture has."""
    if not 0 <= row < count:
        raise UnknownRow(f"got row {row}, expected 0 to {count - 1}")


class ImageSets:
    """The image sets in the folder that checkpoints share; each stays in memory once it was asked for."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared
        self._known: dict[str, ImageSet] = {}
        self._rows: dict[str, Content] = {}
        self._reading = asyncio.Lock()
        self._drawing = Worker()

    def keep(self, images: ImageSet) -> ImageSet:
        """The one copy in memory of an image set that several maps show."""
        return self._known.setdefault(address_of(images), images)

    async def find(self, address: str) -> ImageSet:
        """The image set of this address; raises `UnknownImageSet`, `RefusedMap`."""
        async with self._reading:
            if address not in self._known:
                self.keep(await anyio.to_thread.run_sync(self._read, address))
        return self._known[address]

    async def rows(self, images: ImageSet) -> Content:
        """JSON of what would be long in the description: every picture's id, every content with its credit."""
        address = address_of(images)
        if address not in self._rows:
            self._rows[address] = await anyio.to_thread.run_sync(_rows, images)
        return self._rows[address]

    async def sheet(self, images: ImageSet, index: int) -> Content:
        """A sprite sheet as it was written; raises `UnknownRow` beyond the last, `RefusedMap`."""
        sheets = images.manifest.thumbnails.sheets
        check_row(index, len(sheets))
        return await anyio.to_thread.run_sync(_checked, images, sheets[index])

    async def picture(self, images: ImageSet, row: int) -> Content:
        """A picture at full size, distorted again; raises `UnknownRow`, `PictureNotShared`, `RefusedMap`, `Busy`."""
        check_row(row, len(images))
        return await self._drawing.run(_draw, images, row)

    def _read(self, address: str) -> ImageSet:
        # The client's text is compared with names of folders, and never becomes one.
        folder = next((path for path in image_set_folders(self._shared) if path.name == address), None)
        if folder is None:
            raise UnknownImageSet(f"got image set {address!r}, expected one that a map names")
        try:
            return read_image_set(folder)
        except MapRefused as error:
            raise RefusedMap(str(error)) from error


def _rows(images: ImageSet) -> Content:
    references = [_reference(reference) for reference in images.manifest.references]
    answer = {"ids": images.manifest.rows.picture, "references": references}
    return Content.of(json.dumps(answer, ensure_ascii=False).encode(), "application/json")


def _reference(reference: ReferenceRecord) -> dict[str, object]:
    fields = asdict(reference)
    return {**fields, "has_picture": fields.pop("photograph") is not None}


def _checked(images: ImageSet, record: FileRecord) -> Content:
    try:
        data = check_file(images.folder, record)
        return Content(data, record.sha256, media_type(data))
    except (MapRefused, ImageError) as error:
        raise RefusedMap(str(error)) from error


def _draw(images: ImageSet, row: int) -> Content:
    reference = images.manifest.references[images.manifest.rows.reference[row]]
    if reference.photograph is None:
        raise PictureNotShared(f"got row {row}, whose photograph may not be passed on; its thumbnail is on the sheets")
    _checked(images, reference.photograph)
    picture = images.picture(row)
    if picture is None:
        raise PictureNotShared(f"got row {row}, which has a thumbnail only")
    data = encode_lossless(picture)
    return Content.of(data, media_type(data))
