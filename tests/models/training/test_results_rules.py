"""Every sentence is chosen by its figures: each rule on both sides of its threshold."""

from __future__ import annotations

import math

import pytest

from models.metrics import Interval, PairedComparison
from models.training.published import Claim
from models.training.results_rules import (
    MIN_ROUTING_COST,
    Replaced,
    RouterCosts,
    after_holm,
    at_least,
    at_most,
    code,
    decorative_reason,
    extremes,
    fair_sentence,
    is_decorative,
    literal_sentence,
    mixture_matters,
    plan_verdict,
    plans_sentence,
    relative_percent,
    router_sentence,
    targets_sentence,
    trunks_sentence,
    types_sentence,
)


def _found(median: float, *, half_width: float = 0.004, num_pairs: int = 10) -> PairedComparison:
    return PairedComparison(median, Interval(median - half_width, median + half_width), 0.01, num_pairs)


BETTER, NEITHER, WORSE, FEW = _found(0.02), _found(0.001), _found(-0.02), _found(0.02, num_pairs=1)


def test_names_are_listed_in_words() -> None:
    assert code(["a"]) == "`a`"
    assert code(["a", "b", "c"]) == "`a`, `b` and `c`"


def test_a_mixture_matters_where_an_interval_lies_above_zero() -> None:
    said = mixture_matters({"moe": BETTER, "a": _found(0.01), "b": NEITHER, "c": WORSE}, "photographs")
    assert said.startswith("On photographs it does, for 2 of 4: `moe` and `a`.")
    assert "largest gain is that of `moe`, +0.020 (+0.016 to +0.024)" in said
    assert said.endswith("Worse than their baseline: `c`.")


@pytest.mark.parametrize("other", [NEITHER, WORSE])
def test_no_mixture_matters_where_no_interval_lies_above_zero(other: PairedComparison) -> None:
    said = mixture_matters({"a": NEITHER, "b": other}, "photographs")
    assert said.startswith("On photographs it does not: none of the 2 differences has an interval above zero.")
    assert ("Worse" in said) == (other is WORSE)
    assert "not even the one difference" in mixture_matters({"a": other}, "photographs")


@pytest.mark.parametrize("differences", [{}, {"a": FEW}])
def test_without_enough_splits_nothing_is_said_of_mixtures(differences: dict[str, PairedComparison]) -> None:
    assert "cannot be said" in mixture_matters(differences, "photographs")


def test_holm_may_turn_a_shown_difference_into_a_hint() -> None:
    differences = {"a": BETTER, "b": NEITHER}
    assert "every difference" in after_holm(differences, {"a": 0.02, "b": 1.0}, "photographs")
    assert "for `a`: take these differences as hints" in after_holm(differences, {"a": 0.06, "b": 1.0}, "photographs")
    assert after_holm({"b": NEITHER}, {"b": 1.0}, "photographs") == ""


def _costs(
    shuffled: float, *, uniform: float = 0.0, span: float | None = 0.2, replaced: Replaced = "routing_weights"
) -> RouterCosts:
    return RouterCosts(replaced, _found(shuffled), _found(uniform), span)


def test_a_router_is_decorative_below_the_cost_that_counts() -> None:
    assert not is_decorative(_costs(MIN_ROUTING_COST))
    assert is_decorative(_costs(MIN_ROUTING_COST - 1e-6))
    assert is_decorative(_costs(math.nan))


def test_a_used_router_is_called_used() -> None:
    said = router_sentence("moe", "photographs", _costs(0.15))
    assert said == (
        "`moe`: the router is used on photographs; another picture's routing costs 0.150 (0.146 to 0.154) SRCC."
    )


def test_a_decorative_router_is_called_so_with_a_reason() -> None:
    said = router_sentence("moe", "photographs", _costs(0.009, span=0.01))
    assert "the router is decorative on photographs" in said
    assert "costs 0.009 (0.005 to 0.013) SRCC, less than the 0.02 that would count" in said
    assert "about equally good there" in said
    assert "costs nothing (-0.010" in router_sentence("moe", "photographs", _costs(-0.01))


def test_without_experts_the_posteriors_are_judged() -> None:
    said = router_sentence("vanilla_gmm", "photographs", _costs(0.001, span=None, replaced="posteriors"))
    assert "the posteriors are decorative on photographs" in said
    assert "expert" not in said


