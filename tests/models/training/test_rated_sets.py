"""One entry point for all rated sets, and no content of a tested set among the sources of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.training.datasets import Dataset, DatasetError, Example, synthetic
from models.training.rated_sets import READERS, read_rated, without_contents_of

DATABASES = {"biq2021", "clive", "csiq", "csv", "kadid10k", "koniq10k", "live", "live_regenerated", "spaq", "tid2013"}


def test_every_database_has_a_reader_that_refuses_a_folder_which_is_not_it(tmp_path: Path) -> None:
    assert set(READERS) == DATABASES
    for name in READERS:
        with pytest.raises(DatasetError, match="expected"):
            read_rated(name, tmp_path)


def test_an_unknown_name_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="got a data set called 'ava', expected one of biq2021, clive"):
        read_rated("ava", tmp_path)


def test_sources_lose_every_content_that_the_tested_set_shows_under_any_name() -> None:
    sources = synthetic([Path("bikes.png"), Path("kodim03.png"), Path("wikimedia_001.png")])
    tested = Dataset(
        "live",
        tuple(Example(f"live/{name}", f"pristine/{name}", Path(name), 50.0) for name in ("bikes", "caps", "ocean")),
    )
    kept = without_contents_of(sources, tested)
    assert {example.reference for example in kept.examples} == {"pristine/wikimedia_001"}
    assert kept.scale == sources.scale


def test_sources_of_other_contents_all_stay() -> None:
    sources = synthetic([Path("bikes.png")])
    tested = Dataset("csiq", (Example("csiq/a", "csiq/bikes", Path("a"), 0.5),))
    assert without_contents_of(sources, tested).examples == sources.examples
