"""Which pictures an embedding map shows, and how they become an image set with thumbnails.

The set that ships holds free photographs that no model was trained on, each under every distortion. A folder of
pictures, or a CSV file of rated ones, becomes a set by the same function.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import math
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from PIL import Image

from models.distortions.pseudo_mos import kadid_mos
from models.files import write_atomically
from models.images import decode
from models.images.folders import pictures_in, shown_path
from models.labels.scales import FIVE_GRADES, UNSTATED, StatedLabels
from models.maps.building.sheets import TILE_PX, TILE_QUALITY, Sheets, tile_of
from models.maps.image_set import (
    IMAGES_FILE,
    IMAGES_FOLDER,
    FileRecord,
    ImageSet,
    ImageSetManifest,
    LabelKind,
    LeftOut,
    MapRefused,
    PictureRows,
    ReferenceRecord,
    image_set_adapter,
    image_set_folder,
    image_set_folders,
    read_image_set,
)
from models.taxonomy import CLEAN, LEVELS, TAXONOMY, UNKNOWN_INDEX
from models.training.data.datasets import KADID_CLEAN_MOS, BrokenPicture, Dataset, DatasetError, Example
from models.training.data.feature_cache import distortions_sha256, progress_bar
from models.training.pictures.samples import (
    LONGER_SIDE_PX,
    PHOTOGRAPHS,
    SCIKIT_IMAGE,
    SCIKIT_LEARN,
    WALLPAPERS,
    Photograph,
    Source,
)
from models.training.rated_sets import read_rated
from models.trunk.preprocess import shrink

log = logging.getLogger(__name__)

SHIPPED_SET: Final = "samples"
MIN_PICTURES: Final = 5
_PHOTOGRAPH_QUALITY: Final = 97


def _further(name: str, author: str, licence: str, source: Source, original: str) -> Photograph:
    return Photograph(name, name.capitalize(), "", author, licence, source, original)


FURTHER_PHOTOGRAPHS: Final = (
    _further("cat", "Stefan van der Walt", "CC0 1.0", SCIKIT_IMAGE, "chelsea.png"),
    _further("galaxies", "NASA", "public domain", SCIKIT_IMAGE, "hubble_deep_field.jpg"),
    _further("dahlia", "vultilion", "CC BY 2.0", SCIKIT_LEARN, "flower.jpg"),
    _further("meadow", "Aitzol Berasategi", "CC BY 4.0", WALLPAPERS, "aitzgorri_by_Aitzol_Berasategi.jpg"),
    _further("fig", 'Trevor "Freespace"', "CC BY 4.0", WALLPAPERS, "Picture_0B_by_freespace.jpg"),
    _further("sunset", "Aitzol Berasategi", "CC BY 4.0", WALLPAPERS, "sunset_by_Aitzol_Berasategi.jpg"),
)
"""Undistorted, like the samples of the Score page, and shown on maps alone."""
MAP_PHOTOGRAPHS: Final = (*PHOTOGRAPHS, *FURTHER_PHOTOGRAPHS)


@dataclass(frozen=True)
class Credit:
    """Who made a photograph, under which licence, and where it comes from: what allows passing it on."""

    text: str
    source: str


@dataclass(frozen=True)
class MapPictures:
    """Pictures to be shown: with credits (by reference), their undistorted photographs are kept in the set."""

    dataset: Dataset
    label_kind: LabelKind | None
    credit_of: Mapping[str, Credit] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class MapImages:
    """A built image set beside what renders its pictures, in the same order."""

    image_set: ImageSet
    dataset: Dataset


class _Drawn(NamedTuple):
    """A picture's tile and its class."""

    tile: Image.Image
    class_index: int


# ---- which pictures


