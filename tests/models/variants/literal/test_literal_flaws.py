"""Where the founding document's formulas break, row by row of the design's table, and that the amended ones do not.

Row n is tested by `test_row_n_...`; the literal forms are those that the formulation `seed` is made of.
"""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn

from models.heads.alignment import ClusterTypeMatrix
from models.heads.gating import route
from models.heads.mixture import GaussianMixture
from models.heads.regressors import to_score
from models.taxonomy import TAXONOMY
from models.training.fitting.literal_losses import (
    classifier_posterior_kl,
    cluster_contrastive_loss,
    diversity_loss,
    posterior_cross_entropy,
)
from models.training.fitting.losses import alignment_loss, mixture_likelihood, supervised_contrastive_loss
from models.variants.literal.distortion_aware import DICTIONARY, SeedDistortionAware, group_probabilities
from models.variants.literal.moe import SeedMixtureOfExperts, literal_route
from models.variants.self_supervised import NUM_SEVERITIES, SelfSupervised
from tests.models.builders import (
    TINY_CLUSTERS,
    TINY_PROJECTION,
    drawn_crops,
    generic_head,
    group_of,
    random_features,
    tiny_config,
)

SPREADS = (0.0, 10.0, 1000.0)


def _experts_around(spread: float) -> Tensor:
    """Two experts at q - a and q + a: the mixture's mean is q = 50, whatever a."""
    return torch.tensor([[50 - spread, 50 + spread]])


def test_row_1_diversity_pays_without_end_for_experts_that_leave_the_score_where_it_is() -> None:
    literal = [diversity_loss(_experts_around(spread)).item() for spread in SPREADS]
    assert literal == sorted(literal, reverse=True)
    assert literal[-1] / literal[1] == pytest.approx(100)


def test_row_1_the_mixture_likelihood_charges_for_every_step_away_from_the_label() -> None:
    weights_BE, stds_BE, target_B = torch.tensor([[0.5, 0.5]]), torch.full((1, 2), 2.0), torch.tensor([50.0])
    amended = [mixture_likelihood(weights_BE, _experts_around(spread), stds_BE, target_B).item() for spread in SPREADS]
    assert amended == sorted(amended)


def test_row_1_sigmoids_keep_the_diversity_of_the_seed_formulation_finite() -> None:
    head = generic_head(tiny_config("moe", "seed"))
    assert isinstance(head, SeedMixtureOfExperts)
    with torch.no_grad():
        for parameter in head.experts.parameters():
            parameter.mul_(1e3)
        expert_scores_BE = head(random_features(20)).expert_scores
    assert expert_scores_BE is not None
    assert diversity_loss(expert_scores_BE).item() > -0.56  # the deviation of 2 zeros and 3 ones is .548


# A picture of class 1 (its group is 1, too), which the posterior gives to cluster 0 by a logit gap of 50.
WRONG_BY_50 = torch.tensor([[50.0] + [0.0] * 7], dtype=torch.float64)
CLASS_1 = torch.tensor([1])


def test_row_2_a_saturated_posterior_learns_nothing_from_the_cross_entropy_of_its_logarithm() -> None:
    logits_BK = WRONG_BY_50.clone().requires_grad_()
    torch.autograd.backward(posterior_cross_entropy(logits_BK.softmax(1), CLASS_1))
    assert logits_BK.grad is not None
    assert logits_BK.grad[0, 1].item() == pytest.approx(-2e-14, rel=0.05)


def test_row_2_log_posteriors_through_the_cluster_type_matrix_learn_at_full_strength() -> None:
    matrix = ClusterTypeMatrix(8).double()
    matrix.logits_KC.data[:, :8] = 200 * torch.eye(8)
    logits_BK = WRONG_BY_50.clone().requires_grad_()
    torch.autograd.backward(alignment_loss(matrix(logits_BK.log_softmax(1)), CLASS_1))
    assert logits_BK.grad is not None
    assert logits_BK.grad[0, 1].item() == pytest.approx(-0.9, abs=0.01)  # one less what smoothing gives away


def test_row_2_the_cluster_type_matrix_leaves_the_number_of_clusters_free() -> None:
    for num_clusters in (1, 5, 40):
        log_probs_BC = ClusterTypeMatrix(num_clusters)(torch.randn(2, num_clusters).log_softmax(1))
        assert torch.isfinite(alignment_loss(log_probs_BC, torch.tensor([0, 25])))


OPPOSED = (torch.tensor([[1.0, 1e-12]]), torch.tensor([[1e-12, 1.0]]))


def test_row_3_weights_of_a_posterior_and_a_gate_that_disagree_sum_to_almost_nothing() -> None:
    assert literal_route(*OPPOSED).sum().item() == pytest.approx(2e-4, rel=0.01)
    posteriors_BE, gating_BE = OPPOSED
    torch.testing.assert_close(route(posteriors_BE.log(), gating_BE.log()), torch.tensor([[0.5, 0.5]]))


