"""Each loss sees the rows that it is about, a weight of zero leaves it uncomputed, and two weigh twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Final

import pytest
import torch
from torch import Tensor

from models.heads.outputs import IQAOutput
from models.taxonomy import TAXONOMY
from models.training.data.training_set import CHAIN_LENGTH
from models.training.fitting import literal_losses, objectives
from models.training.fitting.batches import Batch
from models.training.fitting.losses import RunningRouting
from models.training.fitting.objectives import step_losses
from models.training.fitting.recipes import LossWeights
from tests.models.builders import random_features

NUM_RATED, NUM_FURTHER_RATED, NUM_CHAINS, NUM_PAIRS = 12, 5, 4, 3
NUM_LABELLED = NUM_RATED + NUM_FURTHER_RATED + NUM_CHAINS * CHAIN_LENGTH
K: Final = len(TAXONOMY.group_names)
EVERYTHING: Final = LossWeights(**dict.fromkeys(asdict(LossWeights()), 1.0))
NOTHING: Final = LossWeights(**dict.fromkeys(asdict(LossWeights()), 0.0))


def _batch(*, num_pairs: int = NUM_PAIRS) -> Batch:
    generator = torch.Generator().manual_seed(3)
    rated = (slice(NUM_RATED), slice(NUM_RATED, NUM_RATED + NUM_FURTHER_RATED))
    types_Q = torch.randint(1, 26, (NUM_CHAINS, 1), generator=generator)
    classes_QL = types_Q.repeat(1, CHAIN_LENGTH)
    classes_QL[:, 0] = 0
    scores_B = 100 * torch.rand(NUM_LABELLED, generator=generator)
    scores_B[rated[-1].stop :] = torch.linspace(90, 20, CHAIN_LENGTH).repeat(NUM_CHAINS)
    references_B = torch.arange(NUM_CHAINS).repeat_interleave(CHAIN_LENGTH)
    return Batch(random_features(NUM_LABELLED + 2 * num_pairs), scores_B, classes_QL.flatten(), references_B, rated)


BATCH: Final = _batch()
ROWS: Final = torch.arange(len(BATCH.features_BD))


def _output(num_rows: int = len(ROWS)) -> IQAOutput:
    """Every part there is, each a leaf with a gradient of its own."""
    generator = torch.Generator().manual_seed(4)

    def raw(*shape: int) -> Tensor:
        return torch.randn(num_rows, *shape, generator=generator)

    parts = {
        "score": 50 + 20 * raw(),
        "embedding": raw(6),
        "posteriors": raw(K).softmax(1),
        "gating_logits": raw(K),
        "routing_weights": raw(K).softmax(1),
        "expert_scores": 50 + 20 * raw(K),
        "expert_stds": 5 + raw(K).abs(),
        "distortion_logits": raw(26),
        "cluster_type_log_probs": raw(26).log_softmax(1),
        "severities": raw(7).abs(),
    }
    leaves = {name: value.requires_grad_() for name, value in parts.items()}
    return IQAOutput(score_std=torch.ones(num_rows), features=torch.zeros(num_rows, 1), **leaves)


def _second_view() -> Tensor:
    generator = torch.Generator().manual_seed(5)
    return torch.randn(NUM_RATED + NUM_FURTHER_RATED, K, generator=generator).log_softmax(1)


def _losses(
    weights: LossWeights, *, output: IQAOutput | None = None, batch: Batch = BATCH, view: Tensor | None = None
) -> dict[str, Tensor]:
    return step_losses(output or _output(), batch, weights, RunningRouting(), view)


def _only(name: str) -> LossWeights:
    return LossWeights(**{**asdict(NOTHING), name: 1.0})


RATED_ROWS, SYNTHETIC_ROWS, PAIR_ROWS = (
    ROWS[BATCH.unnamed],
    ROWS[BATCH.synthetic],
    ROWS[len(BATCH.scores_B) :],
)
LABELLED_ROWS = ROWS[BATCH.labelled]
ACTS_ON: Final = {
    "squared_error": ("score", LABELLED_ROWS),
    "correlation": ("score", LABELLED_ROWS),
    "rank": ("score", SYNTHETIC_ROWS),
    "order_pairs": ("score", PAIR_ROWS),
    "likelihood": ("expert_scores", LABELLED_ROWS),
    "balance": ("routing_weights", LABELLED_ROWS),
    "gate_z": ("gating_logits", ROWS),
    "classification": ("distortion_logits", SYNTHETIC_ROWS),
    "alignment": ("cluster_type_log_probs", SYNTHETIC_ROWS),
    "contrast": ("embedding", SYNTHETIC_ROWS),
    "consistency": ("posteriors", RATED_ROWS),
    "monotonicity": ("severities", SYNTHETIC_ROWS),
    "posterior_cross_entropy": ("posteriors", SYNTHETIC_ROWS),
    "diversity": ("expert_scores", LABELLED_ROWS),
    "posterior_variance": ("posteriors", LABELLED_ROWS),
    "cluster_contrast": ("embedding", ROWS),
    "classifier_cross_entropy": ("distortion_logits", SYNTHETIC_ROWS),
    "classifier_posterior_kl": ("distortion_logits", LABELLED_ROWS),
}


def test_every_loss_that_a_recipe_can_weigh_is_listed_here_and_computed_where_all_parts_are() -> None:
    assert set(ACTS_ON) == set(asdict(LossWeights())) == set(_losses(EVERYTHING, view=_second_view()))


@pytest.mark.parametrize("name", ACTS_ON)
def test_a_loss_teaches_its_own_rows_and_no_others(name: str) -> None:
    field, expected = ACTS_ON[name]
    output = _output()
    (loss,) = _losses(_only(name), output=output, view=_second_view()).values()
    (gradient,) = torch.autograd.grad(loss, getattr(output, field))
    taught = gradient.flatten(1).abs().sum(1) > 0 if gradient.ndim > 1 else gradient != 0
    assert taught.any()
    assert not taught[~torch.isin(ROWS, expected)].any()
    if name not in {"rank", "order_pairs", "monotonicity"}:  # hinges leave rows alone that are in order
        assert taught[expected].all()


COMPUTED_BY: Final = {
    "squared_error": (objectives, "squared_error"),
    "correlation": (objectives, "correlation_loss"),
    "rank": (objectives, "rank_loss"),
    "order_pairs": (objectives, "pair_rank_loss"),
    "likelihood": (objectives, "mixture_likelihood"),
    "balance": (objectives, "balance_loss"),
    "gate_z": (objectives, "z_loss"),
    "contrast": (objectives, "supervised_contrastive_loss"),
    "consistency": (objectives, "consistency_loss"),
    "monotonicity": (objectives, "monotonicity_loss"),
    "posterior_cross_entropy": (literal_losses, "posterior_cross_entropy"),
    "diversity": (literal_losses, "diversity_loss"),
    "posterior_variance": (literal_losses, "balance_variance"),
    "cluster_contrast": (literal_losses, "cluster_contrastive_loss"),
    "classifier_cross_entropy": (literal_losses, "classifier_cross_entropy"),
    "classifier_posterior_kl": (literal_losses, "classifier_posterior_kl"),
}


@pytest.mark.parametrize("name", COMPUTED_BY)
def test_a_loss_of_weight_zero_is_not_computed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> Tensor:
        pytest.fail(f"{name} was computed although it counts nothing")

    module, function = COMPUTED_BY[name]
    monkeypatch.setattr(module, function, fail)
    everything_else = LossWeights(**{**asdict(EVERYTHING), name: 0.0})
    assert set(_losses(everything_else, view=_second_view())) == set(asdict(EVERYTHING)) - {name}


def test_class_losses_of_weight_zero_are_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are one function."""
    monkeypatch.setattr(objectives, "alignment_loss", lambda *_: pytest.fail("computed although it counts nothing"))
    weights = LossWeights(**{**asdict(EVERYTHING), "classification": 0.0, "alignment": 0.0})
    assert _losses(weights, view=_second_view())


