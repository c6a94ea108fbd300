"""Groups of near-duplicates with small pictures, the best of each first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.studies.findings.records import Duplicates
from models.studies.report.small_pictures import data_address

MOST_GROUPS: Final = 12
MOST_PICTURES: Final = 6
"""Of a group; how many more there are is said."""


@dataclass(frozen=True)
class ShownGroup:
    """Addresses by name, in the group's order, and how many further pictures it has."""

    addresses: Mapping[str, str | None]
    num_further: int


def shown_groups(duplicates: Duplicates, path_of: Mapping[str, Path]) -> list[ShownGroup]:
    """The largest groups."""
    largest = sorted(duplicates.groups, key=len, reverse=True)[:MOST_GROUPS]
    return [
        ShownGroup(
            {name: data_address(path_of[name]) for name in group[:MOST_PICTURES]}, max(len(group) - MOST_PICTURES, 0)
        )
        for group in largest
    ]
