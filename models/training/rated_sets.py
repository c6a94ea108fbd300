"""Sets of pictures that people rated, by name: one entry point for the folders of every database that can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from models.labels.scales import UNSTATED, StatedLabels
from models.training.data.datasets import BrokenPicture, DatasetError, decoded_source
from models.training.data.readers.distorted import read_csiq, read_kadid10k, read_tid2013
from models.training.data.readers.generated import read_agiqa3k, read_pipal
from models.training.data.readers.live import read_live, read_live_regenerated
from models.training.data.readers.mixed import read_live_md, read_mdivl
from models.training.data.readers.photographs import (
    read_biq2021,
    read_clive,
    read_flive,
    read_koniq10k,
    read_piq2023,
    read_spaq,
    read_uhd_iqa,
)
from models.training.data.readers.ratings import RatedSet
from models.training.data.readers.table import read_csv

READERS: Final[Mapping[str, Callable[[Path], RatedSet]]] = MappingProxyType(
    {
        "agiqa3k": read_agiqa3k,
        "biq2021": read_biq2021,
        "clive": read_clive,
        "csiq": read_csiq,
        "csv": read_csv,
        "flive": read_flive,
        "kadid10k": read_kadid10k,
        "koniq10k": read_koniq10k,
        "live": read_live,
        "live_regenerated": read_live_regenerated,
        "live_md": read_live_md,
        "mdivl": read_mdivl,
        "pipal": read_pipal,
        "piq2023": read_piq2023,
        "spaq": read_spaq,
        "tid2013": read_tid2013,
        "uhd_iqa": read_uhd_iqa,
    }
)
"""What reads each database's folder as it is distributed; `csv` reads a table of any pictures."""


TABLE: Final = "csv"
"""The one reader whose labels nothing but their owner says the meaning of."""


def read_rated(name: str, path: Path, labels: StatedLabels = UNSTATED) -> RatedSet:
    """Read the database of this name; raises `DatasetError` for whatever is not as expected.

    `labels` is what the owner of a table says of them.
    """
    if name not in READERS:
        raise DatasetError(f"got a data set called {name!r}, expected one of {', '.join(READERS)}")
    if name == TABLE:
        return read_csv(path, labels)
    if labels.is_anything:
        raise DatasetError(
            f"got --range or --direction with {name}, whose labels are known, expected them with {TABLE}"
        )
    return READERS[name](path)


def without_broken(rated: RatedSet) -> tuple[RatedSet, tuple[BrokenPicture | OSError, ...]]:
    """The pictures of a set that can be read, and what is wrong with each of the others."""
    kept, broken = [], []
    for row, example in enumerate(rated.examples):
        try:
            decoded_source(example.source)
        except (BrokenPicture, OSError) as error:
            broken.append(error)
        else:
            kept.append(row)
    return rated.only(kept), tuple(broken)
