"""Checkpoints are compared split by split, and only a difference over enough splits is called one."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from models.figures.records import Interval, PairedComparison
from models.figures.verdicts import TEST_TO_TRAIN, corrected_p, holm, judged, verdict
from models.training.data.splits import content_disjoint_split
from models.training.results.evidence.differences import (
    difference,
    judged_by_id,
    matched_differences,
    matched_verdicts,
    paired,
    pairwise,
    ranks,
)
from models.training.results.evidence.measured import Measured, read_measured, srcc_on
from tests.models.training.metrics_builders import write_checkpoint


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("measured")
    write_checkpoint(root, "no_gmm", variant="no_gmm")
    write_checkpoint(root, "moe", variant="moe", gain=0.02)
    write_checkpoint(root, "vanilla_gmm", variant="vanilla_gmm", gain=-0.02)
    return root


@pytest.fixture(scope="module")
def measured(root: Path) -> tuple[Measured, ...]:
    return read_measured(root)


def _found(low: float, high: float, *, num_pairs: int = 10, deviation: float = 0.003) -> PairedComparison:
    mean = (low + high) / 2
    return PairedComparison(mean, Interval(low, high), 0.01, num_pairs, mean, deviation)


def test_places_follow_the_median_on_a_part(measured: tuple[Measured, ...]) -> None:
    assert ranks(measured, "synthetic") == {"moe": 1, "no_gmm": 2, "vanilla_gmm": 3}


def test_a_mixture_is_compared_with_its_own_baseline(measured: tuple[Measured, ...]) -> None:
    differences = matched_differences(measured, "photographs")
    assert list(differences) == ["moe", "vanilla_gmm"]
    assert differences["moe"].median_difference == pytest.approx(0.02, abs=0.004)
    assert verdict(differences["moe"]) == "better"
    assert judged_by_id(differences)["moe"].p_holm == pytest.approx(2 * differences["moe"].p_value)


def test_the_correction_follows_the_shares_of_the_splits() -> None:
    split = content_disjoint_split([f"a/{number}" for number in range(1000)], seed=0)
    sizes = Counter(split.role_of_reference.values())
    assert sizes["test"] / sizes["train"] == pytest.approx(TEST_TO_TRAIN)


def test_what_only_the_interval_bears_out_is_a_hint() -> None:
    unsure, sure = _found(0.001, 0.01, deviation=0.02), _found(0.001, 0.01)
    assert corrected_p(unsure) > 0.05 > corrected_p(sure)
    assert verdict(unsure) == "hinted at: better"
    assert verdict(_found(-0.01, -0.001, deviation=0.02)) == "hinted at: worse"
    assert verdict(sure, 0.049) == "better"
    assert verdict(sure, 0.051) == "hinted at: better"


def test_a_gain_over_the_baseline_has_to_stand_up_to_holm(measured: tuple[Measured, ...]) -> None:
    assert matched_verdicts(measured, "photographs") == {"moe": "better", "vanilla_gmm": "worse"}
    (unsure,) = judged([_found(0.001, 0.01)])
    assert unsure.verdict == "better"
    assert {found.verdict for found in judged([_found(0.001, 0.01)] * 6)} == {"hinted at: better"}  # 6 times .01


def test_a_difference_is_shown_only_by_an_interval_without_zero_and_enough_splits() -> None:
    assert verdict(_found(0.001, 0.01)) == "better"
    assert verdict(_found(-0.01, -0.001)) == "worse"
    assert verdict(_found(-0.001, 0.01)) == "no difference shown"
    assert verdict(_found(0.001, 0.01, num_pairs=5)) == "too few splits"


def test_holm_multiplies_by_what_is_left_and_never_falls() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_holm_does_not_count_what_was_not_tested() -> None:
    corrected = holm([0.01, math.nan, 0.02])
    assert corrected[0] == pytest.approx(0.02)
    assert math.isnan(corrected[1])


def test_both_directions_of_a_pair_mirror_each_other(measured: tuple[Measured, ...]) -> None:
    found = pairwise(measured, "photographs")
    there, back = found.differences["moe", "no_gmm"], found.differences["no_gmm", "moe"]
    assert there.median_difference == -back.median_difference > 0
    assert there.interval.low == -back.interval.high
    says, says_back = found.judged["moe", "no_gmm"], found.judged["no_gmm", "moe"]
    assert says.p_holm == says_back.p_holm == pytest.approx(3 * there.p_value)
    assert (says.verdict, says_back.verdict) == ("better", "worse")


def test_a_pair_is_compared_on_the_same_splits(measured: tuple[Measured, ...]) -> None:
    first, second = measured[0], measured[1]
    gain = paired(first, second, srcc_on("photographs"))
    assert gain.num_pairs == 10
    assert gain.interval.high - gain.interval.low < 0.01  # splits differ by .06, heads on one split hardly


def test_a_pair_is_compared_on_the_splits_that_both_have(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm")
    write_checkpoint(tmp_path, "moe", variant="moe", gain=0.02, num_splits=3)
    moe, baseline = sorted(read_measured(tmp_path), key=lambda entry: entry.id)
    gain = paired(moe, baseline, srcc_on("photographs"))
    assert gain.num_pairs == 3
    assert gain.median_difference == pytest.approx(0.02, abs=0.004)  # splits differ by .06: the same ones are taken
    assert verdict(gain) == "too few splits"


def test_few_splits_have_a_test_of_their_own_in_the_same_family(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm")
    write_checkpoint(tmp_path, "moe", variant="moe", gain=0.02)
    write_checkpoint(tmp_path, "moe_seed", variant="moe", formulation="seed", gain=0.03, num_splits=3)
    measured = read_measured(tmp_path)
    matched = matched_differences(measured, "photographs")
    corrected = [found.p_holm for found in judged_by_id(matched).values()]
    assert corrected == holm([matched["moe"].p_value, corrected_p(matched["moe_seed"])])
    pairs = pairwise(measured, "photographs")
    assert pairs.judged["moe_seed", "no_gmm"].p_holm >= corrected_p(pairs.differences["moe_seed", "no_gmm"])


@pytest.mark.parametrize("num_splits", range(1, 6))
def test_with_fewer_splits_than_a_test_needs_the_interval_is_the_range(num_splits: int) -> None:
    values_S = np.random.default_rng(num_splits).normal(size=num_splits)
    found = difference(values_S, np.zeros(num_splits))
    assert (found.interval.low, found.interval.high) == pytest.approx((values_S.min(), values_S.max()))
