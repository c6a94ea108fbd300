"""What three of the document's plans have in common: a diagonal mixture on the very features that are projected.

Legend: P projection.
"""

from __future__ import annotations

from models.heads.config import SeedConfig
from models.heads.mixture import GaussianMixture
from models.heads.projection import Projection
from models.heads.variant import Variant


class ProjectedMixture(Variant):
    """A variant whose mixture sees P dimensions."""

    projection: Projection
    mixture: GaussianMixture

    def add_mixture(self, config: SeedConfig) -> None:
        """Projection and mixture, at the place among its parts where a variant has them."""
        width = config.projection_dim
        self.projection = Projection(config.layout.num_features, width, dropout=config.dropout)
        self.mixture = GaussianMixture(
            config.num_clusters, width, covariance_type=config.covariance_type, has_temperature=False
        )

    @property
    def cluster_mixture(self) -> GaussianMixture:
        """The mixture on the projected features."""
        return self.mixture
