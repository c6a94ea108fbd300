"""A study's pictures and labels -> an image set with thumbnails, for its maps."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from models.files import write_atomically
from models.maps.building.sheets import TILE_PX, Sheets
from models.maps.image_set import (
    IMAGES_FILE,
    IMAGES_FOLDER,
    ImageSet,
    ImageSetManifest,
    MapRefused,
    PictureRows,
    ReferenceRecord,
    ThumbnailRecord,
    image_set_adapter,
    image_set_folder,
    image_set_folders,
    read_image_set,
)
from models.studies.pictures.kept import KeptPicture, KeptPictures
from models.studies.pictures.picture_set import PictureSet
from models.studies.seeing.looking import TILES_FILE
from models.taxonomy import LEVELS, TAXONOMY, UNKNOWN_INDEX

_TILES_AT_ONCE: Final = 256
_BUILDING: Final = ".building"


def image_set(found: PictureSet, looked_at: Sequence[KeptPicture], kept: KeptPictures, shared: Path) -> ImageSet:
    """The set of the readable pictures under `shared`: the one that is there if it is of these, else a new one."""
    readable = [picture for picture in looked_at if picture.fault is None]
    rows, references = _rows(found, looked_at)
    said = [dict(picture.row.fields) if picture.row else {} for picture in found.pictures]  # columns are made of it
    stamps = [[picture.name, str(picture.stamp)] for picture in readable]
    inputs_sha256 = _digest([found.name, stamps, str(rows), said])
    for images in _sound(shared):
        if images.manifest.inputs_sha256 == inputs_sha256:
            return images
    shutil.rmtree(shared / IMAGES_FOLDER, ignore_errors=True)  # of pictures or labels that have changed
    building = shared / _BUILDING
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    manifest = ImageSetManifest(
        format=1,
        name=found.name,
        inputs_sha256=inputs_sha256,
        label_kind="mos" if any(label is not None for label in rows.label) else None,
        classes=TAXONOMY.classes,
        references=tuple(map(ReferenceRecord, references)),
        rows=rows,
        thumbnails=_thumbnails(readable, kept, building),
        left_out=(),
    )
    plain = image_set_adapter().dump_python(manifest, mode="json")
    data = (json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    write_atomically(building / IMAGES_FILE, data)
    folder = image_set_folder(shared, hashlib.sha256(data).hexdigest())
    folder.parent.mkdir(exist_ok=True)
    return read_image_set(building.rename(folder))


def _sound(shared: Path) -> list[ImageSet]:
    found = []
    for folder in image_set_folders(shared):
        try:
            found.append(read_image_set(folder))
        except MapRefused:
            continue  # written anew
    return found


def _rows(found: PictureSet, looked_at: Sequence[KeptPicture]) -> tuple[PictureRows, list[str]]:
    """One entry per readable picture, and the references' names; a picture without one is its own."""
    said = [
        (picture, label)
        for picture, label, one in zip(found.pictures, found.labels, looked_at, strict=True)
        if one.fault is None
    ]
    fields = [{} if picture.row is None else picture.row.fields for picture, _ in said]
    names = [one.get("reference") or picture.name for one, (picture, _) in zip(fields, said, strict=True)]
    references = list(dict.fromkeys(names))
    position = {name: number for number, name in enumerate(references)}
    types = tuple(_type(one.get("type", "")) for one in fields)
    rows = PictureRows(
        picture=tuple(picture.name for picture, _ in said),
        reference=tuple(position[name] for name in names),
        type=types,
        level=tuple(_level(one.get("level", "")) for one in fields),
        class_index=types,
        label=tuple(None if label is None else round(label, 4) for _, label in said),
    )
    return rows, references


def _type(text: str) -> int:
    """Among the taxonomy's classes, where the table's word is one of them."""
    name = text.strip().lower().replace(" ", "_")
    return TAXONOMY.class_index(name) if name in TAXONOMY.classes else UNKNOWN_INDEX


def _level(text: str) -> int:
    return int(text) if text.strip() in {str(level) for level in LEVELS} else 0


def _thumbnails(pictures: Sequence[KeptPicture], kept: KeptPictures, folder: Path) -> ThumbnailRecord:
    sheets = Sheets(folder)
    for first in range(0, len(pictures), _TILES_AT_ONCE):
        for tile_HWC in kept.read(TILES_FILE, (TILE_PX, TILE_PX, 3), pictures[first : first + _TILES_AT_ONCE]):
            sheets.add(Image.fromarray(tile_HWC))
    return sheets.finish()


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
