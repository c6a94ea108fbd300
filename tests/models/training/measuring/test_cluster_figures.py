"""Cluster figures tell groups from contents, and K from the number of clumps."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
import torch

from models.heads.outputs import IQAOutput
from models.training.measuring.cluster_figures import BIC_CLUSTERS, bic_by_clusters, cluster_figures
from tests.models.builders import generic_head, one_hot_rows, tiny_config
from tests.models.training.fold_builders import drawn_synthetic, scored

FOLD = drawn_synthetic()


def _clustered(cluster_N: np.ndarray) -> IQAOutput:
    posteriors_NK = torch.from_numpy(one_hot_rows(cluster_N, 8)).float()
    return scored(torch.from_numpy(FOLD.scores_N))._replace(posteriors=posteriors_NK)


def test_clusters_that_are_the_groups_agree_with_groups_and_not_with_contents() -> None:
    figures = cluster_figures(generic_head(tiny_config("no_gmm")), _clustered(FOLD.groups_N), FOLD, seed=0)
    assert figures is not None
    assert astuple(figures.group) == pytest.approx((1, 1, 1, 1))
    assert figures.content.ami == pytest.approx(0, abs=0.02)
    assert figures.posterior_saturation == 1
    assert figures.dead_clusters == 1  # clean: 3 of 378 pictures


def test_clusters_that_are_the_contents_are_found_out() -> None:
    _, content_N = np.unique(FOLD.references_N, return_inverse=True)
    figures = cluster_figures(generic_head(tiny_config("no_gmm")), _clustered(content_N), FOLD, seed=0)
    assert figures is not None
    assert figures.content.ami == pytest.approx(1)
    assert figures.group.ami == pytest.approx(0, abs=0.02)
    assert (figures.dead_clusters, figures.bic) == (5, None)


def test_a_head_without_a_mixture_has_no_cluster_figures() -> None:
    assert cluster_figures(generic_head(tiny_config("no_gmm")), scored([50.0] * 378), FOLD, seed=0) is None


def test_the_criterion_is_lowest_at_the_number_of_clumps() -> None:
    rng = np.random.default_rng(0)
    clumps_Nd = (rng.normal(0, 10, (4, 3))[rng.integers(0, 4, 600)] + rng.normal(0, 0.5, (600, 3))).astype(np.float32)
    criterion = bic_by_clusters(clumps_Nd, "full", seed=0)
    assert list(criterion) == [str(count) for count in BIC_CLUSTERS]
    assert min(criterion, key=criterion.__getitem__) == "4"
    assert criterion == bic_by_clusters(clumps_Nd, "full", seed=0)


def test_more_clusters_than_rows_have_no_criterion_and_a_point_has_no_complaint() -> None:
    few = bic_by_clusters(np.random.default_rng(0).normal(0, 1, (9, 2)).astype(np.float32), "tied", seed=0)
    assert np.isfinite([few["2"], few["8"]]).all()
    assert np.isnan([few["10"], few["16"]]).all()
    bic_by_clusters(np.zeros((50, 2), np.float32), "diag", seed=0)  # warnings are errors here
