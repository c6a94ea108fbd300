"""Grids of two distortions one after the other: at the levels of any two types, or as people rated them.

The rated grids are those of two databases. LIVE-MD (Jayaraman, Mittal, Moorthy and Bovik, "Objective quality assessment
of multiply distorted images", Asilomar 2012) says its parameters. MDIVL (Corchs and Gasparini, "A multidistortion
database for image quality", CCIW 2017) says those of blur and JPEG; its noise is numbered only, see `MDIVL_NOISE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from models.distortions.operations import Step, find_distortion
from models.distortions.opinions import Opinion, read_opinions
from models.taxonomy import LEVELS

Cell = tuple[int, int]
"""Row, which says how much of the first distortion, and column, which says how much of the second."""

MDIVL_NOISE: Final[Mapping[float, float]] = MappingProxyType(
    {
        1: 0.00051,
        2: 0.00068,
        3: 0.0014,
        4: 0.0017,
        5: 0.0043,
        6: 0.0076,
        8: 0.011,
        10: 0.015,
        12: 0.02,
        14: 0.025,
    }
)
"""MDIVL's numbers of noise, taken for an index, with the variance that stands for each.

Whether the number is a variance, a deviation or an index is not known. Taken is the variance to which KADID-10k's
raters would have given what MDIVL's gave this number at JPEG quality 100, on one scale: KADID's means of white noise
lie near a line over the logarithm of its variance. A test computes them anew.
"""


class GridError(LookupError):
    """A grid of two distortions, or a cell of one, that does not exist."""


@dataclass(frozen=True)
class Axis:
    """How much of one distortion there is along a grid: the operation's parameters, `None` for not applied.

    `stated` is what is said of each: levels from 0, or a database's own parameters.
    """

    distortion_type: str
    parameters: tuple[float | None, ...]
    stated: tuple[float, ...]

    def step(self, position: int) -> Step | None:
        """What is done at a position."""
        parameter = self.parameters[position]
        return None if parameter is None else Step(self.distortion_type, parameter)


@dataclass(frozen=True)
class Grid:
    """Every amount of a first distortion under every amount of a second one on top; the mildest stand first."""

    name: str
    first: Axis
    second: Axis

    def steps(self, cell: Cell) -> tuple[Step, ...]:
        """What is done in a cell, in turn; raises `GridError` for one beyond the grid."""
        row, column = cell
        if not (0 <= row < len(self.first.stated) and 0 <= column < len(self.second.stated)):
            expected = f"a row below {len(self.first.stated)} and a column below {len(self.second.stated)}"
            raise GridError(f"got row {row} and column {column} of {self.name}, expected {expected}")
        both = (self.first.step(row), self.second.step(column))
        return tuple(step for step in both if step is not None)


@dataclass(frozen=True)
class RatedGrid:
    """A grid with people's opinions of its cells, on the scale of its database, whose ends are `worst` and `best`."""

    grid: Grid
    database: str
    worst: float
    best: float
    opinions: Mapping[Cell, Opinion]

    @property
    def higher_is_better(self) -> bool:
        """Whether the opinions are MOS, not DMOS."""
        return self.best > self.worst

    def gain(self, better: Cell, worse: Cell) -> float:
        """How much better people found one cell than another, in standard errors of the difference."""
        first, second = self.opinions[better], self.opinions[worse]
        difference = first.mean - second.mean if self.higher_is_better else second.mean - first.mean
        return float(difference / (first.variance_of_mean + second.variance_of_mean) ** 0.5)

    def neighbours(self) -> Iterator[tuple[Cell, Cell]]:
        """Rated cells that follow each other along a row or a column, the milder one first."""
        rows, columns = len(self.grid.first.stated), len(self.grid.second.stated)
        for row, column in sorted(self.opinions):
            below = [(other, column) for other in range(row + 1, rows) if (other, column) in self.opinions]
            beside = [(row, other) for other in range(column + 1, columns) if (row, other) in self.opinions]
            yield from (((row, column), cells[0]) for cells in (below, beside) if cells)


def level_grid(first: str, second: str) -> Grid:
    """Two types at their five levels, and none of them at 0; raises `DistortionError` for what is no type."""
    axes = [Axis(name, (None, *find_distortion(name).parameters), (0, *LEVELS)) for name in (first, second)]
    return Grid(f"{first}+{second}", *axes)


def find_grid(name: str) -> Grid:
    """A rated grid by its name, or that of two types as `FIRST+SECOND`.

    Raises `GridError` for a name that is neither, and `DistortionError` for what is no type.
    """
    rated = rated_grids()
    if name in rated:
        return rated[name].grid
    first, plus, second = name.partition("+")
    if not plus:
        expected = f"two distortion types as in gaussian_blur+jpeg, or one of {', '.join(rated)}"
        raise GridError(f"got grid {name!r}, expected {expected}")
    return level_grid(first, second)


@lru_cache(maxsize=1)
def rated_grids() -> Mapping[str, RatedGrid]:
    """The four grids that people rated, by name."""
    grids = (*_mdivl(), *_live_md())
    return MappingProxyType({rated.grid.name: rated for rated in grids})


_BLUR: Final = "gaussian_blur"
_JPEG: Final = "jpeg"
_NOISE: Final = "white_noise"
_MDIVL_NO_BLUR: Final = 0.001


def _mdivl() -> Iterator[RatedGrid]:
    rows = read_opinions("mdivl_cell_mos.csv")
    for part, distortion_type in (("blur", _BLUR), ("noise", _NOISE)):
        chosen = {
            (float(row["first_parameter"]), float(row["jpeg_quality"])): Opinion.of(row, "mos")
            for row in rows
            if row["first_distortion"] == part
        }
        amounts = tuple(sorted({amount for amount, _ in chosen}))
        qualities = tuple(sorted({quality for _, quality in chosen}, reverse=True))
        applied = tuple(map(_mdivl_blur if part == "blur" else MDIVL_NOISE.__getitem__, amounts))
        grid = Grid(f"mdivl_{part}_jpeg", Axis(distortion_type, applied, amounts), Axis(_JPEG, qualities, qualities))
        opinions = {
            (amounts.index(amount), qualities.index(quality)): opinion for (amount, quality), opinion in chosen.items()
        }
        yield RatedGrid(grid, "MDIVL", worst=0, best=100, opinions=MappingProxyType(opinions))


def _mdivl_blur(sigma: float) -> float | None:
    return None if sigma == _MDIVL_NO_BLUR else sigma


_LIVE_MD_BLUR: Final = Axis(_BLUR, (None, 3.2, 3.9, 4.6), (0, 3.2, 3.9, 4.6))
_LIVE_MD_SECOND: Final[Mapping[str, Axis]] = MappingProxyType(
    {
        "blurjpeg": Axis(_JPEG, (None, 27, 18, 12), (100, 27, 18, 12)),
        "blurnoise": Axis(_NOISE, (None, 0.002, 0.008, 0.032), (0, 0.002, 0.008, 0.032)),
    }
)


def _live_md() -> Iterator[RatedGrid]:
    rows = read_opinions("live_md_cell_dmos.csv")
    for part, second in _LIVE_MD_SECOND.items():
        opinions = {
            (int(row["blur_level"]), int(row["second_level"])): Opinion.of(row, "dmos")
            for row in rows
            if row["part"] == part
        }
        grid = Grid(f"live_md_{part.replace('blur', 'blur_')}", _LIVE_MD_BLUR, second)
        yield RatedGrid(grid, "LIVE-MD", worst=100, best=0, opinions=MappingProxyType(opinions))
