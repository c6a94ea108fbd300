"""What a head is fitted on: one training fold.

Legend: N pictures, D features, P pairs, Q level chains, L = 6 pictures of a chain.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import torch
from torch import Tensor

from models.heads.config import ConfigError
from models.taxonomy import LEVELS
from models.training.data.crop_cache import Crops

CHAIN_LENGTH: Final = 1 + len(LEVELS)
"""A level chain is one reference and type: the clean picture, then levels 1 to 5."""


@dataclass(frozen=True)
class RatedPictures:
    """Pictures of one data set with human scores on the studio's 0-100, and their crops where any were asked for."""

    features_ND: Tensor
    scores_N: Tensor
    crops: Crops | None = None


@dataclass(frozen=True)
class SyntheticPictures:
    """Synthetic distortions: features, scores on 0-100, classes of the taxonomy, and numbers of their references.

    Where crops were asked for, some pictures may be without. Scores are NaN where a head is not to learn them.
    """

    features_ND: Tensor
    scores_N: Tensor
    classes_N: Tensor
    references_N: Tensor
    crops: Crops | None = None

    @property
    def are_scored(self) -> bool:
        """Whether a head is to learn the scores, too."""
        return not bool(self.scores_N.isnan().any())

    def without_scores(self) -> SyntheticPictures:
        """The same pictures, of which nobody says how good they are."""
        return replace(self, scores_N=torch.full_like(self.scores_N, math.nan))


@dataclass(frozen=True)
class OrderPairs:
    """Pictures, and copies of them that must not score higher."""

    better_PD: Tensor
    worse_PD: Tensor


@dataclass(frozen=True)
class TrainingSet:
    """One training fold; the first of the `rated` sets is the one whose scale the studio speaks.

    `chains_QL` holds row numbers into `synthetic`; `calibration` are synthetic pictures of held-out contents.
    """

    rated: tuple[RatedPictures, ...]
    synthetic: SyntheticPictures
    chains_QL: Tensor
    pairs: OrderPairs
    calibration: SyntheticPictures

    def with_crops(self) -> TrainingSet:
        """What a head that sees crops can be fitted on: no chain with a picture without a crop, and no order pairs.

        Raises `ConfigError` where no crops were asked for.
        """
        crops = self.synthetic.crops
        if crops is None or any(part.crops is None for part in self.rated):
            raise ConfigError("got a training set without crops, expected a corpus that was loaded with crop_px")
        seen_N = torch.from_numpy(crops.kept_B)
        none_PD = self.pairs.better_PD[:0]
        return replace(
            self, chains_QL=self.chains_QL[seen_N[self.chains_QL].all(1)], pairs=OrderPairs(none_PD, none_PD)
        )

    def with_photographs_alone(self) -> TrainingSet:
        """The same with the first set alone to learn scores from, and no order; types of distortion stay known."""
        none_PD = self.pairs.better_PD[:0]
        synthetic, calibration = self.synthetic.without_scores(), self.calibration.without_scores()
        return replace(
            self,
            rated=self.rated[:1],
            synthetic=synthetic,
            calibration=calibration,
            pairs=OrderPairs(none_PD, none_PD),
        )