def test_row_3_the_seed_score_falls_to_nothing_with_its_weights_although_no_expert_says_so() -> None:
    head = generic_head(tiny_config("moe", "seed"))
    assert isinstance(head, SeedMixtureOfExperts)
    with torch.no_grad():
        head.mixture.means_Kd[0] = head(random_features(1)).embedding
        head.mixture.means_Kd[1:] += 100
        head.gate.get_parameter("layers.2.weight").zero_()
        head.gate.get_parameter("layers.2.bias").copy_(torch.tensor([-40.0, 0, 0, 0, 0]))
        output = head(random_features(1))
    assert output.expert_scores is not None
    assert output.score.item() < 1e-6 * output.expert_scores.min().item()


@pytest.mark.parametrize("gate", [(0.5, 0.5), (0.01, 0.99)])
def test_row_3_a_one_hot_posterior_ignores_the_gate_until_its_temperature_is_learned(gate: tuple[float, float]) -> None:
    """A sample 50 nats nearer to cluster 0 than to 1: what a mixture on many dimensions says of most samples."""
    gating_BE, x_Bd = torch.tensor([gate]), torch.zeros(1, 1)
    mixture = GaussianMixture(2, 1, covariance_type="diag")
    with torch.no_grad():
        mixture.means_Kd.copy_(torch.tensor([[0.0], [10.0]]))
        mixture.set_temperature(1.0001)
        one_hot_BK = mixture(x_Bd)[0].exp()
        mixture.set_temperature(20.0)
        log_tempered_BK = mixture(x_Bd)[0]
    torch.testing.assert_close(literal_route(one_hot_BK, gating_BE), torch.tensor([[1.0, 0.0]]))
    odds = gate[1] / gate[0] * math.exp(-50 / 20)
    assert route(log_tempered_BK, gating_BE.log())[0, 1].item() == pytest.approx(odds / (1 + odds), rel=1e-4)


COLLAPSED, ORTHOGONAL = torch.eye(5)[[0] * 65], torch.eye(5)[torch.arange(65) % 5]
"""Sixty-five embeddings on one point, and on five orthogonal ones."""


def test_row_5_one_collapsed_cluster_scores_as_five_orthogonal_ones() -> None:
    assert cluster_contrastive_loss(COLLAPSED, COLLAPSED).item() == pytest.approx(-10.11, abs=0.005)
    assert cluster_contrastive_loss(ORTHOGONAL, ORTHOGONAL).item() == pytest.approx(-10.11, abs=0.005)


def test_row_5_argmax_passes_no_gradient_to_the_mixture() -> None:
    embedding_Bd, logits_BK = torch.randn(9, 3, requires_grad=True), torch.randn(9, 4, requires_grad=True)
    torch.autograd.backward(cluster_contrastive_loss(embedding_Bd, logits_BK.softmax(1)))
    assert embedding_Bd.grad is not None
    assert logits_BK.grad is None


def test_row_5_the_supervised_contrast_tells_collapse_from_separation() -> None:
    class_B, reference_B = torch.arange(65) % 5, torch.arange(65) // 5
    collapsed = supervised_contrastive_loss(COLLAPSED, class_B, reference_B).item()
    separated = supervised_contrastive_loss(ORTHOGONAL, class_B, reference_B).item()
    assert collapsed == pytest.approx(math.log(64))  # a guess among all others
    assert separated == pytest.approx(math.log(12), abs=0.01)  # ... among those of one class


def _classified(group: str) -> SeedDistortionAware:
    """Plan 4's head whose classifier is sure of one group, whatever the picture."""
    head = generic_head(tiny_config("distortion_aware", "seed", num_clusters=8))
    assert isinstance(head, SeedDistortionAware)
    name = next(name for name in TAXONOMY.classes if group_of(name) == group)
    with torch.no_grad():
        head.classifier.weight.zero_()
        head.classifier.bias.fill_(-50)
        head.classifier.bias[TAXONOMY.class_index(name)] = 50
    return head


def test_row_6_the_divergence_drags_a_classifier_that_is_right_to_clusters_that_have_no_order() -> None:
    """A classifier that is sure of blur, and a mixture that is sure of another cluster."""
    head, posteriors_BK = _classified("blur"), torch.eye(8)[[5]]
    logits_BC = head.classifier.bias.detach().unsqueeze(0) / 10
    logits_BC = logits_BC.requires_grad_()
    probabilities_BE = group_probabilities(logits_BC)
    torch.autograd.backward(classifier_posterior_kl(probabilities_BE, posteriors_BK))
    assert logits_BC.grad is not None
    blur, other = (logits_BC.grad[0, [group_of(name) == group for name in TAXONOMY.classes]].sum() for group in GROUPS)
    assert blur > 0 > other  # a step down the gradient takes from blur and gives to the group of the cluster's number


GROUPS = ("blur", TAXONOMY.group_names[5])


