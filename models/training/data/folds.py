"""Held-out pictures, as every measurement takes them.

Legend: N pictures, D features.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from models.taxonomy import TAXONOMY
from models.training.data.crop_cache import Crops

MIN_VISIBLE_LEVEL: Final = 2
_GROUPS_C: Final = np.array(TAXONOMY.group_of_class)


@dataclass(frozen=True)
class Fold:
    """Held-out pictures of one data set: features (N, D), scores on 0-100, classes, levels and references (N,).

    `crops` are those of the pictures, where any variant asked for them, and `subsets_N` their sources, where the set
    names them (`""` for a picture without).
    """

    features_ND: Tensor
    scores_N: NDArray[np.float32]
    classes_N: NDArray[np.int64]
    levels_N: NDArray[np.int64]
    references_N: NDArray[np.str_]
    crops: Crops | None = None
    subsets_N: NDArray[np.str_] | None = None

    @property
    def groups_N(self) -> NDArray[np.int64]:
        """Group of each picture's class, 0 for clean; the classes must be known."""
        groups_N: NDArray[np.int64] = _GROUPS_C[self.classes_N]
        return groups_N

    @property
    def visible_N(self) -> NDArray[np.bool_]:
        """Which pictures have level 2 or above, where a distortion can be seen."""
        visible_N: NDArray[np.bool_] = self.levels_N >= MIN_VISIBLE_LEVEL
        return visible_N

    def only(self, rows: NDArray[np.int64]) -> Fold:
        """The pictures in these rows."""
        return replace(
            self,
            features_ND=self.features_ND[rows],
            scores_N=self.scores_N[rows],
            classes_N=self.classes_N[rows],
            levels_N=self.levels_N[rows],
            references_N=self.references_N[rows],
            crops=None if self.crops is None else self.crops[rows],
            subsets_N=None if self.subsets_N is None else self.subsets_N[rows],
        )
