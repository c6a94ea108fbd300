"""One entry point for all rated sets, and no content of a tested set among the sources of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.training.data.datasets import DatasetError
from models.training.data.readers.rated_sets import READERS, read_rated

DATABASES = {"biq2021", "clive", "csiq", "csv", "kadid10k", "koniq10k", "live", "live_regenerated", "spaq", "tid2013"}


def test_every_database_has_a_reader_that_refuses_a_folder_which_is_not_it(tmp_path: Path) -> None:
    assert set(READERS) == DATABASES
    for name in READERS:
        with pytest.raises(DatasetError, match="expected"):
            read_rated(name, tmp_path)


def test_an_unknown_name_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="got a data set called 'ava', expected one of biq2021, clive"):
        read_rated("ava", tmp_path)
