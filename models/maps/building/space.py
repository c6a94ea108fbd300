"""Which points a map shows, and what brings further pictures among them.

Legend: N pictures, D features, d embedding, P axes in which neighbours are sought.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

from models.heads.outputs import IQAOutput
from models.heads.projection import FeatureScaler
from models.maps.embedding_map import Floats, PlacingRecord, SpaceRecord, reduce_features

NUM_AXES: Final = 50
"""Principal axes of the features that are kept."""
NUM_NEIGHBOURS: Final = 5
WARNING_QUANTILE: Final = 0.99


class Space(NamedTuple):
    """The points to project, and the arrays that bring further pictures among them."""

    record: SpaceRecord
    points_NP: Floats
    arrays: Mapping[str, NDArray[Any]]


def projected_space(scaler: FeatureScaler, output: IQAOutput) -> Space:
    """The embedding, where the variant has one: what the mixture sees, so that clusters are regions of the map.

    A variant without has its standardised features shown, on their first `NUM_AXES` principal axes.
    """
    if output.embedding is not None:
        points_Nd = output.embedding.numpy().astype(np.float32)
        dim = points_Nd.shape[1]
        return Space(SpaceRecord("embedding", dim, dim), points_Nd, {})
    return _feature_space(scaler, output.features)


@torch.inference_mode()
def _feature_space(scaler: FeatureScaler, features_ND: torch.Tensor) -> Space:
    standardised_ND = scaler(features_ND).numpy()
    num_pictures, num_features = standardised_ND.shape
    num_axes = min(NUM_AXES, num_pictures, num_features)
    # Of few pictures the covariance is by far the larger matrix.
    solver = "covariance_eigh" if num_pictures > num_features else "full"
    pca = PCA(num_axes, svd_solver=solver).fit(standardised_ND)
    axes_IP = pca.components_.T.astype("<f2")
    arrays = {
        "mean_I": scaler.mean_D.numpy().astype("<f4"),
        "std_I": scaler.std_D.numpy().astype("<f4"),
        "axes_IP": axes_IP,
        "centre_P": (pca.mean_ @ axes_IP.astype(np.float32)).astype("<f4"),
    }
    points_NP = reduce_features(features_ND.numpy(), arrays)
    return Space(SpaceRecord("features", standardised_ND.shape[1], num_axes), points_NP, arrays)


def warning_distance(points_NP: Floats, reference_N: NDArray[np.int64]) -> PlacingRecord:
    """From which mean distance to its neighbours on a picture is unlike all of the map.

    Each picture is placed among those of other contents, as an upload is: among its own it would always be near. The
    99 % quantile of these distances is the limit.
    """
    num_neighbours = min(NUM_NEIGHBOURS, len(points_NP) - 1)
    names = np.unique(reference_N)
    if len(names) in {1, len(points_NP)}:  # each picture among all others
        search = NearestNeighbors(n_neighbors=num_neighbours, algorithm="brute").fit(points_NP)
        distances_N = search.kneighbors()[0].mean(1)
    else:
        distances_N = np.concatenate(
            [
                _mean_distances(points_NP[reference_N == name], points_NP[reference_N != name], num_neighbours)
                for name in names
            ]
        )
    return PlacingRecord(num_neighbours, max(float(np.quantile(distances_N, WARNING_QUANTILE)), 1e-6))


def _mean_distances(points_MP: Floats, others_NP: Floats, count: int) -> NDArray[np.float64]:
    search = NearestNeighbors(n_neighbors=min(count, len(others_NP)), algorithm="brute").fit(others_NP)
    distances_Mk, _ = search.kneighbors(points_MP)
    return np.asarray(distances_Mk.mean(1), np.float64)
