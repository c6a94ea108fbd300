"""No version below which a hole is known: not in what is asked for, pinned or installed."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from itertools import chain, pairwise
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.locks import pinned_versions
from tests.places import ROOT

LOWER_BOUNDS: Final = frozenset({">=", "==", "~="})


def _lines() -> list[str]:
    return (ROOT / "floors.txt").read_text(encoding="utf-8").splitlines()


FLOORS: Final = [Requirement(line) for line in _lines() if line and not line.startswith("#")]
over_floors = pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.name)


def _floor_version(floor: Requirement) -> Version:
    (bound,) = floor.specifier
    assert bound.operator == ">="
    return Version(bound.version)


def _asked_for() -> dict[str, SpecifierSet]:
    content: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = content["project"]
    groups = [content["build-system"]["requires"], project["dependencies"], *project["optional-dependencies"].values()]
    requirements = map(Requirement, chain.from_iterable(groups))
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in requirements}


def _lowest(allowed: SpecifierSet) -> Version:
    bounds = [Version(bound.version) for bound in allowed if bound.operator in LOWER_BOUNDS]
    return max(bounds, default=Version("0"))


def test_every_floor_has_its_reason_in_the_line_above() -> None:
    lines = _lines()
    bare = [line for above, line in pairwise(lines) if ">=" in line and not above.startswith("#")]
    assert bare == []
    assert {"pillow", "pi-heif", "starlette", "python-multipart", "torch", "h11"} <= {floor.name for floor in FLOORS}


@over_floors
def test_what_is_installed_lies_at_or_above_its_floor(floor: Requirement) -> None:
    assert Version(version(floor.name)) in floor.specifier


@over_floors
def test_what_is_pinned_lies_at_or_above_its_floor(floor: Requirement) -> None:
    assert pinned_versions()[canonicalize_name(floor.name)] in floor.specifier


@over_floors
def test_what_is_asked_for_allows_nothing_below_its_floor(floor: Requirement) -> None:
    allowed = _asked_for().get(canonicalize_name(floor.name))
    if allowed is not None:  # otherwise others bring it in, and the lock alone decides
        assert _lowest(allowed) >= _floor_version(floor)


@pytest.mark.parametrize(
    ("allowed", "lowest"), [(">=13.0,<14", "13.0"), ("==0.1.0", "0.1.0"), ("<14", "0"), ("", "0"), ("~=2.1", "2.1")]
)
def test_a_range_without_a_lower_bound_allows_everything(allowed: str, lowest: str) -> None:
    assert _lowest(SpecifierSet(allowed)) == Version(lowest)
