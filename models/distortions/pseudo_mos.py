"""What people said of each distortion type and level: the labels of pictures that nobody rated.

The figures are means of KADID-10k's opinion scores over its 81 references (Lin, Hosu and Saupe, QoMEX 2019).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

KADID_MOS_RANGE: Final = (1.0, 5.0)
"""KADID-10k's scale; its authors call the figures DMOS, but higher is better."""

_TABLE: Final = Path(__file__).with_name("kadid10k_type_level_mos.csv")


class PseudoMOSError(LookupError):
    """A distortion type or level that KADID-10k did not have rated."""


def kadid_mos(distortion_type: str, level: int) -> float:
    """Mean opinion score (1-5, higher is better) that people gave this type at this level (1-5).

    Raises `PseudoMOSError` for what KADID-10k does not have, undistorted pictures among it.
    """
    try:
        return _read_table()[distortion_type, level]
    except KeyError:
        expected = "one of the 25 distortion types and a level from 1 to 5"
        raise PseudoMOSError(f"got {distortion_type!r} at level {level!r}, expected {expected}") from None


def lowest_kadid_mos() -> float:
    """The worst mean opinion score of all types and levels."""
    return min(_read_table().values())


@lru_cache(maxsize=1)
def _read_table() -> Mapping[tuple[str, int], float]:
    with _TABLE.open(newline="", encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        return MappingProxyType({(row["type"], int(row["level"])): float(row["mos_mean"]) for row in rows})
