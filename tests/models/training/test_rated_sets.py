"""One entry point for all rated sets, and no content of a tested set among the sources of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.labels.scales import StatedLabels
from models.training.data.datasets import DatasetError
from models.training.rated_sets import READERS, read_rated, without_broken
from tests.models.training.conftest import Paint

DATABASES = {
    *("agiqa3k", "biq2021", "clive", "csiq", "csv", "flive", "kadid10k", "koniq10k", "live", "live_md"),
    *("live_regenerated", "mdivl", "pipal", "piq2023", "spaq", "tid2013", "uhd_iqa"),
}


def test_every_database_has_a_reader_that_refuses_a_folder_which_is_not_it(tmp_path: Path) -> None:
    assert set(READERS) == DATABASES
    for name in READERS:
        with pytest.raises(DatasetError, match="expected"):
            read_rated(name, tmp_path)


def test_an_unknown_name_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="got a data set called 'ava', expected one of agiqa3k, biq2021"):
        read_rated("ava", tmp_path)


def test_labels_of_a_database_are_known_and_not_said(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="got --range or --direction with kadid10k, whose labels are known"):
        read_rated("kadid10k", tmp_path, StatedLabels((1, 5)))


def test_broken_pictures_may_be_left_out(tmp_path: Path, paint: Paint) -> None:
    paint(tmp_path / "a.png", tmp_path / "b.png", tmp_path / "c.png")
    (tmp_path / "b.png").write_bytes(b"no picture")
    (tmp_path / "labels.csv").write_text("image,mos,mos_std\na.png,1,.1\nb.png,2,.2\nc.png,4,.3\n")
    kept, (error,) = without_broken(read_rated("csv", tmp_path / "labels.csv"))
    assert [example.label for example in kept.examples] == [1, 4]
    assert kept.label_stds == (0.1, 0.3)
    assert str(tmp_path / "b.png") in str(error)