def write_map_photographs(output: Path, *, wallpapers: Path | None) -> MapPictures:
    """Scale the originals of the shipped set into `output`; without `wallpapers`, only those of installed packages.

    The longer side becomes 512 px; a smaller original stays as it is. Raises `DatasetError` where one is missing.
    """
    shots = [shot for shot in MAP_PHOTOGRAPHS if shot.source.package is not None or wallpapers is not None]
    for shot in shots:
        write_atomically(output / f"{shot.name}.jpg", _scaled_original(shot, wallpapers))
    credit_of = {shot.name: Credit(f"{shot.author}, {shot.licence}", shot.source.name) for shot in shots}
    return distorted_pictures(SHIPPED_SET, [output / f"{shot.name}.jpg" for shot in shots], credit_of)


def _scaled_original(shot: Photograph, wallpapers: Path | None) -> bytes:
    folder = wallpapers if shot.source.package is None else files(shot.source.package)
    if folder is None or not (original := folder / shot.original).is_file():
        raise DatasetError(f"got no {shot.original} in {folder}, expected it from {shot.source.name}")
    pixels_HWC = decode(original.read_bytes()).pixels_HWC
    factor = max(pixels_HWC.shape) / LONGER_SIDE_PX
    scaled_HWC = shrink(pixels_HWC, factor) if factor > 1 else pixels_HWC
    buffer = io.BytesIO()
    Image.fromarray(scaled_HWC).save(buffer, "JPEG", quality=_PHOTOGRAPH_QUALITY, subsampling=0, optimize=True)
    return buffer.getvalue()


def distorted_pictures(
    name: str,
    photographs: Sequence[Path],
    credit_of: Mapping[str, Credit],
    *,
    distortion_types: Sequence[str] = TAXONOMY.distortion_types,
) -> MapPictures:
    """Each photograph whole, clean and under every level of the types, labelled with KADID-10k's means.

    A picture is what `models.training.pictures.samples` makes of the photograph: its noise is seeded with the stem.
    """
    examples = tuple(example for path in photographs for example in _chains(path, distortion_types))
    return MapPictures(Dataset(name, examples, FIVE_GRADES), "pseudo_mos", credit_of)


def _chains(path: Path, distortion_types: Sequence[str]) -> list[Example]:
    def example(distortion: str, level: int, label: float) -> Example:
        identity = f"{path.stem}/{distortion}/{level}"
        return Example(identity, path.stem, path, label, distortion, level, crop_px=None)

    cells = [example(name, level, kadid_mos(name, level)) for name in distortion_types for level in LEVELS]
    return [example(CLEAN, 0, KADID_CLEAN_MOS), *cells]


def user_pictures(path: Path, labels: StatedLabels = UNSTATED) -> MapPictures:
    """The pictures in a folder and below, of unknown class and quality, or the rated ones of a CSV file.

    Raises `DatasetError` where there are fewer than `MIN_PICTURES`.
    """
    pictures = _folder_pictures(path) if path.is_dir() else _rated_pictures(path, labels)
    _check_count(len(pictures.dataset.examples), path)
    return pictures


def _check_count(count: int, where: object) -> None:
    if count < MIN_PICTURES:
        raise DatasetError(f"got {count} pictures in {where}, expected at least {MIN_PICTURES}")


def _folder_pictures(folder: Path) -> MapPictures:
    paths = pictures_in(folder, recursive=True)
    names = [shown_path(path.relative_to(folder)) for path in paths]
    examples = tuple(Example(name, name, path, math.nan) for name, path in zip(names, paths, strict=True))
    return MapPictures(Dataset(shown_path(Path(folder.resolve().name)), examples), None)


def _rated_pictures(file: Path, labels: StatedLabels) -> MapPictures:
    rated = read_rated("csv", file, labels)
    return MapPictures(Dataset(file.stem, rated.examples, rated.scale), "mos")


