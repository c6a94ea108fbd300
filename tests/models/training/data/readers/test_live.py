"""Replicas of LIVE with MATLAB files as MATLAB writes them, and of what rebuilds a part of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.io import savemat

from models.training.data.datasets import DatasetError
from models.training.data.readers.live import read_live, read_live_regenerated
from tests.models.training.conftest import Paint

NUM_PICTURES = 982
RATED = {0: ("jp2k/img1.bmp", "studentsculpture.bmp", 15.5), 460: ("wn/img1.bmp", "monarch.bmp", 29.0)}
RATED |= {807: ("gblur/img174.bmp", "bikes.bmp", -2.6), 981: ("fastfading/img174.bmp", "bikes.bmp", 108.8)}


def _cells(names: list[str]) -> np.ndarray:
    cells = np.empty((1, len(names)), dtype=object)
    cells[0, :] = [np.array([name]) for name in names]
    return cells


@pytest.fixture
def live(tmp_path: Path, paint: Paint) -> Path:
    """All 982 entries in LIVE's order, all but four of them marked as undistorted."""
    dmos, orgs, references = np.zeros((1, NUM_PICTURES)), np.ones((1, NUM_PICTURES)), ["ocean.bmp"] * NUM_PICTURES
    for position, (_, reference, label) in RATED.items():
        dmos[0, position], orgs[0, position], references[position] = label, 0, reference
    deviations = np.full((1, NUM_PICTURES), 2.5)
    savemat(tmp_path / "dmos_realigned.mat", {"dmos_new": dmos, "orgs": orgs.astype(np.uint8), "dmos_std": deviations})
    savemat(tmp_path / "dmos.mat", {"dmos": dmos / 2, "orgs": orgs.astype(np.uint8)})
    savemat(tmp_path / "refnames_all.mat", {"refnames_all": _cells(references)})
    paint(*(tmp_path / file for file, _, _ in RATED.values()), tmp_path / "jpeg" / "img1.bmp")
    return tmp_path


def test_lives_entries_run_through_its_folders_and_undistorted_ones_are_left_out(live: Path) -> None:
    rated = read_live(live)
    assert rated.title == "LIVE"
    assert [e.source.relative_to(live).as_posix() for e in rated.examples] == [file for file, _, _ in RATED.values()]
    assert [e.distortion_type for e in rated.examples] == ["jpeg2000", "white_noise", "gaussian_blur", None]
    assert rated.label_stds == (2.5,) * 4


def test_a_lower_dmos_is_a_higher_score_and_may_pass_100(live: Path) -> None:
    assert read_live(live).scores_N.tolist() == pytest.approx([84.5, 71, 102.6, -8.8], abs=1e-4)


def test_lives_references_are_the_contents_of_synthetic_pictures(live: Path) -> None:
    references = [e.reference for e in read_live(live).examples]
    assert references == ["pristine/studentsculpture", "pristine/monarch", "pristine/bikes", "pristine/bikes"]


def test_labels_before_realignment_serve_where_no_others_are_and_the_title_says_so(live: Path) -> None:
    (live / "dmos_realigned.mat").unlink()
    rated = read_live(live)
    assert [e.label for e in rated.examples] == [label / 2 for _, _, label in RATED.values()]
    assert "before realignment" in rated.title
    assert rated.label_stds == (None,) * 4


def test_label_files_of_another_length_are_refused(live: Path) -> None:
    savemat(live / "refnames_all.mat", {"refnames_all": _cells(["ocean.bmp"] * 981)})
    with pytest.raises(DatasetError, match=r"entries, expected 982 of each"):
        read_live(live)


def test_a_missing_variable_and_a_file_of_another_kind_are_named(live: Path) -> None:
    savemat(live / "dmos_realigned.mat", {"scores": np.zeros((1, 3))})
    with pytest.raises(DatasetError, match=r"dmos_realigned\.mat: got variables scores, expected dmos_new"):
        read_live(live)
    (live / "dmos_realigned.mat").write_text("not MATLAB at all " * 20)
    with pytest.raises(DatasetError, match="expected a MATLAB file of version 5 to 7"):
        read_live(live)


REBUILT = """file,reference,type,live_parameter,jpeg_quality,dmos,dmos_std,level,fidelity
jpeg/img29.jpg,bikes,jpeg,0.30737,5,63.7,2.2,4,exact except bottom row
wn/img26.png,house,wn,0.125,,-2.64,3.4,3,"same sigma, other noise draw"
"""


@pytest.fixture
def rebuilt(tmp_path: Path, paint: Paint) -> Path:
    (tmp_path / "labels.csv").write_text(REBUILT)
    paint(tmp_path / "jpeg" / "img29.jpg", tmp_path / "wn" / "img26.png", tmp_path / "references" / "bikes.png")
    return tmp_path


def test_the_rebuilt_part_of_live_is_always_called_regenerated(rebuilt: Path) -> None:
    rated = read_live_regenerated(rebuilt)
    assert rated.title == "LIVE, regenerated"
    assert rated.scores_N.tolist() == pytest.approx([36.3, 102.64], abs=1e-4)
    assert [(e.reference, e.distortion_type, e.level) for e in rated.examples] == [
        ("pristine/bikes", "jpeg", 4),
        ("pristine/house", "white_noise", 3),
    ]


def test_labels_that_were_not_built_yet_are_refused_with_the_way_to_build_them(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(REBUILT)
    with pytest.raises(DatasetError, match=r"without pictures, expected the folder that its build\.py writes"):
        read_live_regenerated(tmp_path)


def test_a_picture_that_was_not_rebuilt_is_named(rebuilt: Path) -> None:
    (rebuilt / "wn" / "img26.png").unlink()
    with pytest.raises(DatasetError, match=r"labels\.csv, row 3: got no picture wn/img26\.png"):
        read_live_regenerated(rebuilt)
