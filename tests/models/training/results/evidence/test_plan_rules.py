"""Claims and formulations are judged by their figures: each rule on both sides of its threshold."""

from __future__ import annotations

import math

import pytest

from models.figures.records import Interval, PairedComparison
from models.figures.verdicts import verdict
from models.training.fitting.recipes import find_recipe
from models.training.results.evidence.plan_rules import (
    Judged,
    Percent,
    PlanVerdict,
    fair_sentence,
    kept_on_both_sentence,
    literal_sentence,
    plan_verdict,
    plans_sentence,
    practice_sentence,
    relative_percent,
)
from models.training.results.evidence.published import Claim


def _found(
    median: float, *, half_width: float = 0.004, num_pairs: int = 10, deviation: float = 0.005
) -> PairedComparison:
    interval = Interval(median - half_width, median + half_width)
    return PairedComparison(median, interval, 0.01, num_pairs, median, deviation)


BETTER, NEITHER, WORSE, FEW = _found(0.02), _found(0.001), _found(-0.02), _found(0.02, num_pairs=3)


HINTED, LOSS_HINTED = _found(0.02, deviation=0.1), _found(-0.02, deviation=0.1)
CLAIM = Claim(5, 10)


def test_a_gain_and_its_interval_are_relative_to_what_the_baseline_has() -> None:
    percent = relative_percent(_found(0.04, half_width=0.008), 0.84)
    assert percent is not None
    assert (percent.median, percent.low, percent.high) == pytest.approx((5, 4, 6))
    assert relative_percent(BETTER, None) is None
    assert relative_percent(_found(math.nan), 0.8) is None


@pytest.mark.parametrize(
    ("found", "percent", "claim", "expected"),
    [
        (BETTER, Percent(7, 5.0, 9), CLAIM, "as claimed or more"),
        (BETTER, Percent(7, 4.9, 9), CLAIM, "helps, claim within the interval"),
        (BETTER, Percent(4, 3, 5.0), CLAIM, "helps, claim within the interval"),
        (BETTER, Percent(4, 3, 4.9), CLAIM, "helps, less than claimed"),
        (BETTER, Percent(4, 3, 5), None, "helps, nothing was claimed"),
        (HINTED, Percent(7, 6, 8), CLAIM, "gain hinted at, not shown"),
        (LOSS_HINTED, Percent(-7, -8, -6), CLAIM, "loss hinted at, not shown"),
        (NEITHER, Percent(6, -1, 9), CLAIM, "no gain shown"),
        (WORSE, Percent(-3, -4, -2), CLAIM, "costs quality"),
        (FEW, Percent(6, 6, 6), CLAIM, "too few splits"),
        (None, None, CLAIM, "not measured"),
    ],
)
def test_a_claim_is_kept_only_by_the_whole_interval_of_a_shown_gain(
    found: PairedComparison | None, percent: Percent | None, claim: Claim | None, expected: str
) -> None:
    assert plan_verdict(None if found is None else verdict(found), percent, claim) == expected


def test_plans_are_counted() -> None:
    said = plans_sentence(
        {"moe": "as claimed or more", "a": "helps, claim within the interval", "b": "gain hinted at, not shown"}, "x"
    )
    assert said == (
        "Plans that are shown to help on x: 2 of 3 (`moe` and `a`). By their whole interval as much as was claimed: "
        "`moe`. The interval holds the claim and less: `a`."
    )
    assert plans_sentence({"b": "no gain shown"}, "x").startswith("Plans that are shown to help on x: 0 of 1. By")
    assert "no plan was measured" in plans_sentence({"b": "not measured"}, "x")


def test_a_claim_made_for_no_part_is_kept_on_both_or_not_at_all() -> None:
    kept: PlanVerdict = "as claimed or more"
    less: PlanVerdict = "helps, less than claimed"
    assert kept_on_both_sentence({"x": {"a": kept, "b": kept}, "y": {"a": kept, "b": less}}) == (
        "As much as was claimed on x and on y alike: `a`."
    )
    assert kept_on_both_sentence({"x": {"a": kept}, "y": {}}).endswith("alike: none.")


def test_forms_are_compared_as_a_whole() -> None:
    assert "the amended form as a whole is better" in literal_sentence("moe", "x", BETTER)
    assert "the literal form as a whole is better" in literal_sentence("moe", "x", WORSE)
    assert "the amended form is hinted at, and not shown" in literal_sentence("moe", "x", HINTED)
    assert "the literal form is hinted at, and not shown" in literal_sentence("moe", "x", LOSS_HINTED)
    assert "no difference" in literal_sentence("moe", "x", NEITHER)
    few = literal_sentence("moe", "x", FEW)
    assert "too few splits to compare the forms" in few
    assert few.endswith("+0.020 (+0.016 to +0.024) on 3 splits, higher on every split.")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (BETTER, "adds 0.020 (0.016 to 0.024)"),
        (WORSE, "costs 0.020 (0.016 to 0.024)"),
        (HINTED, "may add 0.020 (0.016 to 0.024), hinted at"),
        (LOSS_HINTED, "may cost 0.020 (0.016 to 0.024), hinted at"),
        (NEITHER, "adds nothing that is shown, +0.001"),
        (FEW, "cannot be judged on 3 splits, +0.020"),
    ],
)
def test_harm_is_called_a_cost_and_not_the_lack_of_a_gain(found: PairedComparison, said: str) -> None:
    judged, other = Judged(found, verdict(found)), Judged(BETTER, "better")
    assert f"the literal mixture {said}" in fair_sentence("moe", "photographs", judged, other)
    assert f"the amended one {said}" in fair_sentence("moe", "photographs", other, judged)


def test_a_literal_form_that_was_hardly_trained_is_not_judged_by_its_figures_alone() -> None:
    said = practice_sentence(find_recipe("distortion_aware_seed"), find_recipe("distortion_aware"))
    assert "`distortion_aware_seed` was shown 3,300 pictures" in said
    assert practice_sentence(find_recipe("moe_seed"), find_recipe("moe")) == ""
