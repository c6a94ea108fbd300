"""Replicas of BIQ2021, KonIQ-10k, SPAQ and CLIVE: photographs that are their own contents, of unknown distortion."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.io import savemat

from models.taxonomy import UNKNOWN_INDEX
from models.training.data.datasets import DatasetError
from models.training.data.readers.photographs import (
    read_biq2021,
    read_clive,
    read_flive,
    read_koniq10k,
    read_piq2023,
    read_spaq,
    read_uhd_iqa,
)
from tests.models.training.conftest import Paint

NAMES = ("10004473376.jpg", "10007357496.jpg", "10007903636.jpg")
KONIQ_SETS = """image_name,c1,c2,c3,c4,c5,c_total,MOS,SD,set
10004473376.jpg,0,0,0.238,0.695,0.067,105,77.38,0.53,training
10007357496.jpg,0,0.1,0.5,0.4,0,110,61.5,0.6,validation
10007903636.jpg,0.5,0.4,0.1,0,0,108,12.25,0.7,test
"""
KONIQ_SCORES = """"image_name","c1","c2","c3","c4","c5","c_total","MOS","SD","MOS_zscore"
"10004473376.jpg",0,0,25,73,7,105,3.8286,0.5277,77.38
"10007357496.jpg",0,3,45,47,1,96,3.5,0.5,64
"""


@pytest.fixture
def koniq(tmp_path: Path, paint: Paint) -> Path:
    paint(*(tmp_path / folder / name for folder in ("1024x768", "512x384") for name in NAMES))
    (tmp_path / "koniq10k_scores_and_distributions.csv").write_text(KONIQ_SCORES)
    (tmp_path / "koniq10k_distributions_sets.csv").write_text(KONIQ_SETS)
    return tmp_path


def test_a_photograph_of_biq2021_is_its_own_content_of_unknown_distortion(tmp_path: Path, paint: Paint) -> None:
    paint(tmp_path / "images" / "a.jpg")
    (tmp_path / "labels.csv").write_text("\ufeffimage,mos,subset\nimages/a.jpg,0.25,ss01\n", encoding="utf-8")
    rated = read_biq2021(tmp_path)
    (example,) = rated.examples
    assert (example.example_id, example.reference) == ("biq2021/images/a.jpg", "biq2021/images/a.jpg")
    assert (example.label, example.distortion_type, example.level) == (0.25, None, 0)
    assert rated.scores_N.tolist() == [25]
    assert example.subset == "ss01"


@pytest.mark.parametrize("text", ["image,mos\na.jpg,.25\n", "image,mos,subset\na.jpg,.25,\n"])
def test_a_photograph_of_biq2021_may_have_no_named_source(tmp_path: Path, paint: Paint, text: str) -> None:
    paint(tmp_path / "a.jpg")
    (tmp_path / "labels.csv").write_text(text)
    (example,) = read_biq2021(tmp_path).examples
    assert example.subset is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,score\na.jpg,0.5\n", "got name, score, expected a header with columns image, mos"),
        ("image,mos\n", "got no rated picture of BIQ2021"),
        ("image,mos\na.jpg,.5\nb.jpg,nan\n", r"labels\.csv, row 3: got mos 'nan', expected a number"),
        ("image,mos\na.jpg,10\nb.jpg,90\n", r"row 2: got label 10, expected labels of about 0 to 1"),
        ("image,mos\na.jpg,.1\na.jpg,.9\n", r"row 3: got picture a\.jpg again"),
        ("image,mos\nc.jpg,.1\n", r"row 2: got no picture c\.jpg in"),
        ("image,mos,mos\na.jpg,.1,.9\n", "got several columns called mos, expected one of each name"),
    ],
)
def test_a_mistake_in_biq2021_is_named_with_its_row(tmp_path: Path, paint: Paint, text: str, message: str) -> None:
    paint(tmp_path / "a.jpg", tmp_path / "b.jpg")
    (tmp_path / "labels.csv").write_text(text)
    with pytest.raises(DatasetError, match=message):
        read_biq2021(tmp_path)


def test_koniqs_official_sets_come_with_a_mos_on_0_to_100_but_no_deviation_on_that_scale(koniq: Path) -> None:
    rated = read_koniq10k(koniq)
    assert rated.scores_N.tolist() == pytest.approx([77.38, 61.5, 12.25])
    assert rated.label_stds == (None, None, None)
    assert rated.roles == ("train", "validation", "test")
    assert rated.examples[0].source.parent.name == "1024x768"


def test_koniqs_other_label_file_has_a_mos_on_1_to_5_and_no_split(koniq: Path) -> None:
    (koniq / "koniq10k_distributions_sets.csv").unlink()
    rated = read_koniq10k(koniq)
    assert rated.scores_N.tolist() == pytest.approx([70.715, 62.5])
    assert rated.label_stds == (0.5277, 0.5)
    with pytest.raises(DatasetError, match="got KonIQ-10k, which comes without a split"):
        rated.official_split(seed=0)


def test_koniqs_small_pictures_serve_where_the_large_are_missing(koniq: Path) -> None:
    (koniq / "1024x768").rename(koniq / "elsewhere")
    assert read_koniq10k(koniq).examples[0].source.parent.name == "512x384"
    (koniq / "512x384").rename(koniq / "nowhere")
    with pytest.raises(DatasetError, match="expected 1024x768 or 512x384 in it"):
        read_koniq10k(koniq)


def test_a_photograph_is_its_own_content_shown_whole_and_of_unknown_distortion(koniq: Path) -> None:
    rated = read_koniq10k(koniq)
    first = rated.examples[0]
    assert first.reference == first.example_id == "koniq10k/10004473376.jpg"
    assert not rated.has_references
    assert first.render().class_index == UNKNOWN_INDEX


def test_a_part_of_the_split_that_koniq_does_not_have_is_named(koniq: Path) -> None:
    labels = koniq / "koniq10k_distributions_sets.csv"
    labels.write_text(KONIQ_SETS.replace("validation", "holdout"))
    with pytest.raises(DatasetError, match=r"row 3: got set 'holdout', expected one of train, training, val"):
        read_koniq10k(koniq)


def test_spaqs_exported_sheet_is_read_and_its_workbook_is_not(tmp_path: Path, paint: Paint) -> None:
    labels = tmp_path / "Annotations" / "MOS and Image attribute scores.csv"
    paint(tmp_path / "TestImage" / "00001.jpg", tmp_path / "TestImage" / "00002.jpg")
    labels.parent.mkdir()
    labels.write_text("\ufeffImage name,MOS,Brightness\n00001.jpg,26.5,30\n00002.jpg,71,66\n", encoding="utf-8")
    rated = read_spaq(tmp_path)
    assert rated.scores_N.tolist() == [26.5, 71]
    assert [e.example_id for e in rated.examples] == ["spaq/00001.jpg", "spaq/00002.jpg"]
    labels.rename(labels.with_suffix(".xlsx"))
    with pytest.raises(DatasetError, match=r"exported from MOS and Image attribute scores\.xlsx \(workbooks"):
        read_spaq(tmp_path)


@pytest.fixture
def clive(tmp_path: Path, paint: Paint) -> Path:
    """Seven pictures that trained the raters, in a folder of their own, then two that were rated."""
    names = [f"t{number}.bmp" for number in range(1, 8)] + ["3.bmp", "10.JPG"]
    cells = np.empty((len(names), 1), dtype=object)
    cells[:, 0] = [np.array([name]) for name in names]
    data, pictures = tmp_path / "Data", tmp_path / "Images"
    data.mkdir()
    savemat(data / "AllImages_release.mat", {"AllImages_release": cells})
    savemat(data / "AllMOS_release.mat", {"AllMOS_release": np.array([[50.0] * 7 + [63.5, 3.25]])})
    savemat(data / "AllStdDev_release.mat", {"AllStdDev_release": np.array([[20.0] * 7 + [18.0, 12.5]])})
    paint(*(pictures / "trainingImages" / name for name in names[:7]), pictures / "3.bmp")
    (pictures / "3.bmp").with_name("10.JPG").write_bytes((pictures / "3.bmp").read_bytes())
    return tmp_path


def test_clives_training_pictures_are_left_out(clive: Path) -> None:
    rated = read_clive(clive)
    assert [e.example_id for e in rated.examples] == ["clive/3.bmp", "clive/10.JPG"]
    assert rated.scores_N.tolist() == [63.5, 3.25]
    assert rated.label_stds == (18, 12.5)


def test_clive_with_files_of_different_lengths_is_refused(clive: Path) -> None:
    savemat(clive / "Data" / "AllMOS_release.mat", {"AllMOS_release": np.zeros((1, 8))})
    with pytest.raises(DatasetError, match="got 9 pictures, 8 MOS, 9 StdDev, expected equal"):
        read_clive(clive)


def test_uhd_iqa_comes_with_its_split(tmp_path: Path, paint: Paint) -> None:
    paint(tmp_path / "training" / "1.jpg", tmp_path / "validation" / "2.jpg", tmp_path / "test" / "3.jpg")
    rows = "1.jpg,0.7085,training\n2.jpg,0.63,validation\n3.jpg,0.52,test\n"
    (tmp_path / "uhd-iqa-metadata.csv").write_text(f"image_name,quality_mos,set\n{rows}")
    rated = read_uhd_iqa(tmp_path)
    assert rated.scores_N.tolist() == pytest.approx([70.85, 63, 52])
    assert rated.roles == ("train", "validation", "test")


@pytest.mark.parametrize("folder", ["", "database"])
def test_flives_labels_name_paths(tmp_path: Path, paint: Paint, folder: str) -> None:
    paint(tmp_path / folder / "voc_emotic_ava" / "a.jpg", tmp_path / folder / "blur_dataset" / "b.jpg")
    (tmp_path / "labels_image.csv").write_text("name,mos\nvoc_emotic_ava/a.jpg,76.5\nblur_dataset/b.jpg,40\n")
    assert read_flive(tmp_path).scores_N.tolist() == [76.5, 40]


def test_a_scene_of_piq2023_is_one_content_whose_mean_is_in_the_middle(tmp_path: Path, paint: Paint) -> None:
    paint(*(tmp_path / "Overall" / name for name in ("0_Indoor_Scene_0.jpg", "1_Indoor_Scene_0.jpg", "0_Night_2.jpg")))
    (tmp_path / "Scores_Overall.csv").write_text(
        "IMAGE PATH,IMAGE,JOD,JOD STD,SCENE\n"
        "Overall\\0_Indoor_Scene_0.jpg,0_Indoor_Scene_0.jpg,-2,0.36,Indoor_Scene_0\n"
        "Overall\\1_Indoor_Scene_0.jpg,1_Indoor_Scene_0.jpg,2.5,0.4,Indoor_Scene_0\n"
        "Overall\\0_Night_2.jpg,0_Night_2.jpg,0,0.3,Night_2\n"
    )
    rated = read_piq2023(tmp_path)
    assert rated.scores_N.tolist() == pytest.approx([30, 75, 50])
    assert [e.reference for e in rated.examples] == [*["piq2023/Indoor_Scene_0"] * 2, "piq2023/Night_2"]
    assert rated.label_stds == (0.36, 0.4, 0.3)
