"""Each loss rewards what it is for, and not what the founding document's formula would have rewarded."""

from __future__ import annotations

import math

import pytest
import torch
from scipy.spatial.distance import jensenshannon
from torch import Tensor

from models.taxonomy import TAXONOMY, UNKNOWN_INDEX
from models.training.fitting.losses import (
    RunningRouting,
    alignment_loss,
    balance_loss,
    consistency_loss,
    correlation_loss,
    mixture_likelihood,
    monotonicity_loss,
    pair_rank_loss,
    rank_loss,
    squared_error,
    supervised_contrastive_loss,
    z_loss,
)


def test_squared_error_is_in_squared_hundreds() -> None:
    assert squared_error(torch.tensor([50.0, 60.0]), torch.tensor([60.0, 60.0])).item() == pytest.approx(0.005)


def test_likelihood_equals_that_of_the_mixture_density() -> None:
    weights_BE, target_B = torch.tensor([[0.3, 0.7]]), torch.tensor([55.0])
    scores_BE, stds_BE = torch.tensor([[40.0, 60.0]]), torch.tensor([[5.0, 10.0]])
    components = torch.distributions.Normal(scores_BE / 100, stds_BE / 100)
    density_B = (weights_BE * components.log_prob(target_B / 100).exp()).sum(1)
    loss = mixture_likelihood(weights_BE, scores_BE, stds_BE, target_B)
    assert loss.item() == pytest.approx(-density_B.log().item(), rel=1e-5)


def test_an_expert_that_is_right_teaches_the_router_to_trust_it() -> None:
    logits_BE = torch.zeros(1, 2, requires_grad=True)
    scores_BE, stds_BE = torch.tensor([[30.0, 70.0]]), torch.full((1, 2), 10.0)
    torch.autograd.backward(mixture_likelihood(logits_BE.softmax(1), scores_BE, stds_BE, torch.tensor([70.0])))
    assert logits_BE.grad is not None
    assert logits_BE.grad[0, 1] < 0 < logits_BE.grad[0, 0]


def test_correlation_loss_runs_from_zero_to_one_and_is_blind_to_the_scale() -> None:
    target_B = torch.tensor([10.0, 40.0, 45.0, 90.0])
    assert correlation_loss(0.1 * target_B + 50, target_B).item() == pytest.approx(0, abs=1e-6)
    assert correlation_loss(-target_B, target_B).item() == pytest.approx(1)
    noisy_B = torch.tensor([30.0, 10.0, 60.0, 50.0])
    plcc = torch.corrcoef(torch.stack([noisy_B, target_B]))[0, 1].item()
    assert correlation_loss(noisy_B, target_B).item() == pytest.approx((1 - plcc) / 2, abs=1e-6)


def test_the_correlation_of_constant_scores_is_finite_with_its_gradient() -> None:
    score_B = torch.full((4,), 50.0, requires_grad=True)
    torch.autograd.backward(correlation_loss(score_B, torch.tensor([1.0, 2.0, 3.0, 4.0])))
    assert score_B.grad is not None
    assert torch.isfinite(score_B.grad).all()


TARGET_QL = torch.tensor([[90.0, 80.0, 60.0, 40.0, 30.0, 10.0]])


def test_rank_loss_is_zero_on_a_chain_in_order() -> None:
    assert rank_loss(TARGET_QL, TARGET_QL).item() == 0
    assert rank_loss(0.5 * TARGET_QL + 20, TARGET_QL).item() == pytest.approx(0, abs=1e-6)


def test_rank_loss_counts_reversed_levels_the_more_the_farther_they_are() -> None:
    slightly, fully = TARGET_QL.clone(), TARGET_QL.flip(1)
    slightly[0, [2, 3]] = slightly[0, [3, 2]]
    assert 0 < rank_loss(slightly, TARGET_QL).item() < rank_loss(fully, TARGET_QL).item()


def test_rank_loss_ignores_levels_that_people_did_not_tell_apart() -> None:
    target_QL = torch.tensor([[50.0, 52.0, 48.0, 51.0, 49.0, 50.0]])
    assert rank_loss(torch.randn(1, 6), target_QL).item() == 0


BLUR, WHITE_NOISE = TAXONOMY.class_index("gaussian_blur"), TAXONOMY.class_index("white_noise")
BLUR_CHAIN_QL = torch.tensor([[0, 0, BLUR, BLUR, BLUR, BLUR]])  # the mildest level equals the reference


