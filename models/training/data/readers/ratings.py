"""What every reader makes: a data set whose labels say what they mean.

Legend: N pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.labels.scales import LabelScale, aligned_scores
from models.training.data.datasets import Dataset, DatasetError, Example
from models.training.data.splits import Role, Split, official_split

_TOLERANCE: Final = 0.2
"""How far a label may lie beyond its nominal range, in parts of it: LIVE's DMOS run from -2.6 to 111.8."""


@dataclass(frozen=True, kw_only=True)
class RatedSet(Dataset):
    """A data set that people rated.

    `title` is what reports call it. Deviations between raters are on the labels' scale, `None` where not published;
    `roles` is the authors' own split, `None` where they made none. Both stand in the order of the examples.
    """

    title: str
    label_stds: tuple[float | None, ...]
    roles: tuple[Role, ...] | None = None

    @property
    def scores_N(self) -> NDArray[np.float32]:
        """Labels on 0-100, higher is better, by the nominal range."""
        labels_N = np.array([example.label for example in self.examples], dtype=np.float32)
        return aligned_scores(labels_N, self.scale)

    def only(self, rows: Sequence[int]) -> RatedSet:
        """The pictures in these rows."""
        return replace(
            self,
            examples=tuple(self.examples[row] for row in rows),
            label_stds=tuple(self.label_stds[row] for row in rows),
            roles=None if self.roles is None else tuple(self.roles[row] for row in rows),
        )

    def official_split(self, *, seed: int) -> Split:
        """The authors' split; raises `DatasetError` where they made none."""
        if self.roles is None:
            raise DatasetError(f"got {self.title}, which comes without a split, expected a set with one")
        return official_split([example.reference for example in self.examples], self.roles, seed=seed)


@dataclass(frozen=True)
class Rating:
    """One picture of a label file, named as in that file; `reference` is `None` where it is its own content.

    `place` is where an error about it is. `distortion_type` is a class of the taxonomy, `None` where the picture has
    none of them or nobody said; `subset` is the source that it came from, where the file names one.
    """

    place: str
    picture: str
    path: Path
    label: float
    label_std: float | None = None
    reference: str | None = None
    distortion_type: str | None = None
    level: int = 0
    role: Role | None = None
    subset: str | None = None


def rated_set(name: str, title: str, scale: LabelScale, ratings: Iterable[Rating]) -> RatedSet:
    """Build the set of this name; raises `DatasetError` for none, repeated and off-scale pictures and half a split."""
    rows = list(ratings)
    if not rows:
        raise DatasetError(f"got no rated picture of {title}, expected some")
    _check_pictures(rows, scale)
    return RatedSet(
        name=name,
        examples=tuple(_example(name, rating) for rating in rows),
        scale=scale,
        title=title,
        label_stds=tuple(rating.label_std for rating in rows),
        roles=_roles(rows),
    )


def _check_pictures(rows: Sequence[Rating], scale: LabelScale) -> None:
    margin = _TOLERANCE * (scale.high - scale.low)
    places: dict[Path, str] = {}
    for rating in rows:
        if (first := places.setdefault(rating.path, rating.place)) is not rating.place:
            raise DatasetError(f"{rating.place}: got picture {rating.picture} again, expected it in {first} alone")
        if not scale.low - margin <= rating.label <= scale.high + margin:
            expected = f"labels of about {scale.low:g} to {scale.high:g}"
            raise DatasetError(f"{rating.place}: got label {rating.label:g}, expected {expected}")


def _roles(rows: Sequence[Rating]) -> tuple[Role, ...] | None:
    roles = tuple(rating.role for rating in rows if rating.role is not None)
    if roles and len(roles) < len(rows):
        place = next(rating.place for rating in rows if rating.role is None)
        raise DatasetError(f"{place}: got a picture without a part of the split, expected one for all or for none")
    return roles or None


def _example(name: str, rating: Rating) -> Example:
    picture = f"{name}/{rating.picture}"
    return Example(
        example_id=picture,
        reference=rating.reference or picture,
        source=rating.path,
        label=rating.label,
        distortion_type=rating.distortion_type,
        level=rating.level if rating.distortion_type else 0,  # levels of unnamed types would pass for those of one type
        crop_px=None,
        distorted_on_disk=rating.distortion_type is not None,
        subset=rating.subset,
    )