def test_without_any_weight_there_is_no_loss() -> None:
    assert _losses(NOTHING, view=_second_view()) == {}


def test_twice_the_weight_doubles_a_loss() -> None:
    twice = LossWeights(**dict.fromkeys(asdict(EVERYTHING), 2.0))
    single, double = (_losses(weights, view=_second_view()) for weights in (EVERYTHING, twice))
    for name, loss in single.items():
        torch.testing.assert_close(double[name], 2 * loss)


NEEDS: Final = {
    "embedding": {"contrast", "cluster_contrast", "posterior_variance", "posterior_cross_entropy", "diversity"},
    "posteriors": {
        *("consistency", "cluster_contrast", "posterior_variance", "posterior_cross_entropy", "diversity"),
        "classifier_posterior_kl",
    },
    "gating_logits": {"gate_z"},
    "routing_weights": {"balance", "likelihood"},
    "expert_scores": {"likelihood", "diversity"},
    "expert_stds": {"likelihood"},
    "distortion_logits": {"classification", "classifier_cross_entropy", "classifier_posterior_kl"},
    "cluster_type_log_probs": {"alignment"},
    "severities": {"monotonicity"},
}


@pytest.mark.parametrize("part", NEEDS)
def test_a_part_that_a_variant_lacks_takes_its_losses_along(part: str) -> None:
    output = _output()._replace(**{part: None})
    losses = _losses(EVERYTHING, output=output, view=_second_view())
    assert set(losses) == set(asdict(EVERYTHING)) - NEEDS[part]


