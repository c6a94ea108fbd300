"""Sets of pictures that people rated, by name: one entry point for the folders of every database that can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from models.training.data.datasets import DatasetError
from models.training.data.readers.distorted import read_csiq, read_kadid10k, read_tid2013
from models.training.data.readers.live import read_live, read_live_regenerated
from models.training.data.readers.photographs import read_biq2021_set, read_clive, read_koniq10k, read_spaq
from models.training.data.readers.ratings import RatedSet
from models.training.data.readers.table import read_csv

READERS: Final[Mapping[str, Callable[[Path], RatedSet]]] = MappingProxyType(
    {
        "biq2021": read_biq2021_set,
        "clive": read_clive,
        "csiq": read_csiq,
        "csv": read_csv,
        "kadid10k": read_kadid10k,
        "koniq10k": read_koniq10k,
        "live": read_live,
        "live_regenerated": read_live_regenerated,
        "spaq": read_spaq,
        "tid2013": read_tid2013,
    }
)
"""What reads each database's folder as it is distributed; `csv` reads a table of any pictures."""


def read_rated(name: str, path: Path) -> RatedSet:
    """Read the database of this name; raises `DatasetError` for whatever is not as expected."""
    if name not in READERS:
        raise DatasetError(f"got a data set called {name!r}, expected one of {', '.join(READERS)}")
    return READERS[name](path)