def test_row_6_another_numbering_of_the_same_clusters_is_another_loss() -> None:
    probabilities_BE, posteriors_BK = torch.eye(8)[[1, 4]], torch.eye(8)[[1, 4]]
    renumbered = classifier_posterior_kl(probabilities_BE, posteriors_BK[:, torch.arange(8).roll(1)])
    assert classifier_posterior_kl(probabilities_BE, posteriors_BK).item() == pytest.approx(0, abs=1e-6)
    assert renumbered > 10


def test_row_11_half_the_score_is_the_fusions_own_so_that_idle_experts_cost_nothing_and_any_routing_does() -> None:
    """Experts that say 50 of every picture: what the score tells of pictures is the fusion's, whoever routes."""
    head, other = _classified("blur"), _classified("noise")
    other.load_state_dict({**head.state_dict(), "classifier.bias": other.classifier.bias})
    with torch.no_grad():
        for parameter in (*head.experts.parameters(), *other.experts.parameters()):
            parameter.zero_()
        output, rerouted = (each(random_features(9), drawn_crops(9).normalised()) for each in (head, other))
    assert output.fusion_score is not None
    assert output.routing_weights is not None
    assert not torch.allclose(output.routing_weights, rerouted.routing_weights)
    torch.testing.assert_close(rerouted.score, output.score)
    torch.testing.assert_close(output.score, 25 + output.fusion_score / 2)


def test_row_13_positive_weights_in_the_last_layer_are_monotone_in_hidden_units_and_in_no_severity() -> None:
    torch.manual_seed(0)
    last = nn.Linear(16, 1)
    last.weight.data.abs_()
    regressor = nn.Sequential(nn.Linear(NUM_SEVERITIES, 16), nn.ReLU(), last)
    severities_BS = (3 * torch.rand(40, NUM_SEVERITIES)).requires_grad_()
    torch.autograd.backward(regressor(severities_BS).sum())
    assert severities_BS.grad is not None
    assert severities_BS.grad.max() > 0 > severities_BS.grad.min()


def test_row_13_no_expert_rises_with_any_severity() -> None:
    head = generic_head(tiny_config("self_supervised"))
    assert isinstance(head, SelfSupervised)
    severities_BS = (3 * torch.rand(40, NUM_SEVERITIES)).requires_grad_()
    routing_BE = torch.randn(40, TINY_CLUSTERS).softmax(1)
    score_B = (routing_BE * head.expert_scores(torch.randn(40, TINY_PROJECTION), severities_BS)).sum(1)
    torch.autograd.backward(score_B.sum())
    assert severities_BS.grad is not None
    assert severities_BS.grad.max() < 0


LITERAL_EXPERTS = ("blur", "noise", "compression", "clean")
LITERAL_LABELS = ("clean", "blur", "noise", "compression")


@pytest.mark.parametrize("label", LITERAL_LABELS)
def test_row_14_every_expert_is_paired_with_another_types_probability(label: str) -> None:
    """score = sum_t p(t) expert_t, over a dictionary of experts in one order and probabilities in another."""
    experts = {name: torch.tensor(float(position)) for position, name in enumerate(LITERAL_EXPERTS)}
    probabilities = torch.tensor([float(name == label) for name in LITERAL_LABELS])
    score = (probabilities * torch.stack(list(experts.values()))).sum()
    asked = LITERAL_EXPERTS[int(score)]
    assert asked != label


@pytest.mark.parametrize("group", TAXONOMY.group_names)
def test_row_14_the_seed_head_that_is_sure_of_a_group_asks_the_expert_of_another_and_says_so(group: str) -> None:
    head = _classified(group)
    with torch.no_grad():
        output = head(random_features(2), drawn_crops(2).normalised())
    assert output.routing_weights is not None
    assert output.expert_scores is not None
    asked_expert = int(output.routing_weights[0].argmax())
    torch.testing.assert_close(output.routing_weights[:, asked_expert], torch.ones(2))
    expert = DICTIONARY[asked_expert]
    assert expert != group
    assert head.expert_names[asked_expert] == f"{expert} by p({group})"
    torch.testing.assert_close(
        output.expert_scores[:, asked_expert], to_score(head.experts[expert](output.embedding)), atol=1e-4, rtol=0
    )


@pytest.mark.parametrize("group", LITERAL_LABELS)
def test_row_14_experts_keyed_by_the_taxonomy_meet_the_probability_of_their_own_group(group: str) -> None:
    head = generic_head(tiny_config("distortion_aware"))
    name = next(name for name in TAXONOMY.classes if group_of(name) == group)
    with torch.no_grad():
        head.get_parameter("classifier.weight").zero_()
        head.get_parameter("classifier.bias").fill_(-50)
        head.get_parameter("classifier.bias")[TAXONOMY.class_index(name)] = 50
        routing_BE = head(random_features(1)).routing_weights
    assert routing_BE is not None
    assert head.expert_names is not None
    assert head.expert_names[int(routing_BE.argmax())] == group
