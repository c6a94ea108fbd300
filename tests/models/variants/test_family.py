"""What every variant promises: probabilities, finite numbers, gradients everywhere, a score that adds up."""

from __future__ import annotations

from typing import Final

import pytest
import torch
from torch import Tensor, nn

from models.heads.config import CovarianceType, Formulation
from models.heads.outputs import IQAOutput, Part
from models.heads.variant import PosteriorDriven, Variant
from models.registry import VARIANTS, create_model, list_models
from models.training.data.training_set import CHAIN_LENGTH
from models.training.fitting.batches import Batch
from models.training.fitting.losses import RunningRouting
from models.training.fitting.objectives import step_losses
from models.training.fitting.recipes import LossWeights
from models.variants.literal.distortion_aware import NUM_DISTORTION_FEATURES
from models.variants.literal.moe import SeedMixtureOfExperts
from models.variants.literal.projected import ProjectedMixture
from tests.models.builders import (
    TINY_CLUSTERS,
    TINY_EMBEDDING,
    TINY_PROJECTION,
    asked,
    drawn_crops,
    generic_head,
    random_features,
    resized,
    tiny_config,
)

ALWAYS: Final = {"score", "score_std", "features"}
FILLED_BY: Final[dict[Part, set[str]]] = {
    "types": {"distortion_logits"},
    "mixture": {"embedding", "posteriors", "log_likelihood"},
    "gate": {"gating_weights", "gating_logits"},
    "attention": {"attention_weights"},
    "severities": {"severities"},
    "experts": {"routing_weights", "expert_scores"},
    "fusion": {"fusion_score", "fusion_weight"},
}
PROBABILITIES: Final = ("posteriors", "gating_weights", "routing_weights", "attention_weights")
EVERY_LOSS: Final = LossWeights(
    likelihood=0.1,
    balance=0.02,
    gate_z=0.001,
    classification=0.3,
    alignment=0.3,
    contrast=0.3,
    monotonicity=0.3,
    diversity=0.1,
    posterior_variance=0.2,
    cluster_contrast=0.1,
    classifier_cross_entropy=0.3,
)
"""But for what takes posteriors for groups, for which there are too few clusters here, and a second view's."""

family = pytest.mark.parametrize(("variant", "formulation"), list_models())
POSTERIOR_DRIVEN: Final = [names for names in list_models() if issubclass(VARIANTS[names], PosteriorDriven)]


def _parts(output: IQAOutput) -> dict[str, Tensor]:
    return {name: value for name, value in output._asdict().items() if value is not None}


@family
def test_a_variant_fills_the_parts_it_has_and_no_other(variant: str, formulation: Formulation) -> None:
    head = generic_head(tiny_config(variant, formulation))
    filled = _parts(asked(head, random_features(2))).keys()
    expected = ALWAYS.union(*(FILLED_BY[part] for part in head.parts))
    assert expected <= filled
    assert filled - expected <= ({"expert_stds"} if head.has_experts else set()) | {"cluster_type_log_probs"}
    assert ("cluster_type_log_probs" in filled) == (head.cluster_types_KC is not None)


@family
def test_parts_have_one_row_per_picture(variant: str, formulation: Formulation) -> None:
    head = generic_head(tiny_config(variant, formulation))
    num_experts = getattr(head.config, "num_experts", 0)
    lengths = {
        "features": head.config.layout.num_features,
        "embedding": TINY_PROJECTION if isinstance(head, ProjectedMixture) else TINY_EMBEDDING,
        "posteriors": TINY_CLUSTERS,
        "attention_weights": TINY_CLUSTERS,
        "gating_weights": num_experts,
        "gating_logits": num_experts,
        "routing_weights": num_experts,
        "expert_scores": num_experts,
        "expert_stds": num_experts,
        "distortion_logits": 26,
        "cluster_type_log_probs": 26,
        "severities": 7,
    }
    for name, value in _parts(asked(head, random_features(3))).items():
        assert tuple(value.shape) == ((3, lengths[name]) if name in lengths else (3,)), name


