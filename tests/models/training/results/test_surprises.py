"""A surprise is told where the figures show it and nowhere else."""

from __future__ import annotations

import pytest

from models.training.results.surprises import (
    baseline_on_top,
    bic_still_falling,
    dead_parts,
    follows_content,
    off_coverage,
    one_hot_posteriors,
    oracle_room,
    wrong_routing_harmless,
)


def test_a_baseline_that_leads_is_told() -> None:
    assert "No mixture has a higher" in str(baseline_on_top(["no_gmm", "moe", "a"], "no_gmm"))
    assert str(baseline_on_top(["moe", "no_gmm", "a"], "no_gmm")).endswith("than `a`.")
    assert baseline_on_top(["moe", "no_gmm"], "no_gmm") is None
    assert baseline_on_top(["no_gmm"], "no_gmm") is None
    assert baseline_on_top(["moe"], "no_gmm") is None


def test_clusters_that_follow_content_are_told() -> None:
    said = str(follows_content({"vanilla_gmm": (0.33, 0.25), "moe": (0.01, 0.74)}))
    assert "`vanilla_gmm` 0.330 against 0.250." in said
    assert "moe" not in said
    assert follows_content({"moe": (0.2, 0.2)}) is None


def test_one_hot_posteriors_are_told() -> None:
    assert "`a` 0.990" in str(one_hot_posteriors({"a": 0.99, "b": 0.4}))
    assert one_hot_posteriors({"b": 0.89}) is None


def test_a_criterion_that_still_falls_is_told() -> None:
    assert "`a` K = 16" in str(bic_still_falling({"a": {"2": 3.0, "16": 1.0, "8": 2.0}}))
    assert bic_still_falling({"a": {"2": 3.0, "8": 1.0, "16": 2.0}, "b": {}, "c": {"16": 1.0}}) is None


def test_dead_experts_are_told() -> None:
    assert str(dead_parts({"a": 1.5, "b": 0.5}, "experts")).endswith("share): `a` 1.5.")
    assert dead_parts({"b": 0.0}, "clusters") is None


@pytest.mark.parametrize(("share", "is_told"), [(0.86, True), (0.88, False), (0.92, False), (0.94, True)])
def test_coverage_off_its_promise_is_told(share: float, is_told: bool) -> None:
    assert (off_coverage({"a": share}) is not None) == is_told


def test_routing_that_may_be_wrong_is_told() -> None:
    assert "`a` 0.800 to 0.790" in str(wrong_routing_harmless("photographs", {"a": (0.8, 0.79), "b": (0.8, 0.7)}))
    assert wrong_routing_harmless("photographs", {"b": (0.8, 0.7)}) is None


def test_room_below_the_oracle_is_told_as_a_bound() -> None:
    said = str(oracle_room("photographs", {"a": (0.8, 0.9), "b": (0.8, 0.82)}))
    assert "no router can be expected to reach" in said
    assert "`b`" not in said
    assert oracle_room("photographs", {"b": (0.8, 0.82)}) is None