def _severities(group: str, values_QL: Tensor) -> Tensor:
    severity_QLS = torch.rand(*values_QL.shape, len(TAXONOMY.groups), generator=torch.Generator().manual_seed(0))
    severity_QLS[:, :, list(TAXONOMY.groups).index(group)] = values_QL
    return severity_QLS


def test_severity_of_the_chains_own_group_must_grow_as_labels_fall() -> None:
    growing_QL = (100 - TARGET_QL) / 100
    assert monotonicity_loss(_severities("blur", growing_QL), TARGET_QL, BLUR_CHAIN_QL).item() == 0
    falling = monotonicity_loss(_severities("blur", growing_QL.flip(1)), TARGET_QL, BLUR_CHAIN_QL)
    level = monotonicity_loss(_severities("blur", 0 * growing_QL), TARGET_QL, BLUR_CHAIN_QL)
    assert 0 < level.item() < falling.item()


def test_severities_of_other_groups_may_do_as_they_like() -> None:
    severity_QLS = _severities("blur", (100 - TARGET_QL) / 100).requires_grad_()
    noise_chain_QL = torch.where(BLUR_CHAIN_QL == BLUR, WHITE_NOISE, 0)
    torch.autograd.backward(monotonicity_loss(severity_QLS, TARGET_QL, noise_chain_QL))
    assert severity_QLS.grad is not None
    used_S = severity_QLS.grad.abs().sum((0, 1)) > 0
    assert [group for group, used in zip(TAXONOMY.groups, used_S.tolist(), strict=True) if used] == ["noise"]


def test_severities_follow_labels_where_level_numbers_are_no_order() -> None:
    """Levels of mean_shift: brighter, less so, as it was, darker, darker still."""
    kind = TAXONOMY.class_index("mean_shift")
    class_QL, target_QL = torch.tensor([[0, kind, kind, 0, kind, kind]]), torch.tensor([[90.0, 50, 70, 90, 65, 45]])
    by_label = monotonicity_loss(_severities("brightness", (100 - target_QL) / 100), target_QL, class_QL)
    by_level = monotonicity_loss(_severities("brightness", torch.arange(6.0).view(1, 6)), target_QL, class_QL)
    assert by_label.item() == 0 < by_level.item()


@pytest.mark.parametrize("class_index", [0, UNKNOWN_INDEX])
def test_a_chain_of_no_known_type_has_no_severity_to_order(class_index: int) -> None:
    severity_QLS = _severities("blur", TARGET_QL).requires_grad_()
    loss = monotonicity_loss(severity_QLS, TARGET_QL, torch.full((1, 6), class_index))
    torch.autograd.backward(loss)
    assert loss.item() == 0
    assert severity_QLS.grad is not None
    both_QLS, both_QL = torch.cat([severity_QLS.detach()] * 2), torch.cat([TARGET_QL] * 2)
    mixed = monotonicity_loss(both_QLS, both_QL, torch.cat([torch.full((1, 6), class_index), BLUR_CHAIN_QL]))
    assert mixed == monotonicity_loss(severity_QLS, TARGET_QL, BLUR_CHAIN_QL)


def test_a_pair_costs_nothing_only_when_the_better_one_leads_by_the_margin() -> None:
    better_B, worse_B = torch.tensor([50.0]), torch.tensor([46.0])
    assert pair_rank_loss(better_B, worse_B).item() == 0
    assert pair_rank_loss(worse_B, better_B).item() == pytest.approx(0.07)
    assert pair_rank_loss(better_B, better_B).item() == pytest.approx(0.03)


def _classes(*indices: int) -> Tensor:
    return torch.tensor(indices)


def test_alignment_masks_pictures_whose_distortion_nobody_named() -> None:
    log_probs_BC = torch.randn(3, 26).log_softmax(1)
    known = alignment_loss(log_probs_BC[:1], _classes(4))
    assert alignment_loss(log_probs_BC, _classes(4, UNKNOWN_INDEX, UNKNOWN_INDEX)) == known


def test_alignment_is_least_short_of_certainty() -> None:
    def loss_at(probability: float) -> float:
        rest = (1 - probability) / 25
        return alignment_loss(torch.tensor([[probability] + [rest] * 25]).log(), _classes(0)).item()

    assert loss_at(0.9) < loss_at(0.5)
    assert loss_at(0.9) < loss_at(0.9999)


def test_alignment_of_unknown_pictures_alone_is_zero_with_a_gradient_of_zero() -> None:
    logits_BC = torch.randn(2, 26, requires_grad=True)
    loss = alignment_loss(logits_BC.log_softmax(1), _classes(UNKNOWN_INDEX, UNKNOWN_INDEX))
    torch.autograd.backward(loss)
    assert loss.item() == 0
    assert logits_BC.grad is not None
    assert torch.equal(logits_BC.grad, torch.zeros(2, 26))


