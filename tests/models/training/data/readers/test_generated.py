"""Replicas of AGIQA-3K and PIPAL: layouts, ranges of labels, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.training.data.datasets import DatasetError
from models.training.data.readers.generated import read_agiqa3k, read_pipal
from tests.models.training.conftest import Paint

AGIQA = """name,prompt,adj1,adj2,style,mos_quality,std_quality,mos_align,std_align
AttnGAN_normal_000.jpg,"statue of a man, red",,,,0.6,0.5,2.1,0.9
sd1.5_lowstep_001.jpg,a cat,,,anime style,4.5,0.25,3.3,0.7
"""


@pytest.mark.parametrize("folder", ["", "images"])
def test_agiqa_has_the_mos_of_quality_on_0_to_5(tmp_path: Path, paint: Paint, folder: str) -> None:
    paint(*(tmp_path / folder / name for name in ("AttnGAN_normal_000.jpg", "sd1.5_lowstep_001.jpg")))
    (tmp_path / "data.csv").write_text(AGIQA)
    rated = read_agiqa3k(tmp_path)
    assert rated.scores_N.tolist() == pytest.approx([12, 90])
    assert rated.label_stds == (0.5, 0.25)
    assert not rated.has_references


@pytest.mark.parametrize("folders", [("Train_Dist", "Train_Dist"), ("Distortion_1", "Distortion_3")])
def test_pipal_has_elo_scores_of_which_a_high_one_is_good(
    tmp_path: Path, paint: Paint, folders: tuple[str, str]
) -> None:
    paint(tmp_path / folders[0] / "A0001_00_00.bmp", tmp_path / folders[1] / "A0002_03_01.bmp")
    labels = tmp_path / "Train_Label"
    labels.mkdir()
    (labels / "A0001.txt").write_text("A0001_00_00.bmp,1520.0648\n")
    (labels / "A0002.txt").write_text("A0002_03_01.bmp,1095.025\n")
    rated = read_pipal(tmp_path)
    assert rated.scores_N.tolist() == pytest.approx([67.00648, 24.5025])
    assert [e.reference for e in rated.examples] == ["pipal/A0001", "pipal/A0002"]
    (labels / "A0001.txt").write_text("A0001_00_01.bmp,1520.0648\n")
    with pytest.raises(DatasetError, match=r"A0001\.txt, row 1: got no picture A0001_00_01\.bmp in"):
        read_pipal(tmp_path)
    (labels / "A0001.txt").write_text("1520.0648\n")
    with pytest.raises(DatasetError, match=r"got name '1520\.0648', expected one such as A0001_00_00\.bmp"):
        read_pipal(tmp_path)
