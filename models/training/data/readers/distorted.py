"""Databases of photographs distorted on purpose: KADID-10k, TID2013 and CSIQ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from models.distortions.pseudo_mos import KADID_MOS_RANGE
from models.distortions.type_opinions import TID2013_TYPES
from models.labels.scales import LabelScale
from models.training.data.contents import pristine_content
from models.training.data.datasets import DatasetError
from models.training.data.readers.label_files import PictureFolder, Row, csv_rows, text_rows
from models.training.data.readers.ratings import RatedSet, Rating, rated_set

KADID_SCALE: Final = LabelScale(*KADID_MOS_RANGE)
TID2013_SCALE: Final = LabelScale(0, 9)
CSIQ_SCALE: Final = LabelScale(0, 1, higher_is_better=False)

KADID_CODES: Final[Mapping[int, str]] = {
    1: "gaussian_blur",
    2: "lens_blur",
    3: "motion_blur",
    4: "color_diffusion",
    5: "color_shift",
    6: "color_quantization",
    7: "color_saturation_1",
    8: "color_saturation_2",
    9: "jpeg2000",
    10: "jpeg",
    11: "white_noise",
    12: "white_noise_color_component",
    13: "impulse_noise",
    14: "multiplicative_noise",
    15: "denoise",
    16: "brighten",
    17: "darken",
    18: "mean_shift",
    19: "jitter",
    20: "non_eccentricity_patch",
    21: "pixelate",
    22: "quantization",
    23: "color_block",
    24: "high_sharpen",
    25: "contrast_change",
}
"""KADID-10k's numbers of its types, as they stand in the names of its pictures."""

_KADID_PICTURE: Final = re.compile(r"(I\d\d)_(\d\d)_(\d\d)\.png", re.IGNORECASE)
_TID_PICTURE: Final = re.compile(r"I(\d\d)_(\d\d)_(\d)\.bmp", re.IGNORECASE)
NUM_TID_TYPES: Final = 24
NUM_KODAK_PHOTOGRAPHS: Final = 24

_CSIQ_TYPES: Final[Mapping[str, tuple[str, str | None]]] = {
    "noise": ("awgn", "white_noise"),
    "awgn": ("awgn", "white_noise"),
    "jpeg": ("jpeg", "jpeg"),
    "jpeg 2000": ("jpeg2000", "jpeg2000"),
    "jpeg2000": ("jpeg2000", "jpeg2000"),
    "fnoise": ("fnoise", None),
    "blur": ("blur", "gaussian_blur"),
    "contrast": ("contrast", "contrast_change"),
}
"""CSIQ's words in its workbook: folder and, where the taxonomy has it, type; `fnoise` is pink noise."""


def read_kadid10k(folder: Path) -> RatedSet:
    """KADID-10k as `dmos.csv` (dist_img, ref_img, dmos, var) beside `images/`; its `dmos` is a MOS on 1-5.

    Its column `var` holds the standard deviation: no thirty grades of 1-5 have the published pairs as mean and
    variance.
    Lin, Hosu and Saupe, "KADID-10k: a large-scale artificially distorted IQA database" (QoMEX 2019).
    """
    rows = csv_rows(folder / "dmos.csv", ("dist_img", "ref_img", "dmos"))
    pictures = PictureFolder.open(folder / "images")
    return rated_set("kadid10k", "KADID-10k", KADID_SCALE, (_kadid_rating(row, pictures) for row in rows))


def _kadid_rating(row: Row, pictures: PictureFolder) -> Rating:
    name = row.text("dist_img")
    found = _KADID_PICTURE.fullmatch(name)
    if found is None or int(found[2]) not in KADID_CODES:
        raise row.error(f"dist_img {name!r}", "a name such as I01_25_05.png with a type from 01 to 25")
    return Rating(
        row.place,
        name,
        pictures.find(name, place=row.place),
        row.number("dmos"),
        label_std=row.deviation("var"),
        reference=f"kadid10k/{found[1].upper()}",
        distortion_type=KADID_CODES[int(found[2])],
        level=int(found[3]),
    )


def read_tid2013(folder: Path) -> RatedSet:
    """TID2013 as `mos_with_names.txt` (and `mos_std.txt`, in its order) beside `distorted_images/`; MOS on 0-9.

    References 1-24 are cut from Kodak's photographs of these numbers. Ponomarenko et al., "Image database TID2013"
    (Signal Processing: Image Communication, 2015).
    """
    rows = text_rows(folder / "mos_with_names.txt", ("mos", "name"))
    deviations: list[float | None] = [None] * len(rows)
    if (path := folder / "mos_std.txt").is_file():
        deviations = [row.deviation("mos_std") for row in text_rows(path, ("mos_std",))]
    if len(deviations) != len(rows):
        raise DatasetError(f"{path}: got {len(deviations)} rows, expected {len(rows)}, as in mos_with_names.txt")
    pictures = PictureFolder.open(folder / "distorted_images")
    ratings = (_tid_rating(row, std, pictures) for row, std in zip(rows, deviations, strict=True))
    return rated_set("tid2013", "TID2013", TID2013_SCALE, ratings)


def _tid_rating(row: Row, label_std: float | None, pictures: PictureFolder) -> Rating:
    name = row.text("name")
    found = _TID_PICTURE.fullmatch(name)
    if found is None or not 1 <= int(found[2]) <= NUM_TID_TYPES:
        raise row.error(f"name {name!r}", "one such as I01_24_5.bmp with a type from 01 to 24")
    number = int(found[1])
    is_kodak = number <= NUM_KODAK_PHOTOGRAPHS  # the 25th is drawn by a computer
    return Rating(
        row.place,
        name,
        pictures.find(name, place=row.place),
        row.number("mos"),
        label_std=label_std,
        reference=pristine_content(f"kodim{number:02}") if is_kodak else f"tid2013/I{number:02}",
        distortion_type=TID2013_TYPES.get(int(found[2])),
        level=int(found[3]),
    )


def read_csiq(folder: Path) -> RatedSet:
    """CSIQ as `csiq.DMOS.csv`, sheet all_by_image of its workbook, beside `dst_imgs/TYPE/`; DMOS on 0-1.

    Larson and Chandler, "Most apparent distortion" (Journal of Electronic Imaging, 2010).
    """
    rows = csv_rows(
        folder / "csiq.DMOS.csv",
        ("image", "dst_type", "dst_lev", "dmos"),
        instead_of="sheet all_by_image of csiq.DMOS.xlsx",
    )
    ratings = (_csiq_rating(row, folder / "dst_imgs") for row in rows)
    return rated_set("csiq", "CSIQ", CSIQ_SCALE, ratings)


def _csiq_rating(row: Row, root: Path) -> Rating:
    word = row.text("dst_type").lower()
    if word not in _CSIQ_TYPES:
        raise row.error(f"dst_type {word!r}", f"one of {', '.join(_CSIQ_TYPES)}")
    (folder, distortion_type), image, level = _CSIQ_TYPES[word], row.text("image").lower(), int(row.number("dst_lev"))
    name = f"{image}.{folder}.{level}.png"
    return Rating(
        row.place,
        f"{folder}/{name}",
        PictureFolder.open(root / folder).find(name, place=row.place),
        row.number("dmos"),
        label_std=row.deviation("dmos_std"),
        reference=f"csiq/{image}",
        distortion_type=distortion_type,
        level=level,
    )
