"""What the router does with the experts, and what is left of the score when it is replaced.

Legend: N pictures, E experts, K clusters, G = 8 groups.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from models.figures.records import ExpertTable, Interventions, Parts, Replaced, Replacements, RoutingFigures
from models.figures.statistics import (
    effective_number,
    mean_entropy,
    mutual_information,
    num_dead,
    srcc,
)
from models.heads.outputs import IQAOutput
from models.heads.variant import PosteriorDriven, Variant
from models.taxonomy import TAXONOMY
from models.training.data.folds import Fold

Floats = NDArray[np.floating]
_POSTERIOR_FLOOR: Final = 1e-12


@dataclass(frozen=True)
class Rerouting:
    """A fold's own routing weights, or posteriors (N, E), and the scores under others in their place."""

    replaced: Replaced
    own_NE: Floats
    score_under: Callable[[Floats], Floats]

    def left(
        self, fold: Fold, *, seed: int, mean_E: Floats | None, correlation: Callable[[Floats, Floats], float] = srcc
    ) -> Replacements[float]:
        """Agreement with the labels under each replacement; `mean_E` are mean weights of the training photographs."""
        own_NE, count = self.own_NE, len(self.own_NE)
        shuffled_N = np.random.default_rng(seed).permutation(count)

        def under(weights_NE: Floats) -> float:
            return correlation(self.score_under(weights_NE), fold.scores_N)

        return Replacements(
            own=under(own_NE),
            shuffled=under(own_NE[shuffled_N]),
            uniform=under(np.full_like(own_NE, 1 / own_NE.shape[1])),
            wrong=under(np.roll(own_NE, 1, axis=1)),
            oracle=correlation(self._in_hindsight(fold.scores_N), fold.scores_N),
            mean=None if mean_E is None else under(np.tile(mean_E.astype(own_NE.dtype), (count, 1))),
        )

    def _in_hindsight(self, labels_N: Floats) -> Floats:
        """Of each picture, the score of the one expert (or cluster) that comes closest to the label."""
        count, num_experts = self.own_NE.shape
        one_hot_EE = np.eye(num_experts, dtype=self.own_NE.dtype)
        alone_NE = np.stack([self.score_under(np.tile(one_hot_E, (count, 1))) for one_hot_E in one_hot_EE], axis=1)
        closest_N1 = np.abs(alone_NE - labels_N[:, None]).argmin(1, keepdims=True)
        score_N: Floats = np.take_along_axis(alone_NE, closest_N1, 1)[:, 0]
        return score_N


def rerouting(head: Variant, output: IQAOutput, fold: Fold) -> Rerouting | None:
    """What there is to replace: routing weights, or posteriors where there are no experts; else `None`."""
    if output.routing_weights is not None:
        return rerouting_of_weights(output)
    if output.posteriors is not None and isinstance(head, PosteriorDriven):
        return rerouting_of_posteriors(head, output, fold)
    return None


def rerouting_of_weights(output: IQAOutput) -> Rerouting:
    """Other routing weights: expert scores, fusion score and its share stay what they are."""
    assert output.routing_weights is not None
    assert output.expert_scores is not None
    scores_NE = output.expert_scores.numpy()
    share_N, fusion_N = (
        np.zeros(len(scores_NE), np.float32) if part is None else part.numpy()
        for part in (output.fusion_weight, output.fusion_score)
    )

    def score_under(weights_NE: Floats) -> Floats:
        score_N: Floats = (1 - share_N) * (weights_NE * scores_NE).sum(1) + share_N * fusion_N
        return score_N

    return Rerouting("routing_weights", output.routing_weights.numpy(), score_under)


def rerouting_of_posteriors(head: PosteriorDriven, output: IQAOutput, fold: Fold) -> Rerouting:
    """Other posteriors: features stay what they are."""
    assert output.posteriors is not None

    @torch.inference_mode()
    def score_under(posteriors_NK: Floats) -> Floats:
        log_posteriors_NK = torch.from_numpy(posteriors_NK).clamp(min=_POSTERIOR_FLOOR).log()
        score_N: Floats = head.score_under(fold.features_ND, log_posteriors_NK).numpy()
        return score_N

    return Rerouting("posteriors", output.posteriors.numpy(), score_under)


def mean_weights(output: IQAOutput) -> Floats | None:
    """Mean routing weights (E,) of a fold, or posteriors where there are no experts; else `None`."""
    weights_NE = output.posteriors if output.routing_weights is None else output.routing_weights
    return None if weights_NE is None else _mean_weights(weights_NE.numpy())


