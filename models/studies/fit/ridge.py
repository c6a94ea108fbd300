"""Ridge regressions on features in closed form, at every penalty at once.

Legend: N pictures, M others, D features, P principal axes, C checkpoints, A penalties.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

Floats = NDArray[np.floating]

PENALTIES: Final = (np.inf, 300.0, 100.0, 30.0, 10.0, 3.0, 1.0, 0.3)
"""Per feature; an infinite one leaves no deviation. The strongest comes first: of equals the first is taken."""


@dataclass(frozen=True)
class RidgePath:
    """What C residuals have to do with the features of N pictures, on the principal axes of these."""

    centre_D: Floats
    axes_PD: Floats
    squares_P: Floats
    """Squared singular values."""
    covariances_PC: Floats

    @classmethod
    def of(cls, features_ND: Floats, residuals_NC: Floats) -> RidgePath:
        """Fit residuals whose means are zero already; features are centred."""
        solver = "covariance_eigh" if len(features_ND) > features_ND.shape[1] else "full"
        analysis = PCA(svd_solver=solver).fit(features_ND)
        projected_NP = analysis.transform(features_ND)
        squares_P = np.square(projected_NP).sum(0)
        return cls(analysis.mean_, analysis.components_, squares_P, projected_NP.T @ residuals_NC)

    def slopes(self, penalty: float) -> Floats:
        """Deviations in points per feature (D, C)."""
        slopes_DC: Floats = self.axes_PD.T @ self._shrunk(penalty)
        return slopes_DC

    def deviations(self, features_MD: Floats) -> Floats:
        """Of other pictures, at every penalty (A, M, C)."""
        projected_MP = (features_MD - self.centre_D) @ self.axes_PD.T
        return np.stack([projected_MP @ self._shrunk(penalty) for penalty in PENALTIES])

    def _shrunk(self, penalty: float) -> Floats:
        shrinkage_P = self.squares_P + penalty * len(self.centre_D)
        shrunk_PC: Floats = self.covariances_PC / np.maximum(shrinkage_P, 1e-12)[:, None]
        return shrunk_PC
