"""Databases of photographs with two distortions at once: LIVE multiply distorted and MDIVL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from models.labels.scales import PERCENT_SCALE, LabelScale
from models.training.data.datasets import DatasetError
from models.training.data.readers.label_files import MatFile, PictureFolder, Row, csv_rows
from models.training.data.readers.ratings import RatedSet, Rating, rated_set

LIVE_MD_SCALE: Final = LabelScale(0, 100, higher_is_better=False)

_LIVE_MD_PARTS: Final[Mapping[str, str]] = {"Part 1": "blurjpeg", "Part 2": "blurnoise"}
"""Folder of each part's labels and, in it, of its pictures."""
_LIVE_MD_PICTURE: Final = re.compile(
    r"(?P<reference>[^_]+)(_blur(?P<blur>[1-3]))?(_(?P<kind>jpeg|noise)(?P<level>[1-3]))?\.bmp"
)
_LIVE_MD_TYPES: Final[Mapping[str, str]] = {"jpeg": "jpeg", "noise": "white_noise"}
_MDIVL_PICTURE: Final = re.compile(r"(?P<reference>.+)_(blur|noise)_[\d.]+_jpg_\d+\.jpg")


def read_live_md(folder: Path) -> RatedSet:
    """LIVE multiply distorted as `Part 1/` and `Part 2/` (or `Part_1`, `Part_2`); DMOS on about 0-100.

    Each has `Imagelists.mat` (distimgs), `Scores.mat` (DMOSscores) and its pictures in `blurjpeg/` or `blurnoise/`,
    called as in `babygirl_blur1_jpeg2.bmp`. A picture with one of the two distortions has its type and level.
    Jayaraman, Mittal, Moorthy and Bovik (Asilomar, 2012); files as pyiqa and the Waterloo interface to IQA data sets
    (icbcbicc/IQA-Dataset) read them.
    """
    ratings = [rating for part, kind in _LIVE_MD_PARTS.items() for rating in _live_md_part(folder, part, kind)]
    return rated_set("live_md", "LIVE multiply distorted", LIVE_MD_SCALE, ratings)


def _live_md_part(folder: Path, part: str, kind: str) -> Iterator[Rating]:
    root = folder / part.replace(" ", "_")
    root = root if root.is_dir() else folder / part
    lists = MatFile.read(root / "Imagelists.mat")
    names = lists.names("distimgs")
    labels = MatFile.read(root / "Scores.mat").numbers("DMOSscores")
    if len(names) != len(labels):
        raise DatasetError(f"{root}: got {len(names)} pictures and {len(labels)} DMOS, expected equal")
    pictures = PictureFolder.open(root / kind)
    for position, (name, label) in enumerate(zip(names, labels, strict=True)):
        yield _live_md_rating(f"{lists.path}, entry {position + 1}", f"{kind}/", name, label, pictures)


def _live_md_rating(place: str, prefix: str, name: str, label: float, pictures: PictureFolder) -> Rating:
    found = _LIVE_MD_PICTURE.fullmatch(name)
    if found is None:
        raise DatasetError(f"{place}: got picture {name!r}, expected one such as babygirl_blur1_jpeg2.bmp")
    blur, kind = found["blur"], found["kind"]
    single = None if blur and kind else "gaussian_blur" if blur else _LIVE_MD_TYPES.get(kind or "")
    return Rating(
        place,
        prefix + name,
        pictures.find(name, place=place),
        label,
        reference=f"live_md/{found['reference']}",
        distortion_type=single,
        level=int(blur or found["level"] or 0) if single else 0,
    )


def read_mdivl(folder: Path) -> RatedSet:
    """MDIVL as `MDIVL.txt` (dis_img_path, score) beside `Data_Blur_JPEG/` and `Data_Noise_JPEG/`; MOS on 0-100.

    Pictures are called as in `baby_blur_0.66_jpg_50.jpg`: their blur or noise, then their JPEG quality. Corchs and
    Gasparini, "A multidistortion database for image quality" (CCIW 2017); table and folders as the Waterloo interface
    to IQA data sets (icbcbicc/IQA-Dataset) distributes them.
    """
    rows = csv_rows(folder / "MDIVL.txt", ("dis_img_path", "score"))
    return rated_set("mdivl", "MDIVL", PERCENT_SCALE, (_mdivl_rating(row, folder) for row in rows))


def _mdivl_rating(row: Row, folder: Path) -> Rating:
    path = PurePosixPath(row.text("dis_img_path"))
    found = _MDIVL_PICTURE.fullmatch(path.name)
    if found is None:
        raise row.error(f"dis_img_path {str(path)!r}", "one that ends as baby_blur_0.66_jpg_50.jpg")
    return Rating(
        row.place,
        f"{path.parent.name}/{path.name}",
        PictureFolder.open(folder / path.parent.name).find(path.name, place=row.place),
        row.number("score"),
        reference=f"mdivl/{found['reference']}",
    )