@family
def test_probabilities_of_each_picture_sum_to_one(variant: str, formulation: Formulation) -> None:
    output = asked(generic_head(tiny_config(variant, formulation)), 3 * random_features(20))
    for name in PROBABILITIES:
        weights = getattr(output, name)
        if weights is not None:
            assert (weights >= 0).all(), name
            torch.testing.assert_close(weights.sum(1), torch.ones(20))
    if output.cluster_type_log_probs is not None:
        torch.testing.assert_close(output.cluster_type_log_probs.exp().sum(1), torch.ones(20))


@family
def test_scores_lie_on_0_to_100_with_a_positive_deviation(variant: str, formulation: Formulation) -> None:
    output = asked(generic_head(tiny_config(variant, formulation)), 5 * random_features(50))
    assert (output.score >= 0).all()
    assert (output.score <= 100).all()
    assert (output.score_std > 0).all()


EXTREMES: Final = (0.0, 1e6, -1e6, 3e38, float("inf"), float("-inf"), float("nan"))


@family
@pytest.mark.parametrize("value", EXTREMES)
def test_extreme_features_leave_every_part_finite(variant: str, formulation: Formulation, value: float) -> None:
    head = generic_head(tiny_config(variant, formulation))
    features_BD = torch.full((2, head.config.layout.num_features), value)
    features_BD[1, ::2] = 0
    for name, part in _parts(asked(head, features_BD)).items():
        assert name == "features" or torch.isfinite(part).all(), name


@family
def test_gradients_reach_every_trainable_parameter(variant: str, formulation: Formulation) -> None:
    torch.manual_seed(0)
    head, running = create_model(tiny_config(variant, formulation)).train(), RunningRouting()
    optimiser = torch.optim.SGD(head.parameters(), lr=0.1)
    for _ in range(2):  # the gain on the experts' residuals starts at 0, so that the first step moves the gain alone
        optimiser.zero_grad()
        losses = step_losses(asked(head, BATCH.features_BD), BATCH, EVERY_LOSS, running, None)
        torch.autograd.backward(torch.stack(list(losses.values())).sum())
        optimiser.step()
    for name, parameter in head.named_parameters():
        if parameter.requires_grad:
            assert parameter.grad is not None, name
            assert torch.isfinite(parameter.grad).all(), name
            assert parameter.grad.abs().sum() > 0, name


def _batch(*, num_photographs: int = 24, num_chains: int = 6) -> Batch:
    num_synthetic = num_chains * CHAIN_LENGTH
    generator = torch.Generator().manual_seed(5)
    return Batch(
        random_features(2 * num_photographs + num_photographs + num_synthetic),
        100 * torch.rand(num_photographs + num_synthetic, generator=generator),
        torch.randint(26, (num_synthetic,), generator=generator),
        torch.randint(3, (num_synthetic,), generator=generator),
        (slice(num_photographs),),
    )


BATCH: Final = _batch()


@family
def test_the_score_is_the_sum_of_contributions_where_there_are_experts(variant: str, formulation: Formulation) -> None:
    head = generic_head(tiny_config(variant, formulation))
    output = asked(head, 3 * random_features(30))
    assert head.has_experts == (output.expert_scores is not None)
    if output.expert_scores is None or output.routing_weights is None:
        return
    contributions_B = (output.routing_weights * output.expert_scores).sum(1)
    if output.fusion_weight is not None and output.fusion_score is not None:
        share_B = output.fusion_weight
        contributions_B = (1 - share_B) * contributions_B + share_B * output.fusion_score
    torch.testing.assert_close(output.score, contributions_B, atol=1e-4, rtol=0)


@family
def test_the_same_picture_gets_the_same_answer_alone_in_company_and_again(
    variant: str, formulation: Formulation
) -> None:
    head, features_BD = generic_head(tiny_config(variant, formulation)), random_features(9)
    together = _parts(asked(head, features_BD))
    for name, part in _parts(asked(head, features_BD)).items():
        assert torch.equal(part, together[name]), name
    for name, part in _parts(asked(head, features_BD[4:5], drawn_crops(9)[4:5])).items():
        torch.testing.assert_close(part, together[name][4:5], atol=2e-5, rtol=1e-5)