def test_without_a_second_view_there_is_no_consistency_and_without_pairs_no_order() -> None:
    assert "consistency" not in _losses(EVERYTHING)
    alone = _losses(EVERYTHING, output=_output(NUM_LABELLED), batch=_batch(num_pairs=0))
    assert "order_pairs" not in alone


def _moved_by(move: Callable[[Tensor], Tensor], rows: slice) -> IQAOutput:
    output = _output()
    score_B = output.score.detach().clone()
    score_B[rows] = move(score_B[rows])
    return output._replace(score=score_B)


@pytest.mark.parametrize("rows", [*BATCH.rated, BATCH.synthetic])
def test_scales_of_two_sets_meet_in_no_correlation(rows: slice) -> None:
    """Stretching and moving one set's scores must not change a loss that is blind to each set's own scale."""
    moved = _moved_by(lambda score: 0.3 * score + 30, rows)
    before, after = (_losses(_only("correlation"), output=output)["correlation"] for output in (_output(), moved))
    torch.testing.assert_close(after, before)


def test_the_rank_of_levels_is_blind_to_what_is_common_to_a_chain() -> None:
    moved = _moved_by(lambda score: score + 7 * BATCH.references_B, BATCH.synthetic)
    before, after = (_losses(_only("rank"), output=output)["rank"] for output in (_output(), moved))
    torch.testing.assert_close(after, before, atol=1e-5, rtol=0)


def test_a_copy_that_scores_lower_costs_less_than_one_that_scores_higher() -> None:
    output = _output()
    swapped_B = output.score.detach().clone()
    swapped_B[BATCH.better], swapped_B[BATCH.worse] = 60.0, 40.0
    right = _losses(_only("order_pairs"), output=output._replace(score=swapped_B.clone()))["order_pairs"]
    swapped_B[BATCH.better], swapped_B[BATCH.worse] = 40.0, 60.0
    wrong = _losses(_only("order_pairs"), output=output._replace(score=swapped_B))["order_pairs"]
    assert right == 0 < wrong