def shipped_images(shared: Path) -> MapImages | None:
    """The image set that ships, from its own photographs, or `None` where there is no sound one.

    Raises `DatasetError` where there are several.
    """
    shipped = [
        images for images in _sound_sets(shared) if images.manifest.name == SHIPPED_SET and _keeps_photographs(images)
    ]
    if len(shipped) > 1:
        names = ", ".join(images.folder.name for images in shipped)
        raise DatasetError(f"got image sets {names} called {SHIPPED_SET}, expected one")
    return _reopen(shipped[0]) if shipped else None


def _sound_sets(shared: Path) -> Iterator[ImageSet]:
    for folder in image_set_folders(shared):
        try:
            yield read_image_set(folder)
        except MapRefused as error:
            log.warning("image set not used: %s", error)


def _keeps_photographs(images: ImageSet) -> bool:
    return all(reference.photograph is not None for reference in images.manifest.references)


def _reopen(images: ImageSet) -> MapImages:
    rows, references = images.manifest.rows, images.manifest.references
    photographs = [images.folder / reference.photograph.file for reference in references if reference.photograph]
    slope, offset = FIVE_GRADES.to_score()
    examples = tuple(
        Example(
            example_id=picture,
            reference=references[reference].name,
            source=photographs[reference],
            label=math.nan if label is None else (label - offset) / slope,
            distortion_type=TAXONOMY.classes[kind],
            level=level,
            crop_px=None,
        )
        for picture, reference, kind, level, label in zip(
            rows.picture, rows.reference, rows.type, rows.level, rows.label, strict=True
        )
    )
    return _with_images(images, Dataset(SHIPPED_SET, examples, FIVE_GRADES))


def open_images(
    pictures: Path | None, *, shared: Path, labels: StatedLabels = UNSTATED, wallpapers: Path | None = None
) -> MapImages:
    """The image set of a user's folder or CSV file, or, without one, the set that ships, built where it is missing.

    `wallpapers` is the folder of pictures inside the Debian package lomiri-wallpapers-16.04, needed to build the set
    that ships; it keeps its photographs, so that a checkout needs nothing else. Raises `DatasetError` without both.
    """
    if pictures is not None:
        return build_image_set(user_pictures(pictures, labels), shared=shared)
    if shipped := shipped_images(shared):
        return shipped
    if wallpapers is None:
        raise DatasetError(f"got no image set {SHIPPED_SET} in {shared}, expected one, or wallpapers to build it from")
    with tempfile.TemporaryDirectory() as folder:
        photographs = write_map_photographs(Path(folder), wallpapers=wallpapers)
        return _reopen(build_image_set(photographs, shared=shared).image_set)


# ---- how they become a set


def build_image_set(pictures: MapPictures, *, shared: Path) -> MapImages:
    """Draw thumbnails and write the set under `shared`, or open the one that was made of the same pictures.

    A picture that cannot be decoded is left out, and listed with the reason. Raises `DatasetError` where too few are
    left.
    """
    inputs_sha256 = _inputs_sha256(pictures)
    for images in _sound_sets(shared):
        if images.manifest.inputs_sha256 == inputs_sha256:
            return _with_images(images, pictures.dataset)
    root = shared / IMAGES_FOLDER
    root.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=root, prefix=".building-"))
    try:
        data = _write_set(pictures, building, inputs_sha256)
        final = image_set_folder(shared, hashlib.sha256(data).hexdigest())
        if not final.exists():
            building.chmod(0o755)
            building.rename(final)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return _with_images(read_image_set(final), pictures.dataset)


def _with_images(images: ImageSet, dataset: Dataset) -> MapImages:
    """The data set without what was left out, under a name that changes with the pictures: its features are cached."""
    kept = set(images.manifest.rows.picture)
    examples = tuple(example for example in dataset.examples if example.example_id in kept)
    return MapImages(images, replace(_plain(dataset), name=f"map_{images.folder.name}", examples=examples))


def _plain(dataset: Dataset) -> Dataset:
    return Dataset(dataset.name, dataset.examples, dataset.scale)


