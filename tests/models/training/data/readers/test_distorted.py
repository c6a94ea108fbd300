"""Replicas of KADID-10k, TID2013 and CSIQ: true layouts, type codes, directions of labels, and what is refused."""

from __future__ import annotations

import csv
from itertools import combinations_with_replacement
from pathlib import Path
from statistics import pvariance, variance

import pytest

import models.distortions.pseudo_mos
from models.distortions.type_opinions import TID2013_TYPES
from models.taxonomy import TAXONOMY, UNKNOWN_INDEX
from models.training.data.datasets import DatasetError
from models.training.data.readers.distorted import read_csiq, read_kadid10k, read_tid2013
from tests.models.training.conftest import Paint


@pytest.fixture
def kadid(tmp_path: Path, paint: Paint) -> Path:
    names = ("I01_01_01.png", "I01_25_05.png", "I81_09_03.png")
    paint(*(tmp_path / "images" / name for name in (*names, "I81_09_04.png", "I01.png", "I81.png")))
    rows = ["I01_01_01.png,I01.png,4.57,0.496", "I01_25_05.png,I01.png,1.40,0.8", "I81_09_03.png,I81.png,2.5,0.9"]
    (tmp_path / "dmos.csv").write_text("\n".join(["dist_img,ref_img,dmos,var", *rows]) + "\n")
    return tmp_path


def spreads_of_thirty_grades(mean: float) -> dict[str, set[float]]:
    """Every standard deviation and every variance, of a sample or of all, that grades of this rounded mean can have."""
    deviations, variances = set(), set()
    for grades in combinations_with_replacement(range(1, 6), 30):
        if round(sum(grades) / 30, 2) == mean:
            for spread in (pvariance(grades), variance(grades)):
                variances.add(round(spread, 3))
                deviations.add(round(spread**0.5, 3))
    return {"deviation": deviations, "variance": variances}


def test_what_kadid_calls_a_variance_can_only_be_a_deviation(kadid: Path) -> None:
    possible = spreads_of_thirty_grades(4.57)  # the first row that is published: 4.57,0.496
    assert 0.496 in possible["deviation"] - possible["variance"]
    assert read_kadid10k(kadid).label_stds[0] == 0.496


def test_kadids_dmos_is_a_mos(kadid: Path) -> None:
    rated = read_kadid10k(kadid)
    assert rated.scores_N.tolist() == pytest.approx([89.25, 10, 37.5])
    assert rated.label_stds == (0.496, 0.8, 0.9)
    assert [(e.distortion_type, e.level) for e in rated.examples] == [
        ("gaussian_blur", 1),
        ("contrast_change", 5),
        ("jpeg2000", 3),
    ]
    assert [e.reference for e in rated.examples] == ["kadid10k/I01", "kadid10k/I01", "kadid10k/I81"]
    assert rated.has_references


def test_kadids_codes_are_those_of_the_table_of_its_means() -> None:
    table = Path(models.distortions.pseudo_mos.__file__).with_name("kadid10k_type_level_mos.csv")
    with table.open(newline="", encoding="utf-8") as file:
        codes = {int(row["type_id"]): row["type"] for row in csv.DictReader(file)}
    assert [codes[code] for code in range(1, 26)] == list(TAXONOMY.distortion_types)


def test_a_distorted_picture_is_shown_as_it_lies_on_disk(kadid: Path) -> None:
    rendered = read_kadid10k(kadid).examples[1].render()
    assert rendered.class_index == TAXONOMY.class_index("contrast_change")
    assert rendered.image.pixels_HWC.shape == (32, 33, 3)
    assert (rendered.image.pixels_HWC == (200, 90, 30)).all()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("I01_26_01.png,I01.png,3,1", r"dmos\.csv, row 5: got dist_img 'I01_26_01\.png', expected .* from 01 to 25"),
        ("I02_01_01.png,I02.png,3,1", r"dmos\.csv, row 5: got no picture I02_01_01\.png in .*images"),
        ("I81_09_04.png,I81.png,high,1", r"row 5: got dmos 'high', expected a number"),
        ("I81_09_04.png,I81.png,nan,1", r"row 5: got dmos 'nan', expected a number"),
        ("I81_09_04.png,I81.png", r"row 5: got no dmos, expected a value in column dmos"),
        ("I81_09_04.png,I81.png,77,1", r"row 5: got label 77, expected labels of about 1 to 5"),
        ("I81_09_04.png,I81.png,3,-1", r"row 5: got var -1\.0, expected 0 or more"),
        ("I01_01_01.png,I01.png,3,1", r"row 5: got picture I01_01_01\.png again, expected it in .*row 2 alone"),
    ],
)
def test_a_wrong_row_of_kadid_is_named(kadid: Path, row: str, message: str) -> None:
    labels = kadid / "dmos.csv"
    labels.write_text(labels.read_text() + row)
    with pytest.raises(DatasetError, match=message):
        read_kadid10k(kadid)


def test_a_folder_without_labels_or_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"got no .*dmos\.csv, expected a CSV file with columns dist_img, ref_img"):
        read_kadid10k(tmp_path)
    (tmp_path / "dmos.csv").write_text("dist_img,ref_img,dmos,var\n")
    with pytest.raises(DatasetError, match=r"got no folder .*images"):
        read_kadid10k(tmp_path)
    (tmp_path / "images").mkdir()
    with pytest.raises(DatasetError, match="got no rated picture of KADID-10k"):
        read_kadid10k(tmp_path)


