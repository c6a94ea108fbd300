"""Databases of pictures that networks made: AGIQA-3K drew them after a text, PIPAL restored most of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from models.labels.scales import LabelScale
from models.training.data.datasets import DatasetError
from models.training.data.readers.label_files import PictureFolder, Row, csv_rows, text_rows
from models.training.data.readers.ratings import RatedSet, Rating, rated_set

AGIQA_SCALE: Final = LabelScale(0, 5)
PIPAL_SCALE: Final = LabelScale(850, 1850)
"""Elo scores have no nominal range: this holds those of the training set, whose pictures began at about 1,450."""

_PIPAL_PICTURE: Final = re.compile(r"(A\d{4})_\d\d_\d\d\.bmp", re.IGNORECASE)
_PIPAL_FOLDERS: Final = ("Train_Dist", "Distortion_1", "Distortion_2", "Distortion_3", "Distortion_4")


def read_agiqa3k(folder: Path) -> RatedSet:
    """AGIQA-3K as `data.csv` (name, mos_quality, std_quality) beside its pictures or `images/`; MOS on 0-5.

    `mos_align`, how well a picture fits its text, is left out. Li et al., "AGIQA-3K: an open database for AI-generated
    image quality assessment" (IEEE TCSVT, 2023); columns as in the authors' repository, lcysyzxdxc/AGIQA-3k-Database.
    """
    rows = csv_rows(folder / "data.csv", ("name", "mos_quality"))
    pictures = PictureFolder.open(folder / "images" if (folder / "images").is_dir() else folder)
    ratings = (
        Rating(
            row.place,
            name,
            pictures.find(name, place=row.place),
            row.number("mos_quality"),
            label_std=row.deviation("std_quality"),
        )
        for row in rows
        for name in [row.text("name")]
    )
    return rated_set("agiqa3k", "AGIQA-3K", AGIQA_SCALE, ratings)


def read_pipal(folder: Path) -> RatedSet:
    """PIPAL's training set as `Train_Label/A0001.txt` ... beside `Train_Dist/` or `Distortion_1/` to `Distortion_4/`.

    A line is `A0001_00_00.bmp,1520.0648`: picture and Elo score, of which a high one is good. Its first part names the
    reference. Gu et al., "PIPAL: a large-scale image quality assessment dataset for perceptual image restoration" (ECCV
    2020); the files as pyiqa and the Waterloo interface to IQA data sets read them.
    """
    files = sorted((folder / "Train_Label").glob("*.txt"))
    if not files:
        raise DatasetError(f"got no label file in {folder / 'Train_Label'}, expected A0001.txt and others")
    folders = [PictureFolder.open(folder / name) for name in _PIPAL_FOLDERS if (folder / name).is_dir()]
    if not folders:
        raise DatasetError(f"got no pictures in {folder}, expected Train_Dist, or Distortion_1 to Distortion_4")
    rows = (row for file in files for row in text_rows(file, ("name", "score"), separator=","))
    return rated_set("pipal", "PIPAL", PIPAL_SCALE, (_pipal_rating(row, folders) for row in rows))


def _pipal_rating(row: Row, folders: list[PictureFolder]) -> Rating:
    name = row.text("name")
    found = _PIPAL_PICTURE.fullmatch(name)
    if found is None:
        raise row.error(f"name {name!r}", "one such as A0001_00_00.bmp")
    pictures = next((pictures for pictures in folders if pictures.has(name)), folders[0])
    path = pictures.find(name, place=row.place)
    return Rating(row.place, name, path, row.number("score"), reference=f"pipal/{found[1].upper()}")
