"""What people said of single distortions in TID2013 and in CSIQ, beside KADID-10k's figures for the types they share.

Levels of one number are not equally strong in two databases, and `mean_shift` and `contrast_change` go both ways in
each, by other amounts: only what the order of levels and of types has in common can be asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from models.distortions.opinions import Kind, Opinion, read_opinions
from models.distortions.pseudo_mos import kadid_mos

TID2013_TYPES: Final[Mapping[int, str]] = {
    1: "white_noise",
    2: "white_noise_color_component",
    6: "impulse_noise",
    7: "quantization",
    8: "gaussian_blur",
    9: "denoise",
    10: "jpeg",
    11: "jpeg2000",
    14: "non_eccentricity_patch",
    16: "mean_shift",
    17: "contrast_change",
    19: "multiplicative_noise",
    22: "color_quantization",
}
"""TID2013's codes whose operation the taxonomy has; the others (masked noise, transmission errors ...) are unknown."""


_CSIQ_TYPES: Final[Mapping[str, str]] = {
    "awgn": "white_noise",
    "blur": "gaussian_blur",
    "contrast": "contrast_change",
    "jpeg": "jpeg",
    "jpeg2000": "jpeg2000",
}
BOTH_WAYS: Final = frozenset({"mean_shift", "contrast_change"})
"""Types whose levels are no order of strength."""


@dataclass(frozen=True)
class TypeTable:
    """A database's opinions by its own name of a type and level, on a scale from `worst` to `best`.

    `types` names those that the taxonomy has.
    """

    database: str
    worst: float
    best: float
    opinions: Mapping[tuple[str, int], Opinion]
    types: Mapping[str, str]

    def score(self, name: str, level: int) -> float:
        """A cell's mean as a share of the scale, 0 being its worst end."""
        return (self.opinions[name, level].mean - self.worst) / (self.best - self.worst)


@dataclass(frozen=True)
class Agreement:
    """How two databases order the same distortions: Spearman's correlation of means, over so many cells."""

    srcc: float
    num_cells: int


def agreement(table: TypeTable) -> dict[str, Agreement]:
    """With KADID-10k's means, by type of the taxonomy, and under `all` over every type whose levels are an order."""
    cells = {
        kind: [(table.score(name, level), kadid_mos(kind, level)) for other, level in table.opinions if other == name]
        for name, kind in table.types.items()
    }
    ordered = [cell for kind, found in cells.items() if kind not in BOTH_WAYS for cell in found]
    return {kind: _agreement(found) for kind, found in (*cells.items(), ("all", ordered))}


def _agreement(cells: list[tuple[float, float]]) -> Agreement:
    from scipy.stats import spearmanr  # not above: a service that starts asks for no statistics

    theirs, kadids = ([cell[side] for cell in cells] for side in (0, 1))
    return Agreement(float(spearmanr(theirs, kadids).statistic), len(cells))


@lru_cache(maxsize=1)
def tid2013() -> TypeTable:
    """TID2013's 24 types at five levels, means over 25 references, MOS on 0 to 9.

    Ponomarenko et al., "Image database TID2013" (Signal Processing: Image Communication, 2015).
    """
    rows = read_opinions("tid2013_type_level_mos.csv")
    types = {row["type"]: TID2013_TYPES[int(row["type_id"])] for row in rows if int(row["type_id"]) in TID2013_TYPES}
    return TypeTable("TID2013", 0, 9, _opinions(rows, "mos"), MappingProxyType(types))


@lru_cache(maxsize=1)
def csiq() -> TypeTable:
    """CSIQ's six types at four or five levels, means over 30 references, DMOS on 0 to 1.

    Larson and Chandler, "Most apparent distortion" (Journal of Electronic Imaging, 2010).
    """
    return TypeTable(
        "CSIQ", 1, 0, _opinions(read_opinions("csiq_type_level_dmos.csv"), "dmos"), MappingProxyType(_CSIQ_TYPES)
    )


def _opinions(rows: list[dict[str, str]], kind: Kind) -> Mapping[tuple[str, int], Opinion]:
    return MappingProxyType({(row["type"], int(row["level"])): Opinion.of(row, kind) for row in rows})