@pytest.fixture
def tid(tmp_path: Path, paint: Paint) -> Path:
    names = ("I01_01_1.bmp", "i03_08_2.bmp", "I25_24_5.BMP")  # the archive mixes cases, and so do its labels
    paint(*(tmp_path / "distorted_images" / name for name in names), tmp_path / "reference_images" / "I01.BMP")
    (tmp_path / "mos_with_names.txt").write_text("5.51429 I01_01_1.bmp\r\n4.5 I03_08_2.bmp\r\n0.9 i25_24_5.bmp\r\n")
    (tmp_path / "mos_std.txt").write_text("0.13\r\n0.2\r\n0.11\r\n")
    return tmp_path


def test_tids_pictures_are_found_whatever_the_case_of_their_names(tid: Path) -> None:
    rated = read_tid2013(tid)
    assert [e.source.name for e in rated.examples] == ["I01_01_1.bmp", "i03_08_2.bmp", "I25_24_5.BMP"]
    assert rated.scores_N.tolist() == pytest.approx([61.2699, 50, 10], abs=1e-3)
    assert rated.label_stds == (0.13, 0.2, 0.11)


def test_tids_references_are_kodaks_photographs_but_for_the_last(tid: Path) -> None:
    references = [e.reference for e in read_tid2013(tid).examples]
    assert references == ["pristine/kodim01", "pristine/caps", "tid2013/I25"]


def test_a_type_of_tid_that_the_taxonomy_lacks_is_unknown_and_has_no_level(tid: Path) -> None:
    *_, blurred, sparse = read_tid2013(tid).examples
    assert (blurred.distortion_type, blurred.level) == ("gaussian_blur", 2)
    assert (sparse.distortion_type, sparse.level) == (None, 0)
    assert sparse.render().class_index == UNKNOWN_INDEX
    assert set(TID2013_TYPES.values()) <= set(TAXONOMY.distortion_types)


def test_deviations_of_another_length_are_refused(tid: Path) -> None:
    (tid / "mos_std.txt").write_text("0.13\n0.2\n")
    with pytest.raises(DatasetError, match=r"mos_std\.txt: got 2 rows, expected 3"):
        read_tid2013(tid)


@pytest.mark.parametrize(("line", "got"), [("4.5 I01_25_1.bmp", "name 'I01_25_1.bmp'"), ("4.5", "no name")])
def test_a_wrong_row_of_tid_is_named(tid: Path, line: str, got: str) -> None:
    (tid / "mos_with_names.txt").write_text(f"5.5 I01_01_1.bmp\n{line}\n4 I25_24_5.bmp\n")
    with pytest.raises(DatasetError, match=rf"mos_with_names\.txt, row 2: got {got}"):
        read_tid2013(tid)


CSIQ_SHEET = """,,,,,,,,
,,,Subjective ratings,,,,,
,,,image,dst_idx,dst_type,dst_lev,dmos_std,dmos
,,,1600,1,noise,1,0.061,0.062
,,,1600,2,jpeg 2000,5,0.1,0.9
,,,boston,4,fnoise,3,0.08,0.4
,,,Boston,6,contrast,2,0.05,0.3
"""


@pytest.fixture
def csiq(tmp_path: Path, paint: Paint) -> Path:
    folders = {"awgn": "1600.AWGN.1", "jpeg2000": "1600.jpeg2000.5", "fnoise": "boston.fnoise.3"}
    folders["contrast"] = "boston.contrast.2"
    paint(*(tmp_path / "dst_imgs" / folder / f"{name}.png" for folder, name in folders.items()))
    (tmp_path / "csiq.DMOS.csv").write_text(CSIQ_SHEET)
    return tmp_path


def test_csiqs_exported_sheet_is_read_below_its_title_and_lower_is_better(csiq: Path) -> None:
    rated = read_csiq(csiq)
    assert rated.scores_N.tolist() == pytest.approx([93.8, 10, 60, 70])
    assert [(e.distortion_type, e.level) for e in rated.examples] == [
        ("white_noise", 1),
        ("jpeg2000", 5),
        (None, 0),
        ("contrast_change", 2),
    ]
    assert [e.reference for e in rated.examples] == ["csiq/1600", "csiq/1600", "csiq/boston", "csiq/boston"]


def test_csiqs_workbook_is_not_read_and_the_error_says_what_to_export(csiq: Path) -> None:
    (csiq / "csiq.DMOS.csv").rename(csiq / "csiq.DMOS.xlsx")
    with pytest.raises(DatasetError, match=r"exported from sheet all_by_image of csiq\.DMOS\.xlsx"):
        read_csiq(csiq)


def test_a_type_that_csiq_does_not_have_is_named(csiq: Path) -> None:
    (csiq / "csiq.DMOS.csv").write_text(CSIQ_SHEET.replace("fnoise", "rain"))
    with pytest.raises(DatasetError, match=r"row 6: got dst_type 'rain', expected one of noise, awgn"):
        read_csiq(csiq)
