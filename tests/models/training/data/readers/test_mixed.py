"""Replicas of LIVE multiply distorted and MDIVL: layouts, directions of labels, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.io import savemat

from models.training.data.datasets import DatasetError
from models.training.data.readers.mixed import read_live_md, read_mdivl
from tests.models.training.conftest import Paint

PARTS = {
    "Part 1": ("blurjpeg", ["lunch_blur1.bmp", "lunch_blur2_jpeg3.bmp", "wheel_jpeg2.bmp"], [39.4, 70, 20]),
    "Part 2": ("blurnoise", ["lunch_noise3.bmp", "wheel_blur1_noise1.bmp"], [33.3, 26]),
}


@pytest.fixture
def live_md(tmp_path: Path, paint: Paint) -> Path:
    for part, (kind, names, dmos) in PARTS.items():
        paint(*(tmp_path / part / kind / name for name in names))
        cells = np.array(names, dtype=object).reshape(-1, 1)
        savemat(tmp_path / part / "Imagelists.mat", {"distimgs": cells})
        savemat(tmp_path / part / "Scores.mat", {"DMOSscores": np.array([dmos])})
    return tmp_path


def test_live_md_has_dmos_and_a_type_where_there_is_one_distortion(live_md: Path) -> None:
    rated = read_live_md(live_md)
    assert rated.scores_N.tolist() == pytest.approx([60.6, 30, 80, 66.7, 74])
    assert [(e.distortion_type, e.level) for e in rated.examples] == [
        ("gaussian_blur", 1),
        (None, 0),
        ("jpeg", 2),
        ("white_noise", 3),
        (None, 0),
    ]
    assert [e.reference for e in rated.examples] == [
        *("live_md/lunch", "live_md/lunch", "live_md/wheel", "live_md/lunch", "live_md/wheel")
    ]


def test_what_does_not_fit_in_live_md_is_refused(live_md: Path) -> None:
    savemat(live_md / "Part 2" / "Scores.mat", {"DMOSscores": np.array([[1.0]])})
    with pytest.raises(DatasetError, match="Part 2: got 2 pictures and 1 DMOS, expected equal"):
        read_live_md(live_md)
    savemat(live_md / "Part 1" / "Imagelists.mat", {"distimgs": np.array(["a.png", "b.bmp", "c"], dtype=object)})
    with pytest.raises(DatasetError, match=r"entry 1: got picture 'a\.png', expected one such as"):
        read_live_md(live_md)


def test_mdivl_has_mos_and_contents(tmp_path: Path, paint: Paint) -> None:
    paint(
        tmp_path / "Data_Blur_JPEG" / "baby_blur_0.66_jpg_50.jpg",
        tmp_path / "Data_Noise_JPEG" / "snow_noise_10_jpg_30.jpg",
    )
    head = "dis_img_path,dis_type,ref_img_path,score\n"
    rows = (
        "MDIVL/MDIVL/Data_Blur_JPEG/baby_blur_0.66_jpg_50.jpg,Multiply Dist.,x/baby.png,84.0241\n"
        "MDIVL/MDIVL/Data_Noise_JPEG/snow_noise_10_jpg_30.jpg,Multiply Dist.,x/snow.png,28.2457\n"
    )
    (tmp_path / "MDIVL.txt").write_text(head + rows)
    rated = read_mdivl(tmp_path)
    assert rated.scores_N.tolist() == pytest.approx([84.0241, 28.2457])
    assert [e.reference for e in rated.examples] == ["mdivl/baby", "mdivl/snow"]
    (tmp_path / "MDIVL.txt").write_text(head + rows.replace("84.0241", "nan"))
    with pytest.raises(DatasetError, match=r"MDIVL\.txt, row 2: got score 'nan', expected a number"):
        read_mdivl(tmp_path)