def _inputs_sha256(pictures: MapPictures) -> str:
    """Changes with every picture's bytes, label and distortion, with what distortions do, and with the tiles."""
    dataset = pictures.dataset
    sources = {example.source for example in dataset.examples}
    digests = {str(source): _file_sha256(source) for source in sources}
    rows = [
        (e.example_id, e.reference, digests[str(e.source)], repr(e.label), e.distortion_type, e.level, e.crop_px)
        for e in dataset.examples
    ]
    drawing = distortions_sha256() if any(e.level and not e.distorted_on_disk for e in dataset.examples) else ""
    credited = {name: asdict(credit) for name, credit in pictures.credit_of.items()}
    parts = [dataset.name, asdict(dataset.scale), pictures.label_kind, credited, rows, drawing, TILE_PX, TILE_QUALITY]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_set(pictures: MapPictures, folder: Path, inputs_sha256: str) -> bytes:
    """Write every file of the set and return the bytes of its manifest."""
    kept, class_indices, left_out, sheets = [], [], [], Sheets(folder)
    for example, answer in zip(pictures.dataset.examples, _draw(pictures.dataset), strict=True):
        if isinstance(answer, LeftOut):
            left_out.append(answer)
            continue
        kept.append(example)
        class_indices.append(answer.class_index)
        sheets.add(answer.tile)
    _check_count(len(kept), pictures.dataset.name)
    references = list(dict.fromkeys(example.reference for example in kept))
    sources = {example.reference: example.source for example in kept}
    manifest = ImageSetManifest(
        format=1,
        name=pictures.dataset.name,
        inputs_sha256=inputs_sha256,
        label_kind=pictures.label_kind,
        classes=TAXONOMY.classes,
        references=tuple(_reference(name, sources[name], pictures.credit_of.get(name), folder) for name in references),
        rows=_rows(kept, references, pictures.dataset, class_indices),
        thumbnails=sheets.finish(),
        left_out=tuple(left_out),
    )
    fields = image_set_adapter().dump_python(manifest, mode="json")
    data = (json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    write_atomically(folder / IMAGES_FILE, data)
    return data


def _draw(dataset: Dataset) -> Iterator[_Drawn | LeftOut]:
    """Tile and class of every picture in order, or why there is none."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool, progress_bar() as bar:
        answers = pool.map(_draw_one, dataset.examples)
        yield from bar.track(answers, total=len(dataset.examples), description="thumbnails")


def _draw_one(example: Example) -> _Drawn | LeftOut:
    try:
        rendered = example.render()
    except (BrokenPicture, OSError) as error:
        log.warning("left out: %s (%s)", example.example_id, error)
        return LeftOut(example.example_id, str(error))
    return _Drawn(tile_of(rendered.image.pixels_HWC), rendered.class_index)


def _reference(name: str, source: Path, credit: Credit | None, folder: Path) -> ReferenceRecord:
    if credit is None:
        return ReferenceRecord(name)
    data = source.read_bytes()
    file = f"{name}{source.suffix}"
    write_atomically(folder / file, data)
    record = FileRecord(file, hashlib.sha256(data).hexdigest())
    return ReferenceRecord(name, credit.text, credit.source, record)


def _rows(
    examples: Sequence[Example], references: Iterable[str], dataset: Dataset, class_indices: Sequence[int]
) -> PictureRows:
    position = {name: index for index, name in enumerate(references)}
    slope, offset = dataset.scale.to_score()
    return PictureRows(
        picture=tuple(e.example_id for e in examples),
        reference=tuple(position[e.reference] for e in examples),
        type=tuple(
            UNKNOWN_INDEX if e.distortion_type is None else TAXONOMY.class_index(e.distortion_type) for e in examples
        ),
        level=tuple(e.level for e in examples),
        class_index=tuple(class_indices),
        label=tuple(None if math.isnan(e.label) else round(slope * e.label + offset, 4) for e in examples),
    )
