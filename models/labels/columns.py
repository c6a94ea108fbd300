"""Which column of a table is which, by the names that tables of opinions give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, get_args

Role = Literal["image", "label", "std", "type", "level", "reference"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

_NAMES: Final[Mapping[Role, tuple[str, ...]]] = MappingProxyType(
    {
        "image": (
            *("image", "imagename", "imagepath", "imagefile", "imageid", "images", "img", "imgname", "imgpath"),
            *("picture", "photo", "filename", "file", "filepath", "path", "name", "distimg", "disimgpath"),
        ),
        "label": (
            *("mos", "dmos", "mosquality", "qualitymos", "mosscore", "meanopinionscore", "label", "score", "scores"),
            *("quality", "qualityscore", "rating", "meanscore", "mean", "opinion", "groundtruth", "jod"),
        ),
        "std": (
            *("std", "mosstd", "dmosstd", "labelstd", "scorestd", "sd", "mossd", "stddev", "stdev"),
            *("standarddeviation", "deviation", "sigma"),
        ),
        "type": ("type", "distortion", "distortiontype", "disttype", "distortionname"),
        "level": ("level", "distortionlevel", "severity", "distlevel"),
        "reference": ("reference", "ref", "referenceimage", "refimg", "refname", "refimage", "content", "scene"),
    }
)
"""Names without case, blanks and marks, the likeliest first."""
_LOW_IS_GOOD: Final = "dmos"


@dataclass(frozen=True)
class Columns:
    """The column of each role, `None` where a table has none of it; all other columns are fields, in their order."""

    image: str | None = None
    label: str | None = None
    std: str | None = None
    type: str | None = None
    level: str | None = None
    reference: str | None = None
    fields: tuple[str, ...] = field(default=())

    @property
    def is_dmos(self) -> bool:
        """Whether the label's own name says that low is good."""
        return self.label is not None and _LOW_IS_GOOD in _bare(self.label)


class ColumnUnknown(LookupError):
    """A column that was named and is not there, or a role that is none."""


def recognised_columns(header: Sequence[str], said: Mapping[str, str] = MappingProxyType({})) -> Columns:
    """Which column is which: as is said (role -> column), and by their names otherwise.

    Of several names of one role the likeliest is taken, and the others are fields. Raises `ColumnUnknown`.
    """
    _check_said(header, said)
    taken = set(said.values())
    found: dict[str, str | None] = {}
    for role in ROLES:
        found[role] = said.get(role) or _likeliest(role, [name for name in header if name and name not in taken])
        taken |= {found[role] or ""}
    return Columns(**found, fields=tuple(name for name in header if name and name not in taken))


def _check_said(header: Sequence[str], said: Mapping[str, str]) -> None:
    for role, name in said.items():
        if role not in ROLES:
            raise ColumnUnknown(f"got a column for {role!r}, expected one of {', '.join(ROLES)}")
        if name not in header:
            shown = ", ".join(filter(None, header))
            raise ColumnUnknown(f"got {name!r} as the column of {role}, expected one of the table's: {shown}")


def _likeliest(role: Role, header: Sequence[str]) -> str | None:
    bare = {_bare(name): name for name in reversed(header)}
    return next((bare[name] for name in _NAMES[role] if name in bare), None)


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))
