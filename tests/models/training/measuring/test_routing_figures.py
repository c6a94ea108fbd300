"""Interventions change the weights and nothing else; experts keep their meaning from split to split."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
import torch
from torch import Tensor

from models.figures.records import Replacements
from models.figures.statistics import srcc
from models.heads.outputs import IQAOutput
from models.taxonomy import TAXONOMY
from models.training.data.folds import Fold
from models.training.measuring.routing_figures import (
    interventions,
    mean_weights,
    rerouting_of_posteriors,
    rerouting_of_weights,
    routing_figures,
)
from tests.models.builders import generic_head, one_hot_rows, tiny_config
from tests.models.training.fold_builders import drawn_photographs, drawn_synthetic, fold_of, scored

PHOTOGRAPHS, SYNTHETIC = drawn_photographs(), drawn_synthetic()
LEVELS = torch.tensor([10.0, 40.0, 70.0])


def _right_routing(count: int = 300) -> tuple[Fold, IQAOutput]:
    """Three experts of constant opinion (but for a little noise), and a router that knows whom to ask."""
    rng = np.random.default_rng(0)
    right_N = rng.integers(0, 3, count)
    experts_NE = LEVELS + torch.from_numpy(rng.normal(0, 0.1, (count, 3))).float()
    weights_NE = torch.from_numpy(one_hot_rows(right_N, 3)).float()
    score_N = (weights_NE * experts_NE).sum(1)
    return fold_of((right_N * 30 + 10.0).tolist()), scored(score_N)._replace(
        routing_weights=weights_NE, expert_scores=experts_NE
    )


def _left(output: IQAOutput, fold: Fold) -> Replacements[float]:
    return rerouting_of_weights(output).left(fold, seed=0, mean_E=mean_weights(output))


def test_a_router_that_matters_is_missed_when_replaced() -> None:
    fold, output = _right_routing()
    figures = _left(output, fold)
    assert figures.own > 0.9
    assert abs(figures.shuffled) < 0.2
    assert abs(figures.uniform) < 0.2
    assert abs(figures.mean) < 0.2
    assert figures.wrong < 0
    assert figures.oracle == pytest.approx(figures.own)


def test_the_mean_of_a_routing_that_never_changes_is_that_routing() -> None:
    fold, output = _right_routing()
    always = output._replace(routing_weights=torch.tensor([0.2, 0.3, 0.5]).expand(300, 3))
    figures = _left(always, fold)
    assert figures.mean == pytest.approx(figures.own)
    assert figures.mean != pytest.approx(figures.uniform)


def test_the_oracle_bounds_a_router_that_asks_the_wrong_expert() -> None:
    fold, output = _right_routing()
    assert output.routing_weights is not None
    misled = output._replace(routing_weights=output.routing_weights.roll(1, 1))
    figures = _left(misled, fold)
    assert figures.own < 0
    assert figures.oracle > 0.9


def test_experts_who_agree_make_a_router_decorative() -> None:
    fold, output = _right_routing()
    alike = output._replace(expert_scores=output.score.unsqueeze(1).expand(-1, 3))
    own = srcc(output.score.numpy(), fold.scores_N)
    assert astuple(_left(alike, fold)) == pytest.approx((own,) * 6)


def test_the_fusion_path_is_left_alone() -> None:
    fold, output = _right_routing()
    fused = output._replace(fusion_score=torch.from_numpy(fold.scores_N), fusion_weight=torch.ones(300))
    assert astuple(_left(fused, fold)) == pytest.approx((1, 1, 1, 1, 1, 1))


@pytest.mark.parametrize("variant", ["moe", "distortion_aware", "self_supervised"])
def test_a_heads_own_routing_gives_its_own_score(variant: str) -> None:
    head = generic_head(tiny_config(variant))
    output = _output(head, SYNTHETIC)
    own = _left(output, SYNTHETIC).own
    assert own == pytest.approx(srcc(output.score.numpy(), SYNTHETIC.scores_N), abs=1e-4)


class _ByCluster:
    """Scores a picture by its posteriors alone."""

    def score_under(self, features_BD: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        return log_posteriors_BK.exp() @ LEVELS + 0.01 * features_BD[:, 0]


def test_replaced_posteriors_are_missed_by_a_head_that_lives_on_them() -> None:
    fold, output = _right_routing()
    output = output._replace(posteriors=output.routing_weights)
    rerouted = rerouting_of_posteriors(_ByCluster(), output, fold)
    figures = rerouted.left(fold, seed=0, mean_E=mean_weights(output))
    assert (figures.own, figures.oracle) == pytest.approx((1, 1))
    assert abs(figures.shuffled) < 0.2
    assert np.isnan(figures.uniform)  # one score for all
    assert figures.wrong < 0


def test_a_head_with_experts_has_its_routing_replaced_and_one_without_mixture_nothing() -> None:
    replaced = {name: _interventions(name) for name in ("moe", "no_gmm")}
    assert replaced["moe"] is not None
    assert replaced["moe"].replaced == "routing_weights"
    assert replaced["no_gmm"] is None


@pytest.mark.parametrize("variant", ["vanilla_gmm", "attention_gated", "learnable_gmm"])
def test_a_head_without_experts_has_its_posteriors_replaced(variant: str) -> None:
    head = generic_head(tiny_config(variant))
    figures = _interventions(variant)
    assert figures is not None
    assert figures.replaced == "posteriors"
    own = srcc(_output(head, PHOTOGRAPHS).score.numpy(), PHOTOGRAPHS.scores_N)
    assert figures.photographs.own == pytest.approx(own, abs=1e-3)
    assert isinstance(figures.synthetic, Replacements)


def _interventions(variant: str):  # type: ignore[no-untyped-def]
    head = generic_head(tiny_config(variant))
    outputs = _output(head, PHOTOGRAPHS), _output(head, SYNTHETIC)
    return interventions(head, outputs[0], PHOTOGRAPHS, outputs[1], SYNTHETIC, seed=0)


def _output(head: torch.nn.Module, fold: Fold) -> IQAOutput:
    with torch.inference_mode():
        output: IQAOutput = head(fold.features_ND)
    return output


def _routed_by_group(expert_of_group: list[int], num_experts: int) -> tuple[IQAOutput, IQAOutput]:
    """Synthetic pictures go to one expert per group; it alone scores them as people do."""
    expert_N = np.array(expert_of_group)[SYNTHETIC.groups_N]
    rng = np.random.default_rng(0)
    weights_NE = torch.from_numpy(one_hot_rows(expert_N, num_experts)).float()
    noise_NE = torch.from_numpy(rng.normal(50, 20, weights_NE.shape)).float()
    labels_N1 = torch.from_numpy(SYNTHETIC.scores_N).unsqueeze(1)
    experts_NE = weights_NE * labels_N1 + (1 - weights_NE) * noise_NE
    on_synthetic = scored([50.0] * len(expert_N))._replace(routing_weights=weights_NE, expert_scores=experts_NE)
    on_photographs = scored([50.0] * 60)._replace(
        routing_weights=torch.full((60, num_experts), 1 / num_experts), expert_scores=torch.rand(60, num_experts)
    )
    return on_photographs, on_synthetic


def _figures(expert_of_group: list[int], num_experts: int = 8):  # type: ignore[no-untyped-def]
    on_photographs, on_synthetic = _routed_by_group(expert_of_group, num_experts)
    head = generic_head(tiny_config("moe"))
    return routing_figures(head, on_photographs, PHOTOGRAPHS, on_synthetic, SYNTHETIC)


def test_experts_stand_in_the_order_of_the_groups_that_they_serve() -> None:
    permuted = [3, 1, 0, 2, 7, 6, 5, 4]
    figures = _figures(permuted)
    assert figures.experts.number == permuted
    assert figures.experts.group == list(TAXONOMY.group_names)
    np.testing.assert_allclose(list(figures.experts.utilisation.values()), np.eye(8), atol=1e-6)
    assert figures.experts.utilisation_photographs == pytest.approx([1 / 8] * 8)


def test_an_expert_is_good_at_the_group_that_it_serves() -> None:
    skill = _figures([3, 1, 0, 2, 7, 6, 5, 4]).experts.skill
    assert list(skill) == list(TAXONOMY.groups)  # clean pictures have one label: nothing to rank
    for position, name in enumerate(TAXONOMY.groups, start=1):
        assert skill[name][position] == pytest.approx(1)
        assert max(np.abs(np.delete(skill[name], position))) < 0.6


def test_experts_beyond_the_groups_come_last_and_serve_none() -> None:
    figures = _figures([9, 8, 7, 6, 5, 4, 3, 2], num_experts=10)
    assert figures.experts.number == [9, 8, 7, 6, 5, 4, 3, 2, 0, 1]
    assert figures.experts.group[-2:] == [None, None]
    assert figures.dead_experts == 3  # two in no use, and that of clean: 3 of 378 pictures


def test_named_experts_keep_their_order() -> None:
    head = generic_head(tiny_config("distortion_aware"))
    figures = routing_figures(head, _output(head, PHOTOGRAPHS), PHOTOGRAPHS, _output(head, SYNTHETIC), SYNTHETIC)
    assert figures is not None
    assert figures.experts.number == list(range(8))
    assert figures.experts.group == list(TAXONOMY.group_names)


def test_routing_by_group_tells_of_the_type_and_routing_by_chance_does_not() -> None:
    by_group = _figures(list(range(8)))
    assert by_group.expert_type_information.nats == pytest.approx(1.87, abs=0.02)  # entropy of the group of 25 types
    assert astuple(by_group.routing_entropy) == pytest.approx((np.log(8), 0))
    assert by_group.effective_experts.photographs == pytest.approx(8)
    assert astuple(_figures([0] * 8).expert_type_information) == pytest.approx((0, 0))
