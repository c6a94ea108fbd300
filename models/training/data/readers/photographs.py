"""Databases of photographs as people took them: BIQ2021, KonIQ-10k, SPAQ and CLIVE; each picture is its own content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from models.labels.scales import FIVE_GRADES, PERCENT_SCALE, UNIT_SCALE, LabelScale
from models.training.data.datasets import DatasetError
from models.training.data.readers.label_files import MatFile, PictureFolder, Row, csv_rows, existing_picture
from models.training.data.readers.ratings import RatedSet, Rating, rated_set

PIQ2023_SCALE: Final = LabelScale(-5, 5)

_KONIQ_LABELS: Final = ("koniq10k_distributions_sets.csv", "koniq10k_scores_and_distributions.csv")
_KONIQ_PICTURES: Final = ("1024x768", "512x384")
_SPAQ_LABELS: Final = "MOS and Image attribute scores"
_NUM_CLIVE_TRAINING: Final = 7


def read_biq2021(folder: Path) -> RatedSet:
    """BIQ2021 as `labels.csv` (image, mos on 0-1, and where there is one a subset) beside its pictures.

    The database was put together from three sources; `subset` names a picture's. Ahmed and Asif, "BIQ2021: a
    large-scale blind image quality assessment database" (2022).
    """
    rows = csv_rows(folder / "labels.csv", ("image", "mos"))
    ratings = (
        Rating(
            row.place,
            name,
            existing_picture(folder, name, row=row),
            row.number("mos"),
            subset=row.cells.get("subset") or None,
        )
        for row in rows
        for name in [row.text("image")]
    )
    return rated_set("biq2021", "BIQ2021", UNIT_SCALE, ratings)


def read_koniq10k(folder: Path) -> RatedSet:
    """KonIQ-10k as one of its two label files beside `1024x768/` or else `512x384/`; MOS on 1-5 or 0-100.

    `koniq10k_distributions_sets.csv` comes first, for its official split (column set). Its MOS is rescaled to 0-100 but
    not its SD, which is therefore left out. Hosu et al., "KonIQ-10k" (IEEE TIP, 2020).
    """
    labels = _first_existing(folder, _KONIQ_LABELS)
    pictures = PictureFolder.open(_first_existing(folder, _KONIQ_PICTURES))
    rows = csv_rows(labels, ("image_name", "MOS"))
    scale = FIVE_GRADES if all(row.number("MOS") <= FIVE_GRADES.high for row in rows) else PERCENT_SCALE
    ratings = (_koniq_rating(row, pictures, has_std=scale is FIVE_GRADES) for row in rows)
    return rated_set("koniq10k", "KonIQ-10k", scale, ratings)


def _first_existing(folder: Path, names: Sequence[str]) -> Path:
    for name in names:
        if (path := folder / name).exists():
            return path
    raise DatasetError(f"got {folder}, expected {' or '.join(names)} in it")


def _koniq_rating(row: Row, pictures: PictureFolder, *, has_std: bool) -> Rating:
    name = row.text("image_name")
    return Rating(
        row.place,
        name,
        pictures.find(name, place=row.place),
        row.number("MOS"),
        label_std=row.deviation("SD") if has_std else None,
        role=row.role("set"),
    )


def read_spaq(folder: Path) -> RatedSet:
    """SPAQ as `Annotations/MOS and Image attribute scores.csv`, exported from its workbook, beside `TestImage/`; 0-100.

    Fang et al., "Perceptual quality assessment of smartphone photography" (CVPR 2020).
    """
    workbook = f"{_SPAQ_LABELS}.xlsx"
    rows = csv_rows(folder / "Annotations" / f"{_SPAQ_LABELS}.csv", ("Image name", "MOS"), instead_of=workbook)
    pictures = PictureFolder.open(folder / "TestImage")
    ratings = (
        Rating(row.place, name, pictures.find(name, place=row.place), row.number("MOS"))
        for row in rows
        for name in [row.text("Image name")]
    )
    return rated_set("spaq", "SPAQ", PERCENT_SCALE, ratings)


def read_clive(folder: Path) -> RatedSet:
    """CLIVE (LIVE In the Wild) as three files `Data/All*_release.mat` beside `Images/`; MOS on 0-100.

    The first seven entries trained the raters and lie in a folder of their own; as usual they are left out. Ghadiyaram
    and Bovik, "Massive online crowdsourced study of subjective and objective picture quality" (IEEE TIP, 2016).
    """
    data = folder / "Data"
    names = MatFile.read(data / "AllImages_release.mat").names("AllImages_release")
    labels = MatFile.read(data / "AllMOS_release.mat").numbers("AllMOS_release")
    deviations = MatFile.read(data / "AllStdDev_release.mat").numbers("AllStdDev_release")
    if not len(names) == len(labels) == len(deviations):
        raise DatasetError(
            f"{data}: got {len(names)} pictures, {len(labels)} MOS, {len(deviations)} StdDev, expected equal"
        )
    pictures = PictureFolder.open(folder / "Images")
    ratings = (
        Rating(
            place := f"{data / 'AllImages_release.mat'}, entry {position + 1}",
            name,
            pictures.find(name, place=place),
            labels[position],
            label_std=deviations[position],
        )
        for position, name in enumerate(names)
        if position >= _NUM_CLIVE_TRAINING
    )
    return rated_set("clive", "CLIVE", PERCENT_SCALE, ratings)


def read_uhd_iqa(folder: Path) -> RatedSet:
    """UHD-IQA as `uhd-iqa-metadata.csv` (image_name, quality_mos, set) beside a folder per set; MOS on 0-1.

    `set` is the authors' split: training, validation and test. Hosu et al., "UHD-IQA benchmark database: pushing the
    boundaries of blind photo quality assessment" (ECCV workshops, 2024); names as in the database's archive.
    """
    rows = csv_rows(folder / "uhd-iqa-metadata.csv", ("image_name", "quality_mos", "set"))
    ratings = (
        Rating(
            row.place,
            name,
            existing_picture(folder / row.text("set"), name, row=row),
            row.number("quality_mos"),
            role=row.role("set"),
        )
        for row in rows
        for name in [row.text("image_name")]
    )
    return rated_set("uhd_iqa", "UHD-IQA", UNIT_SCALE, ratings)


def read_flive(folder: Path) -> RatedSet:
    """FLIVE (LIVE-FB, PaQ-2-PiQ) as `labels_image.csv` (name, mos) beside `database/` or its folders; MOS on 0-100.

    A `name` is a path such as `voc_emotic_ava/JPEGImages__2009_000006.jpg`. Ying et al., "From patches to pictures"
    (CVPR 2020); columns as in the authors' repository, niu-haoran/FLIVE_Database.
    """
    rows = csv_rows(folder / "labels_image.csv", ("name", "mos"))
    root = folder / "database" if (folder / "database").is_dir() else folder
    ratings = (
        Rating(row.place, name, existing_picture(root, name, row=row), row.number("mos"))
        for row in rows
        for name in [row.text("name")]
    )
    return rated_set("flive", "FLIVE", PERCENT_SCALE, ratings)


def read_piq2023(folder: Path) -> RatedSet:
    """PIQ2023 as `Scores_Overall.csv` (IMAGE PATH, JOD, JOD STD, SCENE) beside `Overall/`; JOD of about -5 to 5.

    A JOD says how often experts preferred a portrait to others of its scene, whose mean is 0: it compares nothing
    across scenes. A scene is one content. Chahine et al. (CVPR 2023); columns as in DXOMARK-Research/PIQ2023's README.
    """
    rows = csv_rows(folder / "Scores_Overall.csv", ("IMAGE PATH", "JOD", "SCENE"))
    ratings = (
        Rating(
            row.place,
            name,
            existing_picture(folder, name, row=row),
            row.number("JOD"),
            label_std=row.deviation("JOD STD"),
            reference=f"piq2023/{row.text('SCENE')}",
        )
        for row in rows
        for name in [row.text("IMAGE PATH").replace("\\", "/")]
    )
    return rated_set("piq2023", "PIQ2023 (overall)", PIQ2023_SCALE, ratings)
