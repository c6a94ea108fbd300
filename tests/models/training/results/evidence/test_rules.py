"""Every sentence is chosen by its figures: each rule on both sides of its threshold."""

from __future__ import annotations

import math

import pytest

from models.figures.records import Interval, PairedComparison, Replaced
from models.figures.routing_costs import RoutingCosts
from models.figures.verdicts import MIN_ROUTING_COST, is_decorative, verdict
from models.training.results.evidence.rules import (
    RouterCosts,
    at_least,
    at_most,
    change_sentence,
    code,
    decorative_reason,
    direction,
    extremes,
    matched_few_sentence,
    mixture_matters,
    router_sentence,
    types_sentence,
)


def _found(
    median: float, *, half_width: float = 0.004, num_pairs: int = 10, deviation: float = 0.005
) -> PairedComparison:
    interval = Interval(median - half_width, median + half_width)
    return PairedComparison(median, interval, 0.01, num_pairs, median, deviation)


BETTER, NEITHER, WORSE, FEW = _found(0.02), _found(0.001), _found(-0.02), _found(0.02, num_pairs=1)
HINTED = _found(0.02, deviation=0.1)


def test_names_are_listed_in_words() -> None:
    assert code(["a"]) == "`a`"
    assert code(["a", "b", "c"]) == "`a`, `b` and `c`"


def _matters(differences: dict[str, PairedComparison]) -> str:
    return mixture_matters(differences, {name: verdict(found) for name, found in differences.items()}, "photographs")


def test_a_mixture_matters_where_a_gain_is_shown() -> None:
    said = _matters({"moe": BETTER, "a": _found(0.015), "b": NEITHER, "c": WORSE})
    assert said.startswith("On photographs a gain is shown for 2 of 4: `moe` and `a`.")
    assert "The largest is that of `moe`, +0.020 (+0.016 to +0.024)" in said
    assert said.endswith("Shown to be worse than their baseline: `c`.")
    assert _matters({"moe": BETTER, "b": NEITHER}).endswith("for 1 of 2: `moe`, +0.020 (+0.016 to +0.024).")


def test_what_is_hinted_at_is_named_and_not_counted() -> None:
    said = _matters({"moe": BETTER, "a": HINTED, "b": _found(-0.02, deviation=0.1)})
    assert said.startswith("On photographs a gain is shown for 1 of 3: `moe`,")
    assert "Hinted at, not shown: `a`." in said
    assert said.endswith("Worse, hinted at and not shown: `b`.")
    assert "it is not shown to" in _matters({"a": HINTED})


@pytest.mark.parametrize("other", [NEITHER, WORSE])
def test_no_mixture_matters_where_no_gain_is_shown(other: PairedComparison) -> None:
    said = _matters({"a": NEITHER, "b": other})
    assert said.startswith("On photographs it is not shown to: none of the 2 differences is a gain that the tests")
    assert ("worse" in said) == (other is WORSE)
    assert "not even the one difference" in _matters({"a": other})


@pytest.mark.parametrize("differences", [{}, {"a": FEW}])
def test_without_enough_splits_nothing_is_said_of_mixtures(differences: dict[str, PairedComparison]) -> None:
    assert "cannot be said" in _matters(differences)


def _costs(
    shuffled: float, *, uniform: float = 0.0, span: float | None = 0.2, replaced: Replaced = "routing_weights"
) -> RouterCosts:
    return RouterCosts(RoutingCosts(replaced, _found(shuffled), _found(uniform), _found(uniform)), span)


def test_a_router_is_decorative_below_the_cost_that_counts() -> None:
    assert not is_decorative(_costs(MIN_ROUTING_COST).of)
    assert is_decorative(_costs(MIN_ROUTING_COST - 1e-6).of)
    assert is_decorative(_costs(math.nan).of)


def test_a_score_that_depends_on_its_routing_is_called_so() -> None:
    said = router_sentence("moe", "photographs", _costs(0.15))
    assert said == (
        "`moe`: the score depends on the router on photographs; another picture's routing costs 0.150 (0.146 to 0.154) "
        "SRCC."
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
    assert "shown to be better than `no_gmm` on 1 of 3 types and worse on 1" in said
    assert "not shown to differ" in types_sentence("moe", {"jpeg": NEITHER})


def test_the_largest_gains_and_losses_are_named_in_order_and_never_twice() -> None:
    differences = {str(step): _found(step / 100) for step in (-2, -1, 0, 1, 2, 3, 4)} | {"x": _found(9, num_pairs=0)}
    assert extremes(differences) == (["4", "3", "2"], ["-2", "-1"])


def test_a_goal_is_met_at_its_threshold_and_never_by_nothing() -> None:
    assert at_least(0.86, 0.86)
    assert not at_least(0.859, 0.86)
    assert at_most(0.03, 0.03)
    assert not at_most(0.031, 0.03)
    assert not at_least(None, 0.86)
    assert not at_most(None, 0.03)


def test_what_was_measured_on_too_few_splits_is_named_and_not_judged() -> None:
    said = _matters({"moe": BETTER, "a": FEW})
    assert said.startswith("On photographs a gain is shown for 1 of 1: `moe`")
    assert said.endswith("Too few splits to say: `a`.")
    assert "too few splits" in types_sentence("a", {"jpeg": FEW})


def test_a_router_judged_on_few_splits_is_said_to_be() -> None:
    equal = _found(0.1, num_pairs=3)
    few = RouterCosts(RoutingCosts("routing_weights", _found(0.15, num_pairs=3), equal, equal), 0.2)
    assert router_sentence("moe", "photographs", few).endswith("(0.146 to 0.154) SRCC on 3 splits alone.")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (BETTER, "higher"),
        (WORSE, "lower"),
        (NEITHER, "not shown to differ"),
        (HINTED, "higher (hinted at, not shown)"),
        (_found(0.02, num_pairs=3), "higher on every split"),
        (_found(-0.02, num_pairs=3), "lower on every split"),
        (_found(0.001, num_pairs=3), "without a clear direction"),
        (FEW, "higher on the one split"),
        (_found(math.nan, num_pairs=0), "not measured"),
    ],
)
def test_few_splits_have_a_direction_and_many_a_verdict(found: PairedComparison, said: str) -> None:
    assert direction(found) == said


def test_changes_are_listed_by_their_direction() -> None:
    up, down = _found(0.02, num_pairs=3), _found(-0.02, num_pairs=3)
    said = change_sentence("photographs", {"a": up, "b": down, "c": up, "d": _found(math.nan, num_pairs=0)})
    assert "is higher on every split for `a` +0.020 (+0.016 to +0.024), `c` +0.020" in said
    assert "; lower on every split for `b` -0.020" in said
    assert "`d`" not in said
    assert "was not measured" in change_sentence("photographs", {})


def test_a_gain_on_few_fine_tuned_splits_is_a_direction() -> None:
    said = matched_few_sentence("photographs", {"a": _found(0.02, num_pairs=3), "b": BETTER})
    assert "higher on every split for `a`" in said
    assert said.endswith("the table has the corrected t-test's verdicts: `a`.")
    assert "too few" not in matched_few_sentence("photographs", {"b": BETTER})
    assert "no mixture was compared" in matched_few_sentence("photographs", {})
