"""LIVE release 2 as distributed, and the part of it that is rebuilt from references that may be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Final

from models.labels.scales import LabelScale
from models.training.data.contents import pristine_content
from models.training.data.datasets import DatasetError
from models.training.data.readers.label_files import MatFile, PictureFolder, Row, csv_rows, existing_picture
from models.training.data.readers.ratings import RatedSet, Rating, rated_set

LIVE_SCALE: Final = LabelScale(0, 100, higher_is_better=False)

_NUM_PICTURES: Final[Mapping[str, int]] = {"jp2k": 227, "jpeg": 233, "wn": 174, "gblur": 174, "fastfading": 174}
"""Pictures of each folder, in the order of LIVE's label files."""
_TYPES: Final[Mapping[str, str]] = {
    "jp2k": "jpeg2000",
    "jpeg": "jpeg",
    "wn": "white_noise",
    "gblur": "gaussian_blur",
}
"""Folders whose type the taxonomy has; transmission errors of `fastfading` are unknown."""


def read_live(folder: Path) -> RatedSet:
    """LIVE release 2: `dmos_realigned.mat` or else `dmos.mat`, `refnames_all.mat`, and `img1.bmp` ... in five folders.

    Labels are DMOS of about 0-100; pictures marked in `orgs` are undistorted and left out. A reference is the content
    `pristine/STEM`, as in synthetic pictures of it. Sheikh, Sabir and Bovik (IEEE TIP, 2006).
    """
    realigned = folder / "dmos_realigned.mat"
    is_realigned = realigned.is_file()
    labels = MatFile.read(realigned if is_realigned else folder / "dmos.mat")
    dmos = labels.numbers("dmos_new" if is_realigned else "dmos")
    deviations = labels.numbers("dmos_std") if "dmos_std" in labels.variables else [None] * len(dmos)
    undistorted = labels.numbers("orgs")
    references = MatFile.read(folder / "refnames_all.mat").names("refnames_all")
    pictures = list(_live_pictures())
    lengths = {len(dmos), len(deviations), len(undistorted), len(references)}
    if lengths != {len(pictures)}:
        raise DatasetError(
            f"{labels.path} and refnames_all.mat: got {lengths} entries, expected {len(pictures)} of each"
        )
    folders = {name: PictureFolder.open(folder / name) for name in _NUM_PICTURES}
    ratings = (
        Rating(
            place := f"{labels.path}, entry {position + 1}",
            f"{kind}/{picture}",
            folders[kind].find(picture, place=place),
            dmos[position],
            label_std=deviations[position],
            reference=pristine_content(PurePath(references[position]).stem),
            distortion_type=_TYPES.get(kind),
        )
        for position, (kind, picture) in enumerate(pictures)
        if not undistorted[position]
    )
    title = "LIVE" if is_realigned else "LIVE (DMOS before realignment)"
    return rated_set("live", title, LIVE_SCALE, ratings)


def _live_pictures() -> Iterator[tuple[str, str]]:
    """Folder and name of every picture in the order of LIVE's label files."""
    for kind, count in _NUM_PICTURES.items():
        for number in range(1, count + 1):
            yield kind, f"img{number}.bmp"


def read_live_regenerated(folder: Path) -> RatedSet:
    """What `build.py` rebuilds of LIVE: `labels.csv` (file, reference, type, dmos) beside the folders of its types.

    Labels are LIVE's realigned DMOS; a level is a fifth of its type's pictures. References are named as in `read_live`.
    """
    rows = csv_rows(folder / "labels.csv", ("file", "reference", "type", "dmos"))
    if not any((folder / kind).is_dir() for kind in _TYPES):
        raise DatasetError(f"got {folder} without pictures, expected the folder that its build.py writes")
    ratings = (_regenerated_rating(row, folder) for row in rows)
    return rated_set("live_regenerated", "LIVE, regenerated", LIVE_SCALE, ratings)


def _regenerated_rating(row: Row, folder: Path) -> Rating:
    kind, file = row.text("type"), row.text("file")
    if kind not in _TYPES:
        raise row.error(f"type {kind!r}", f"one of {', '.join(_TYPES)}")
    return Rating(
        row.place,
        file,
        existing_picture(folder, file, row=row),
        row.number("dmos"),
        label_std=row.deviation("dmos_std"),
        reference=pristine_content(row.text("reference")),
        distortion_type=_TYPES[kind],
        level=int(row.deviation("level") or 0),
    )
