"""Held-out figures say what they are called: coverage, level order, what the router is worth, medians over splits."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from models.outputs import IQAOutput
from models.taxonomy import TAXONOMY
from models.training.corpus import PHOTOGRAPH_SCALE
from models.training.evaluation import (
    Conformal,
    Fold,
    calibrate,
    evaluate_split,
    intervene,
    level_order_violations,
    summarise,
    to_plain,
)
from models.training.splits import content_disjoint_split
from tests.models.builders import drawn_corpus, generic_head, one_hot_rows, tiny_recipe

JPEG = TAXONOMY.class_index("jpeg")


def _fold(scores: list[float], *, levels: list[int] | None = None) -> Fold:
    count = len(scores)
    return Fold(
        features_ND=torch.zeros(count, 1),
        scores_N=np.array(scores, np.float32),
        classes_N=np.full(count, JPEG),
        levels_N=np.array(levels or [0] * count),
        references_N=np.full(count, "pristine/a"),
    )


def _scored(scores: list[float], std: float = 5.0) -> IQAOutput:
    score_N = torch.tensor(scores)
    return IQAOutput(score_N, torch.full_like(score_N, std), torch.zeros(len(scores), 1))


CHAIN = _fold([80, 60, 40, 20, 19], levels=[1, 2, 3, 4, 5])


def test_a_chain_in_order_violates_nothing_and_a_reversed_one_everything() -> None:
    in_order = np.array([5, 4, 3, 2, 1], np.float32)
    assert level_order_violations(in_order, CHAIN) == 0
    assert level_order_violations(in_order[::-1], CHAIN) == 1


def test_levels_that_people_rated_alike_do_not_count() -> None:
    swapped = np.array([5, 4, 3, 1, 2], np.float32)  # the last two differ by one point of 100
    assert level_order_violations(swapped, CHAIN) == 0
    one_wrong = np.array([4, 5, 3, 2, 1], np.float32)  # one of nine pairs
    assert level_order_violations(one_wrong, CHAIN) == pytest.approx(1 / 9)


def test_a_tie_is_a_violation() -> None:
    assert level_order_violations(np.zeros(5, np.float32), CHAIN) == 1


def test_calibration_finds_how_many_deviations_cover_nine_tenths() -> None:
    residuals = list(range(1, 20))
    fold = _fold([50.0 + residual for residual in residuals])
    assert calibrate(_scored([50.0] * 19, std=2.0), fold) == pytest.approx(18 / 2)


def test_interventions_change_the_weights_and_nothing_else() -> None:
    rng = np.random.default_rng(0)
    right_N = rng.integers(0, 3, 300)
    fold = _fold((right_N * 30 + 10.0).tolist())
    routing_NE = torch.from_numpy(one_hot_rows(right_N, 3)).float()
    noise_NE = torch.from_numpy(rng.normal(0, 0.1, (300, 3)))  # so that uniform routing has something to rank
    output = _scored([0.0] * 300)._replace(
        routing_weights=routing_NE, expert_scores=torch.tensor([10.0, 40.0, 70.0]) + noise_NE
    )
    figures = intervene(output, fold, seed=0)
    assert figures.own > 0.9
    assert abs(figures.shuffled) < 0.2
    assert abs(figures.uniform) < 0.2
    assert figures.wrong_expert < 0


def test_a_split_has_every_figure_of_a_mixture_and_can_be_written_as_json() -> None:
    corpus, recipe = drawn_corpus(), tiny_recipe("moe")
    split = content_disjoint_split(corpus.references, seed=0)
    result = evaluate_split(
        generic_head(recipe.model),
        seed=0,
        quantile=1.5,
        photographs=corpus.fold(corpus.photographs, split, "test", PHOTOGRAPH_SCALE),
        synthetic=corpus.fold(corpus.synthetic, split, "test", corpus.synthetic_scale(split)),
    )
    plain = json.loads(json.dumps(to_plain(result), allow_nan=False))
    assert 0 <= plain["photographs_conformal"]["coverage"] <= 1
    assert set(plain["synthetic_srcc_by_group"]) == set(TAXONOMY.groups)
    assert set(plain["clusters"]) >= {"group", "type", "content"}
    assert 1 <= plain["clusters"]["effective_clusters"] <= 8
    assert plain["routing"]["photographs"]["own"] == pytest.approx(plain["photographs"]["srcc"], abs=1e-5)


def test_a_variant_without_mixture_has_no_cluster_and_routing_figures() -> None:
    corpus, recipe = drawn_corpus(), tiny_recipe("no_gmm")
    split = content_disjoint_split(corpus.references, seed=0)
    result = evaluate_split(
        generic_head(recipe.model),
        seed=0,
        quantile=1.5,
        photographs=corpus.fold(corpus.photographs, split, "test", PHOTOGRAPH_SCALE),
        synthetic=corpus.fold(corpus.synthetic, split, "test", corpus.synthetic_scale(split)),
    )
    assert (result.clusters, result.routing, result.group_accuracy) == (None, None, None)


def test_a_summary_has_median_smallest_and_largest_of_every_number_in_its_place() -> None:
    results = [{"seed": seed, "a": {"b": value}, "none": None} for seed, value in enumerate((0.1, 0.9, 0.3))]
    assert summarise(results) == {"a": {"b": {"median": 0.3, "min": 0.1, "max": 0.9}}}


def test_nested_results_become_plain_names_and_rounded_numbers() -> None:
    assert to_plain({"conformal": Conformal(0.91234567, 30.0, 1.5)}) == {
        "conformal": {"coverage": 0.912346, "mean_width": 30.0, "quantile": 1.5}
    }