def test_balance_is_the_divergence_of_uniform_use_from_the_mean_routing() -> None:
    assert balance_loss(torch.full((4,), 0.25)).item() == pytest.approx(0, abs=1e-6)
    mean_E = torch.tensor([0.1, 0.2, 0.3, 0.4])
    expected = sum(0.25 * math.log(0.25 / share) for share in mean_E.tolist())
    assert balance_loss(mean_E).item() == pytest.approx(expected, rel=1e-5)


def test_a_dead_expert_costs_much_and_still_has_a_gradient_to_revive_it() -> None:
    logits_E = torch.tensor([0.0, 0.0, -12.0], requires_grad=True)
    loss = balance_loss(logits_E.softmax(0))
    torch.autograd.backward(loss)
    assert loss.item() > 1
    assert logits_E.grad is not None
    assert logits_E.grad[2] < -0.1


def test_running_routing_is_the_mean_of_all_rows_until_its_window_is_full() -> None:
    running, routing_NE = RunningRouting(), torch.randn(500, 4).softmax(1)
    for first in range(0, 500, 100):
        mean_E = running(routing_NE[first : first + 100])
    torch.testing.assert_close(mean_E, routing_NE.mean(0))


def test_a_full_window_weighs_as_many_rows_as_it_is_long() -> None:
    running, one_BE, other_BE = RunningRouting(window=60), torch.eye(2)[:1], torch.eye(2)[1:]
    running(one_BE.expand(1000, 2))
    torch.testing.assert_close(running(other_BE.expand(20, 2)), torch.tensor([0.75, 0.25]))
    torch.testing.assert_close(running(other_BE.expand(20, 2)), torch.tensor([0.75**2, 1 - 0.75**2]))


def test_only_the_batch_at_hand_has_a_gradient() -> None:
    running = RunningRouting()
    earlier_BE, present_BE = (torch.randn(30, 4).softmax(1).requires_grad_() for _ in range(2))
    running(earlier_BE)
    torch.autograd.backward(balance_loss(running(present_BE)))
    assert earlier_BE.grad is None
    assert present_BE.grad is not None
    assert present_BE.grad.abs().min() > 0


def test_a_batch_that_evens_out_the_ones_before_it_costs_nothing() -> None:
    """Four batches that each use one expert alone: single batches look collapsed, the data is not."""
    running, batches = RunningRouting(), [row_E.expand(50, 4) for row_E in torch.eye(4)]
    assert all(balance_loss(batch_BE.mean(0)).item() > 5 for batch_BE in batches)
    means = [running(batch_BE) for batch_BE in batches]
    assert balance_loss(means[-1]).item() == pytest.approx(0, abs=1e-6)


def test_z_loss_is_least_for_logits_that_are_log_probabilities() -> None:
    logits_BE = torch.randn(5, 4)
    assert z_loss(logits_BE.log_softmax(1)).item() == pytest.approx(0, abs=1e-10)
    assert z_loss(logits_BE.log_softmax(1) + 3).item() == pytest.approx(9, rel=1e-5)


def test_views_that_agree_are_consistent_and_views_that_exclude_each_other_differ_by_ln_2() -> None:
    log_posteriors_BK = (20 * torch.randn(9, 5)).log_softmax(1)
    assert consistency_loss(log_posteriors_BK, log_posteriors_BK).item() == 0
    opposed_BK = torch.tensor([[0.0, -500.0], [-500.0, 0.0]]).log_softmax(1)
    assert consistency_loss(opposed_BK, opposed_BK.flip(0)).item() == pytest.approx(math.log(2))


def test_consistency_is_the_jensen_shannon_divergence_whichever_view_comes_first() -> None:
    one_BK, other_BK = (torch.randn(50, 5, dtype=torch.float64).log_softmax(1) for _ in range(2))
    expected_B = jensenshannon(one_BK.exp(), other_BK.exp(), axis=1) ** 2
    assert consistency_loss(one_BK, other_BK).item() == pytest.approx(expected_B.mean())
    assert consistency_loss(other_BK, one_BK).item() == pytest.approx(expected_B.mean())


def test_consistency_of_saturated_posteriors_has_a_finite_gradient() -> None:
    logits_BK = torch.tensor([[0.0, -300.0, 300.0]], requires_grad=True)
    torch.autograd.backward(consistency_loss(logits_BK.log_softmax(1), logits_BK.detach().flip(1).log_softmax(1)))
    assert logits_BK.grad is not None
    assert torch.isfinite(logits_BK.grad).all()


