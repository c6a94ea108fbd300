"""The founding document's losses are computed as it writes them, whatever that is worth."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional as F

from models.heads.config import ConfigError
from models.taxonomy import TAXONOMY, UNKNOWN_INDEX
from models.training.fitting.literal_losses import (
    balance_variance,
    classifier_cross_entropy,
    classifier_posterior_kl,
    cluster_contrastive_loss,
    diversity_loss,
    posterior_cross_entropy,
)
from tests.models.builders import group_of

NUM_GROUPS = len(TAXONOMY.group_names)


def test_diversity_is_the_negative_deviation_between_experts_on_scores_of_0_to_1() -> None:
    expert_scores_BE = torch.tensor([[40.0, 60.0], [50.0, 50.0]])
    assert diversity_loss(expert_scores_BE).item() == pytest.approx(-(math.sqrt(0.02) + 0) / 2)


def test_cross_entropy_takes_cluster_k_for_group_k() -> None:
    posteriors_BK = torch.rand(26, NUM_GROUPS, dtype=torch.float64).softmax(1)
    groups = [TAXONOMY.group_names.index(group_of(name)) for name in TAXONOMY.classes]
    expected = -sum(posteriors_BK[row, group].log().item() for row, group in enumerate(groups)) / 26
    assert posterior_cross_entropy(posteriors_BK, torch.arange(26)).item() == pytest.approx(expected, abs=1e-6)


def test_cross_entropy_masks_pictures_of_unknown_distortion() -> None:
    posteriors_BK = torch.rand(3, NUM_GROUPS, requires_grad=True)
    known = posterior_cross_entropy(posteriors_BK[:1], torch.tensor([4]))
    assert posterior_cross_entropy(posteriors_BK, torch.tensor([4, UNKNOWN_INDEX, UNKNOWN_INDEX])) == known
    loss = posterior_cross_entropy(posteriors_BK, torch.full((3,), UNKNOWN_INDEX))
    torch.autograd.backward(loss)
    assert loss.item() == 0
    assert posteriors_BK.grad is not None


def test_cross_entropy_of_fewer_clusters_than_groups_is_refused() -> None:
    with pytest.raises(ConfigError, match="got 5 clusters, expected at least one per distortion group: 8"):
        posterior_cross_entropy(torch.full((2, 5), 0.2), torch.tensor([0, 1]))


def test_balance_is_the_variance_between_mean_posteriors() -> None:
    assert balance_variance(torch.eye(4)).item() == pytest.approx(0)
    posteriors_BK = torch.tensor([[1.0, 0.0], [0.5, 0.5]])
    assert balance_variance(posteriors_BK).item() == pytest.approx(2 * 0.25**2)


def test_the_contrast_between_clusters_is_the_documents_sum() -> None:
    embedding_Bd, cluster_B = torch.randn(7, 3, dtype=torch.float64), torch.tensor([0, 1, 2, 0, 1, 0, 1])
    similarity_BB = F.cosine_similarity(embedding_Bd.unsqueeze(1), embedding_Bd, dim=2) / 0.07
    rows = []
    for row in range(7):
        same = [other for other in range(7) if cluster_B[other] == cluster_B[row] and other != row]
        attraction = sum(similarity_BB[row, other].item() for other in same) / (len(same) + 1e-8)
        others = [similarity_BB[row, other].item() if cluster_B[other] != cluster_B[row] else 0.0 for other in range(7)]
        rows.append(attraction - math.log(sum(map(math.exp, others))))
    loss = cluster_contrastive_loss(embedding_Bd, F.one_hot(cluster_B).double())
    assert loss.item() == pytest.approx(-sum(rows) / 7)


def test_the_classifiers_cross_entropy_takes_labels_as_they_are_and_masks_unknown_pictures() -> None:
    logits_BC, class_B = torch.randn(3, 26, requires_grad=True), torch.tensor([4, UNKNOWN_INDEX, 0])
    expected = -(logits_BC.log_softmax(1)[0, 4] + logits_BC.log_softmax(1)[2, 0]) / 2
    torch.testing.assert_close(classifier_cross_entropy(logits_BC, class_B), expected)
    loss = classifier_cross_entropy(logits_BC, torch.full((3,), UNKNOWN_INDEX))
    torch.autograd.backward(loss)
    assert loss.item() == 0


def test_divergence_between_groups_and_another_number_of_clusters_is_refused() -> None:
    with pytest.raises(ConfigError, match="got 5 clusters for 8 distortion groups, expected as many"):
        classifier_posterior_kl(torch.full((2, 8), 1 / 8), torch.full((2, 5), 1 / 5))


def test_divergence_runs_from_the_classifier_to_the_posteriors() -> None:
    probabilities_BK, posteriors_BK = torch.tensor([[0.5, 0.5]]), torch.tensor([[0.9, 0.1]])
    expected = 0.5 * math.log(0.5 / 0.9) + 0.5 * math.log(0.5 / 0.1)
    assert classifier_posterior_kl(probabilities_BK, posteriors_BK).item() == pytest.approx(expected, rel=1e-5)
    one_hot_BK = torch.eye(2)
    assert classifier_posterior_kl(one_hot_BK, one_hot_BK).item() == pytest.approx(0, abs=1e-6)
    assert math.isfinite(classifier_posterior_kl(one_hot_BK, one_hot_BK.flip(1)).item())
