"""The network moves the shared means a little, never so far that clusters change places."""

from __future__ import annotations

import torch

from models.heads.online_mixture import OnlineMixture
from models.variants.learnable_gmm import OFFSET_BOUND, BoundedOffsets, LearnableGMM
from tests.models.builders import TINY_CLUSTERS, generic_head, random_features, tiny_config


def _head() -> LearnableGMM:
    head = generic_head(tiny_config("learnable_gmm"))
    assert isinstance(head, LearnableGMM)
    return head


def test_offsets_stay_within_their_bound_and_differ_between_pictures() -> None:
    torch.manual_seed(0)
    offsets = BoundedOffsets(6, 4, 3)
    offsets_BKd = offsets(1e4 * torch.randn(8, 6))
    assert offsets_BKd.shape == (8, 4, 3)
    assert offsets_BKd.abs().max() <= OFFSET_BOUND
    assert offsets_BKd.std(0).max() > 0


def test_posteriors_are_those_of_the_shared_mixture_moved_by_each_pictures_offsets() -> None:
    head, features_BD = _head(), random_features(6)
    output, projected_BP = head(features_BD), head.projection(head.scaler(features_BD))
    log_posteriors_BK, log_likelihood_B = head.cluster_mixture(output.embedding, head.offsets(projected_BP))
    torch.testing.assert_close(output.posteriors, log_posteriors_BK.exp())
    torch.testing.assert_close(output.log_likelihood, log_likelihood_B)
    shared_BK, _ = head.cluster_mixture(output.embedding)
    assert (shared_BK - log_posteriors_BK).abs().max() > 1e-3


def test_the_mixture_learns_by_em_and_all_of_it_is_shared() -> None:
    head = _head()
    assert isinstance(head.cluster_mixture, OnlineMixture)
    assert head.cluster_mixture.means_Kd.shape[0] == TINY_CLUSTERS
    before = head.cluster_mixture.means_Kd.clone()
    head.train()(random_features(20))
    assert (head.cluster_mixture.means_Kd != before).all()