def test_contrast_equals_the_papers_sum_over_pairs() -> None:
    embedding_Bd = torch.randn(12, 6, dtype=torch.float64)
    class_B, reference_B = torch.arange(12) % 3, torch.arange(12) // 4
    unit_Bd = embedding_Bd / embedding_Bd.norm(dim=1, keepdim=True)
    anchors = []
    for anchor in range(12):
        same_class = class_B == class_B[anchor]
        same_both = same_class & (reference_B == reference_B[anchor])
        similarity_B = unit_Bd @ unit_Bd[anchor] / 0.1
        denominator = similarity_B[~same_both].exp().sum()
        anchors.append(-(similarity_B[same_class & ~same_both].exp() / denominator).log().mean())
    loss = supervised_contrastive_loss(embedding_Bd, class_B, reference_B)
    assert loss.item() == pytest.approx(torch.stack(anchors).mean().item())


# Embeddings of blur and noise on two contents: rows are (blur, A), (blur, B), (noise, A), (noise, B).
CONTRAST_CLASSES = torch.tensor([BLUR, BLUR, WHITE_NOISE, WHITE_NOISE])
CONTRAST_REFERENCES = torch.tensor([0, 1, 0, 1])


def test_contrast_wants_embeddings_by_degradation_and_not_by_content() -> None:
    by_degradation, by_content = torch.eye(2)[[0, 0, 1, 1]], torch.eye(2)[[0, 1, 0, 1]]
    good, bad = (
        supervised_contrastive_loss(unit_Bd, CONTRAST_CLASSES, CONTRAST_REFERENCES)
        for unit_Bd in (by_degradation, by_content)
    )
    assert good.item() == pytest.approx(0, abs=1e-3)
    assert bad.item() > 10


def test_another_copy_of_the_same_picture_is_neither_attracted_nor_repelled() -> None:
    """Blurred A, its copy, blurred B and noisy A: only what they have in common with B and against the noise counts."""
    embedding_Bd = torch.randn(4, 6, dtype=torch.float64, requires_grad=True)
    class_B, reference_B = torch.tensor([BLUR, BLUR, BLUR, WHITE_NOISE]), torch.tensor([0, 0, 1, 0])
    unit_Bd = embedding_Bd / embedding_Bd.norm(dim=1, keepdim=True)
    similarity_BB = unit_Bd @ unit_Bd.T / 0.1
    first = -similarity_BB[0, [2, 3]].log_softmax(0)[0]
    copy = -similarity_BB[1, [2, 3]].log_softmax(0)[0]
    other = -similarity_BB[2, [0, 1, 3]].log_softmax(0)[:2].mean()
    loss = supervised_contrastive_loss(embedding_Bd, class_B, reference_B)
    assert loss.item() == pytest.approx(((first + copy + other) / 3).item())


def test_pictures_of_unknown_distortion_take_no_part_in_the_contrast() -> None:
    embedding_Bd = torch.randn(6, 4)
    class_B = torch.cat([CONTRAST_CLASSES, torch.full((2,), UNKNOWN_INDEX)])
    reference_B = torch.cat([CONTRAST_REFERENCES, torch.tensor([5, 6])])
    known = supervised_contrastive_loss(embedding_Bd[:4], CONTRAST_CLASSES, CONTRAST_REFERENCES)
    assert supervised_contrastive_loss(embedding_Bd, class_B, reference_B) == known


@pytest.mark.parametrize("classes", [(BLUR, WHITE_NOISE), (UNKNOWN_INDEX, UNKNOWN_INDEX), (BLUR, UNKNOWN_INDEX)])
def test_contrast_without_positives_is_zero_with_a_gradient_of_zero(classes: tuple[int, int]) -> None:
    embedding_Bd = torch.randn(2, 4, requires_grad=True)
    loss = supervised_contrastive_loss(embedding_Bd, _classes(*classes), torch.tensor([0, 1]))
    torch.autograd.backward(loss)
    assert loss.item() == 0
    assert embedding_Bd.grad is not None
    assert torch.equal(embedding_Bd.grad, torch.zeros(2, 4))


def test_gradients_of_the_contrast_are_finite_although_entries_are_masked() -> None:
    embedding_Bd = torch.randn(4, 4, requires_grad=True)
    torch.autograd.backward(supervised_contrastive_loss(embedding_Bd, CONTRAST_CLASSES, CONTRAST_REFERENCES))
    assert embedding_Bd.grad is not None
    assert torch.isfinite(embedding_Bd.grad).all()
    assert (embedding_Bd.grad.abs().sum(1) > 0).all()