def test_reasons_tell_an_average_that_counts_from_weights_that_do_not() -> None:
    assert "as little" in decorative_reason(_costs(0, uniform=0.01))
    assert "the average weights count" in decorative_reason(_costs(0, uniform=0.03))
    assert "about equally good" in decorative_reason(_costs(0, span=0.04))
    assert "It is not that" in decorative_reason(_costs(0, span=0.06))


def test_types_are_counted_by_their_intervals() -> None:
    said = types_sentence("moe", {"jpeg": BETTER, "jitter": NEITHER, "darken": WORSE})
    assert "better than `no_gmm` on 1 of 3 types and worse on 1" in said
    assert "not shown to differ" in types_sentence("moe", {"jpeg": NEITHER})


def test_the_largest_gains_and_losses_are_named_in_order_and_never_twice() -> None:
    differences = {str(step): _found(step / 100) for step in (-2, -1, 0, 1, 2, 3, 4)} | {"x": _found(9, num_pairs=0)}
    assert extremes(differences) == (["4", "3", "2"], ["-2", "-1"])


def test_a_gain_is_relative_to_what_the_baseline_has() -> None:
    assert relative_percent(0.04, 0.84) == pytest.approx(5)
    assert relative_percent(0.04, None) is None
    assert relative_percent(math.nan, 0.8) is None


@pytest.mark.parametrize(
    ("found", "percent", "claim", "expected"),
    [
        (BETTER, 5.0, Claim(5, 10), "as claimed or more"),
        (BETTER, 4.9, Claim(5, 10), "helps, less than claimed"),
        (BETTER, 4.9, None, "helps, nothing was claimed"),
        (NEITHER, 6.0, Claim(5, 10), "no gain shown"),
        (WORSE, -3.0, Claim(5, 10), "costs quality"),
        (FEW, 6.0, Claim(5, 10), "too few splits"),
        (None, None, Claim(5, 10), "not measured"),
    ],
)
def test_a_claim_is_judged_only_where_a_gain_is_shown(
    found: PairedComparison | None, percent: float | None, claim: Claim | None, expected: str
) -> None:
    assert plan_verdict(found, percent, claim) == expected


def test_plans_are_counted() -> None:
    said = plans_sentence({"moe": "as claimed or more", "a": "helps, less than claimed", "b": "costs quality"}, "x")
    assert said == "Plans that help on x: 2 of 3 (`moe` and `a`). As much as was claimed: `moe`."
    assert plans_sentence({"b": "no gain shown"}, "x").startswith("Plans that help on x: 0 of 1. As much")
    assert "no plan was measured" in plans_sentence({"b": "not measured"}, "x")


def test_formulations_are_compared() -> None:
    assert "amended formulation is better" in literal_sentence("moe", "x", BETTER)
    assert "literal formulation is better" in literal_sentence("moe", "x", WORSE)
    assert "no difference" in literal_sentence("moe", "x", NEITHER)
    assert "too few splits" in literal_sentence("moe", "x", FEW)


@pytest.mark.parametrize(
    ("literal", "amended", "said"),
    [
        (BETTER, BETTER, "both mixtures add"),
        (BETTER, NEITHER, "only the literal"),
        (WORSE, BETTER, "only the amended"),
        (WORSE, NEITHER, "neither mixture"),
    ],
)
def test_formulations_are_held_against_their_own_baselines(
    literal: PairedComparison, amended: PairedComparison, said: str
) -> None:
    assert said in fair_sentence("moe", "photographs", literal, amended)


def test_a_goal_is_met_at_its_threshold_and_never_by_nothing() -> None:
    assert at_least(0.86, 0.86)
    assert not at_least(0.859, 0.86)
    assert at_most(0.03, 0.03)
    assert not at_most(0.031, 0.03)
    assert not at_least(None, 0.86)
    assert not at_most(None, 0.03)


def test_goals_are_counted() -> None:
    assert targets_sentence([True, True]) == "Goals met: all of 2."
    assert targets_sentence([True, False]) == "Goals met: 1 of 2."


def test_one_trunk_is_called_frozen_and_several_are_told_apart() -> None:
    assert "these are frozen figures" in trunks_sentence(1)
    assert "frozen figures" not in trunks_sentence(2)