@family
def test_answering_changes_nothing_in_the_weights(variant: str, formulation: Formulation) -> None:
    head = generic_head(tiny_config(variant, formulation))
    before = {name: value.clone() for name, value in head.state_dict().items()}
    asked(head, 10 * random_features(9))
    for name, value in head.state_dict().items():
        assert torch.equal(value, before[name]), name


@family
def test_one_cluster_has_posterior_one_and_a_usable_score(variant: str, formulation: Formulation) -> None:
    output = asked(generic_head(tiny_config(variant, formulation, num_clusters=1)), random_features(4))
    assert torch.isfinite(output.score).all()
    if output.posteriors is not None:
        assert torch.equal(output.posteriors, torch.ones(4, 1))
    if output.expert_scores is not None and output.expert_scores.shape[1] == 1:
        torch.testing.assert_close(output.score, output.expert_scores[:, 0])


@pytest.mark.parametrize(("variant", "formulation"), POSTERIOR_DRIVEN)
def test_its_own_posteriors_leave_the_score_and_others_change_it(variant: str, formulation: Formulation) -> None:
    head, features_BD = generic_head(tiny_config(variant, formulation)), random_features(6)
    assert isinstance(head, PosteriorDriven)
    output = head(features_BD)
    torch.testing.assert_close(head.score_under(features_BD, output.posteriors.log()), output.score)
    uniform_BK = torch.zeros(6, TINY_CLUSTERS).log_softmax(1)
    assert (head.score_under(features_BD, uniform_BK) != output.score).any()


ORDER: Final = torch.tensor([3, 0, 4, 1, 2])


def _relabel_clusters(head: Variant) -> None:
    """Permute clusters wherever the weights speak of them: such axes are known by lengths that nothing else has."""
    inputs, beside = TINY_PROJECTION, TINY_PROJECTION + TINY_EMBEDDING
    encoded = TINY_PROJECTION + NUM_DISTORTION_FEATURES
    orders = {
        TINY_CLUSTERS: ORDER,
        inputs + TINY_CLUSTERS: torch.cat([torch.arange(inputs), inputs + ORDER]),
        beside + TINY_CLUSTERS: torch.cat([torch.arange(beside), beside + ORDER]),
        encoded + TINY_CLUSTERS: torch.cat([torch.arange(encoded), encoded + ORDER]),
        TINY_CLUSTERS * TINY_EMBEDDING: (ORDER[:, None] * TINY_EMBEDDING + torch.arange(TINY_EMBEDDING)).flatten(),
    }
    for value in head.state_dict().values():
        for axis, length in enumerate(value.shape):
            if length in orders:
                value.copy_(value.index_select(axis, orders[length]))
    if isinstance(head, SeedMixtureOfExperts):
        head.experts = nn.ModuleList(head.experts[cluster] for cluster in ORDER.tolist())


@family
@pytest.mark.parametrize("covariance_type", ["tied", "full"])
def test_relabelling_clusters_permutes_posteriors_and_leaves_the_score(
    variant: str, formulation: Formulation, covariance_type: CovarianceType
) -> None:
    head = generic_head(resized(tiny_config(variant, formulation), covariance_type=covariance_type))
    features_BD = random_features(12)
    before = asked(head, features_BD)
    _relabel_clusters(head)
    after = asked(head, features_BD)
    torch.testing.assert_close(after.score, before.score, atol=1e-3, rtol=0)
    torch.testing.assert_close(after.score_std, before.score_std, atol=1e-3, rtol=0)
    for name in ("posteriors", "attention_weights"):
        if getattr(before, name) is not None:
            torch.testing.assert_close(getattr(after, name), getattr(before, name)[:, ORDER], atol=1e-5, rtol=0)
    if before.cluster_type_log_probs is not None:
        torch.testing.assert_close(after.cluster_type_log_probs, before.cluster_type_log_probs, atol=1e-4, rtol=0)


@family
def test_weights_saved_from_one_head_give_another_the_same_answers(variant: str, formulation: Formulation) -> None:
    config, features_BD = tiny_config(variant, formulation), random_features(5)
    trained, fresh = generic_head(config), generic_head(config, seed=9)
    fresh.load_state_dict(trained.state_dict(), strict=True)
    assert torch.equal(asked(fresh, features_BD).score, asked(trained, features_BD).score)
