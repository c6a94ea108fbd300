"""The pictures of an embedding map: who they are, and their thumbnails, once for all checkpoints.

    checkpoints/shared/images/<address>/images.json       everything below, as `ImageSetManifest`
                                        thumbnails-0.webp sprite sheets: tiles row by row, in the order of the pictures
                                        NAME.jpg          undistorted photographs that may be passed on

A folder is called by the SHA-256 of its `images.json`, which names every other file by its own. Imports no torch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from models.distortions.operations import distort_image
from models.images import RGBImage, from_path
from models.strict_json import Sha256, first_fault, strict_record
from models.taxonomy import CLEAN, TAXONOMY, UNKNOWN_INDEX

IMAGES_FILE: Final = "images.json"
IMAGES_FOLDER: Final = "images"
"""Where image sets lie inside the folder that checkpoints share."""
ADDRESS_LENGTH: Final = 12

FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*$")]
Positive = Annotated[int, Field(ge=1)]
ManifestT = TypeVar("ManifestT")
LabelKind = Literal["mos", "pseudo_mos"]


class MapRefused(ValueError):
    """A map or image set that must not be shown: folder, file and field at fault, and the reason."""

    def __init__(self, folder: Path, file: str, field: str, reason: str) -> None:
        super().__init__(f"{folder.name}/{file}, {field}: {reason}")
        self.folder, self.file, self.field, self.reason = folder, file, field, reason


@strict_record
@dataclass(frozen=True)
class FileRecord:
    """A file beside the manifest, as it was written."""

    file: FileName
    sha256: Sha256


@strict_record
@dataclass(frozen=True)
class ReferenceRecord:
    """A content; `photograph` is its undistorted picture where `credit` allows passing it on, else both are `None`."""

    name: str
    credit: str | None = None
    source: str | None = None
    photograph: FileRecord | None = None


@strict_record
@dataclass(frozen=True)
class ThumbnailRecord:
    """Sprite sheets of square tiles, `columns` beside each other and at most `tiles_per_sheet` on a sheet."""

    tile_px: Positive
    columns: Positive
    tiles_per_sheet: Positive
    sheets: tuple[FileRecord, ...]


@strict_record
@dataclass(frozen=True)
class LeftOut:
    """A picture that could not be decoded, and why."""

    picture: str
    reason: str


@strict_record
@dataclass(frozen=True)
class PictureRows:
    """One entry per picture in each field.

    `reference` counts into the references; `type` is the distortion asked for and `class_index` the one that shows
    (`clean` where nothing changed), both among the taxonomy's classes or `UNKNOWN_INDEX`. `level` is 0 to 5; `label`
    is on 0-100, higher is better, by its scale's nominal range, and `None` where nobody rated.
    """

    picture: tuple[str, ...]
    reference: tuple[int, ...]
    type: tuple[int, ...]
    level: tuple[int, ...]
    class_index: tuple[int, ...]
    label: tuple[float | None, ...]


@strict_record
@dataclass(frozen=True)
class ImageSetManifest:
    """Everything in `images.json`; `inputs_sha256` is a hash of the pictures and labels that the set was made from."""

    format: Literal[1]
    name: str
    inputs_sha256: Sha256
    label_kind: LabelKind | None
    classes: tuple[str, ...]
    references: tuple[ReferenceRecord, ...]
    rows: PictureRows
    thumbnails: ThumbnailRecord
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Tile:
    """Where a picture's thumbnail lies: file name of the sheet, and the tile's left and top in pixels."""

    sheet: str
    left_px: int
    top_px: int


@dataclass(frozen=True)
class ImageSet:
    """A verified image set."""

    folder: Path
    sha256: str
    manifest: ImageSetManifest

    def __len__(self) -> int:
        """Number of pictures."""
        return len(self.manifest.rows.picture)

    def tile(self, row: int) -> Tile:
        """The thumbnail of a picture."""
        thumbnails = self.manifest.thumbnails
        sheet, place = divmod(row, thumbnails.tiles_per_sheet)
        down, right = divmod(place, thumbnails.columns)
        return Tile(thumbnails.sheets[sheet].file, right * thumbnails.tile_px, down * thumbnails.tile_px)

    def picture(self, row: int) -> RGBImage | None:
        """The picture at full size, distorted again; `None` where its photograph may not be passed on."""
        rows = self.manifest.rows
        reference = self.manifest.references[rows.reference[row]]
        if reference.photograph is None:
            return None
        photograph = from_path(self.folder / reference.photograph.file)
        name = self.manifest.classes[rows.type[row]]
        if name == CLEAN:
            return photograph
        return distort_image(photograph, name, rows.level[row], name=reference.name)


def image_set_folder(shared: Path, sha256: str) -> Path:
    """Where the image set of this hash lies inside the folder that checkpoints share."""
    return shared / IMAGES_FOLDER / sha256[:ADDRESS_LENGTH]


def image_set_folders(shared: Path) -> list[Path]:
    """Every image set inside the folder that checkpoints share, sorted by name."""
    found = (path.parent for path in (shared / IMAGES_FOLDER).glob(f"*/{IMAGES_FILE}"))
    return sorted(folder for folder in found if not folder.name.startswith("."))  # a dot: being written


@lru_cache(maxsize=1)
def image_set_adapter() -> TypeAdapter[ImageSetManifest]:
    """Reads and writes `images.json`, refusing unknown and missing fields."""
    return TypeAdapter(ImageSetManifest)


def read_image_set(folder: Path) -> ImageSet:
    """Read and verify an image set with all its files; raises `MapRefused`."""
    data = read_bytes(folder, IMAGES_FILE)
    digest = hashlib.sha256(data).hexdigest()
    if folder.name != digest[:ADDRESS_LENGTH]:
        reason = f"got SHA-256 {digest[:ADDRESS_LENGTH]}…, expected {folder.name}… as the folder is called"
        raise MapRefused(folder, IMAGES_FILE, "sha256", reason)
    manifest = parse_manifest(folder, IMAGES_FILE, data, image_set_adapter())
    _check_rows(folder, manifest)
    photographs = (reference.photograph for reference in manifest.references)
    for record in (*manifest.thumbnails.sheets, *(record for record in photographs if record is not None)):
        check_file(folder, record)
    return ImageSet(folder, digest, manifest)


def _check_rows(folder: Path, manifest: ImageSetManifest) -> None:
    if reason := TAXONOMY.difference(manifest.classes):  # experts' usage counts pictures by the taxonomy's classes
        raise MapRefused(folder, IMAGES_FILE, "classes", reason)
    rows, num_classes = manifest.rows, len(manifest.classes)
    _check_codes(folder, "reference", rows.reference, range(len(manifest.references)))
    _check_codes(folder, "type", rows.type, range(UNKNOWN_INDEX, num_classes))
    _check_codes(folder, "class_index", rows.class_index, range(UNKNOWN_INDEX, num_classes))
    _check_codes(folder, "level", rows.level, range(6))
    for field in ("reference", "type", "level", "class_index", "label"):
        if (got := len(getattr(rows, field))) != len(rows.picture):
            raise MapRefused(folder, IMAGES_FILE, f"rows.{field}", f"got {got}, expected {len(rows.picture)} entries")
    sheets, thumbnails = len(manifest.thumbnails.sheets), manifest.thumbnails
    if sheets != (expected := -(-len(rows.picture) // thumbnails.tiles_per_sheet)):
        raise MapRefused(folder, IMAGES_FILE, "thumbnails.sheets", f"got {sheets}, expected {expected}")


def _check_codes(folder: Path, field: str, codes: Iterable[int], allowed: range) -> None:
    wrong = [code for code in codes if code not in allowed]
    if wrong:
        reason = f"got {wrong[0]}, expected {allowed.start} to {allowed.stop - 1}"
        raise MapRefused(folder, IMAGES_FILE, f"rows.{field}", reason)


def parse_manifest(folder: Path, file: str, data: bytes, adapter: TypeAdapter[ManifestT]) -> ManifestT:
    """A manifest's bytes, checked field by field; raises `MapRefused`."""
    try:
        return adapter.validate_python(json.loads(data))
    except ValidationError as error:
        raise MapRefused(folder, file, *first_fault(error)) from error
    except (ValueError, RecursionError) as error:
        raise MapRefused(folder, file, "(whole file)", f"not readable as JSON: {error}") from error


def read_bytes(folder: Path, file: str) -> bytes:
    """A file of the folder; raises `MapRefused` where it cannot be read."""
    try:
        return (folder / file).read_bytes()
    except OSError as error:
        raise MapRefused(folder, file, "(whole file)", f"not readable: {error.strerror}") from error


def check_file(folder: Path, record: FileRecord) -> bytes:
    """The bytes of a file that has the recorded SHA-256; raises `MapRefused`."""
    data = read_bytes(folder, record.file)
    digest = hashlib.sha256(data).hexdigest()
    if digest != record.sha256:
        raise MapRefused(folder, record.file, "sha256", f"got SHA-256 {digest[:12]}…, expected {record.sha256[:12]}…")
    return data