def interventions(
    head: Variant,
    on_photographs: IQAOutput,
    photographs: Fold,
    on_synthetic: IQAOutput,
    synthetic: Fold,
    *,
    seed: int,
    mean_E: Floats | None = None,
) -> Interventions[float] | None:
    """SRCC when only the routing weights change, or the posteriors where there are no experts; else `None`."""
    pairs = ((on_photographs, photographs), (on_synthetic, synthetic))
    found = [(rerouted, fold) for output, fold in pairs if (rerouted := rerouting(head, output, fold)) is not None]
    if not found:
        return None
    left = (rerouted.left(fold, seed=seed, mean_E=mean_E) for rerouted, fold in found)
    return Interventions(found[0][0].replaced, *left)


def routing_figures(
    head: Variant, on_photographs: IQAOutput, photographs: Fold, on_synthetic: IQAOutput, synthetic: Fold
) -> RoutingFigures[float, list[float]] | None:
    """How the experts are used and what each can do; `None` for a head without experts."""
    if on_photographs.routing_weights is None or on_synthetic.routing_weights is None:
        return None
    photographs_NE, synthetic_NE = on_photographs.routing_weights.numpy(), on_synthetic.routing_weights.numpy()
    visible_N = synthetic.visible_N
    return RoutingFigures(
        effective_experts=Parts(effective_number(photographs_NE), effective_number(synthetic_NE)),
        routing_entropy=Parts(mean_entropy(photographs_NE), mean_entropy(synthetic_NE)),
        dead_experts=num_dead(synthetic_NE),
        expert_type_information=mutual_information(synthetic_NE[visible_N], synthetic.classes_N[visible_N]),
        experts=_expert_table(head, on_photographs, photographs, on_synthetic, synthetic),
    )


def _expert_table(
    head: Variant, on_photographs: IQAOutput, photographs: Fold, on_synthetic: IQAOutput, synthetic: Fold
) -> ExpertTable[list[float]]:
    assert on_photographs.routing_weights is not None
    assert on_photographs.expert_scores is not None
    assert on_synthetic.routing_weights is not None
    assert on_synthetic.expert_scores is not None
    routing_NE, scores_NE = on_synthetic.routing_weights.numpy(), on_synthetic.expert_scores.numpy()
    rows_of = {name: np.flatnonzero(synthetic.groups_N == index) for index, name in enumerate(TAXONOMY.group_names)}
    used_EG = np.stack([_mean_weights(routing_NE[rows]) for rows in rows_of.values()], axis=1)
    number, group = _in_group_order(used_EG) if head.expert_names is None else _as_named(head.expert_names)
    return ExpertTable(
        number=number,
        group=group,
        utilisation={name: used_EG[number, column].tolist() for column, name in enumerate(rows_of)},
        utilisation_photographs=_mean_weights(on_photographs.routing_weights.numpy())[number].tolist(),
        skill={
            name: _skills(scores_NE[rows][:, number], synthetic.scores_N[rows])
            for name, rows in rows_of.items()
            if name in TAXONOMY.groups
        },
        skill_photographs=_skills(on_photographs.expert_scores.numpy()[:, number], photographs.scores_N),
    )


def _mean_weights(routing_NE: Floats) -> Floats:
    """Mean weight of each expert (E,); NaN where there is no picture."""
    if len(routing_NE) == 0:
        return np.full(routing_NE.shape[1], np.nan)
    mean_E: Floats = routing_NE.mean(0, dtype=np.float64)
    return mean_E


def _skills(scores_NE: Floats, labels_N: Floats) -> list[float]:
    return [srcc(scores_N, labels_N) for scores_N in scores_NE.T]


def _as_named(names: tuple[str, ...]) -> tuple[list[int], list[str | None]]:
    return list(range(len(names))), list(names)


def _in_group_order(used_EG: Floats) -> tuple[list[int], list[str | None]]:
    """Experts in the order of the groups that an optimal one-to-one match by use gives them, unmatched ones last."""
    experts, groups = linear_sum_assignment(np.nan_to_num(used_EG), maximize=True)
    matched = sorted(zip(groups.tolist(), experts.tolist(), strict=True))
    unmatched = sorted(set(range(len(used_EG))) - set(experts.tolist()))
    names = [TAXONOMY.group_names[group] for group, _ in matched]
    return [expert for _, expert in matched] + unmatched, [*names, *([None] * len(unmatched))]
