"""Plan 3 as the founding document writes it: a network predicts the mixture from the very sample that it then scores.

Legend: B images, D features, P projection, d embedding, K clusters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import torch
from torch import Tensor, nn

from models.heads.config import SeedConfig
from models.heads.outputs import IQAOutput
from models.heads.projection import Projection
from models.heads.regressors import Regressor, to_score
from models.heads.variant import PosteriorDriven

_HIDDEN_DIM = 256
_VARIANCE_EPSILON = 1e-6


class PredictedMixture(NamedTuple):
    """Each sample's own mixture, as the network puts it out."""

    means_BKd: Tensor
    log_variances_BKd: Tensor
    mixing_logits_BK: Tensor


class MixtureNetwork(nn.Module):
    """The document's network from features to mixture parameters: two hidden layers of 256 and three heads."""

    def __init__(self, num_inputs: int, num_clusters: int, embedding_dim: int) -> None:
        super().__init__()
        self.trunk = nn.Sequential(
            nn.Linear(num_inputs, _HIDDEN_DIM), nn.ReLU(), nn.Linear(_HIDDEN_DIM, _HIDDEN_DIM), nn.ReLU()
        )
        self.means = nn.Linear(_HIDDEN_DIM, num_clusters * embedding_dim)
        self.log_variances = nn.Linear(_HIDDEN_DIM, num_clusters * embedding_dim)
        self.mixing_logits = nn.Linear(_HIDDEN_DIM, num_clusters)
        self.shape = (num_clusters, embedding_dim)

    def forward(self, x_BP: Tensor) -> PredictedMixture:
        """(B, P) -> one mixture per sample."""
        hidden_BH = self.trunk(x_BP)
        means_BKd = self.means(hidden_BH).unflatten(1, self.shape)
        log_variances_BKd = self.log_variances(hidden_BH).unflatten(1, self.shape)
        return PredictedMixture(means_BKd, log_variances_BKd, self.mixing_logits(hidden_BH))


def literal_log_joint(x_Bd: Tensor, mixture: PredictedMixture) -> Tensor:
    """The document's log p_k of each sample under its own mixture: (B, K), without the constant -d/2 log(2 pi)."""
    squared_BKd = (x_Bd.unsqueeze(1) - mixture.means_BKd).square()
    distance_BK = (squared_BKd / (mixture.log_variances_BKd.exp() + _VARIANCE_EPSILON)).sum(2)
    log_weights_BK = mixture.mixing_logits_BK.log_softmax(1)
    return -0.5 * distance_BK - 0.5 * mixture.log_variances_BKd.sum(2) + log_weights_BK


@dataclass(frozen=True, kw_only=True)
class SeedLearnableGMMConfig(SeedConfig):
    """Diagonal mixtures on an embedding."""

    variant: ClassVar[str] = "learnable_gmm"

    embedding_dim: int = 16


class SeedLearnableGMM(PosteriorDriven):
    """Every picture gets a mixture of its own; features and posteriors -> regressor.

    There is no shared mixture, so `cluster_mixture` is `None`, although there are K clusters. `log_likelihood` is the
    document's, short of its constant: it can be raised without end by means at the sample and variances towards 0.
    Each mixture is diagonal; d, not P, dimensions keep the heads small.
    """

    config_class = SeedLearnableGMMConfig
    parts = ("mixture",)
    config: SeedLearnableGMMConfig

    def __init__(self, config: SeedLearnableGMMConfig) -> None:
        super().__init__(config)
        width = config.projection_dim
        self.projection = Projection(config.layout.num_features, width, dropout=config.dropout)
        self.embedding = nn.Linear(width, config.embedding_dim)
        self.network = MixtureNetwork(width, config.num_clusters, config.embedding_dim)
        self.regressor = Regressor(
            width + config.num_clusters, kind=config.regressor, hidden_dim=config.hidden_dim, dropout=config.dropout
        )

    @property
    def num_clusters(self) -> int:
        """K of them, although no two pictures share one."""
        return self.config.num_clusters

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score, embedding, posteriors and log likelihood."""
        projected_BP = self.projection(self.scaler(features_BD))
        embedding_Bd = self.embedding(projected_BP)
        joint_BK = literal_log_joint(embedding_Bd, self.network(projected_BP))
        log_posteriors_BK = joint_BK.log_softmax(1)
        score_B = self._score(projected_BP, log_posteriors_BK)
        return IQAOutput(
            score_B,
            self._constant_std(score_B),
            features_BD,
            embedding=embedding_Bd,
            posteriors=log_posteriors_BK.exp(),
            log_likelihood=joint_BK.logsumexp(1),
        )

    def score_under(self, features_BD: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        """Scores (B,) with the posteriors replaced: an intervention."""
        return self._score(self.projection(self.scaler(features_BD)), log_posteriors_BK)

    def _score(self, projected_BP: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        return to_score(self.regressor(torch.cat([projected_BP, log_posteriors_BK.exp()], 1)))
