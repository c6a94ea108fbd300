"""Order tests reward the right order and nothing else: no scale, no label of a clean-looking cell."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest

from models.training.measuring.order_tests import (
    level_order_violations,
    level_test,
    order_tests,
    pair_test,
    pristine_test,
)
from tests.models.training.fold_builders import drawn_synthetic, fold_of

CHAIN = fold_of([80, 60, 40, 20, 19], levels=[1, 2, 3, 4, 5])
IN_ORDER_N = np.array([5, 4, 3, 2, 1], np.float32)


def test_labels_themselves_pass_every_test_and_their_negative_fails_it() -> None:
    fold = drawn_synthetic()
    right, wrong = order_tests(fold.scores_N, fold), order_tests(-fold.scores_N, fold)
    assert astuple(right) == pytest.approx((1, 1, 1, 0))
    assert astuple(wrong) == pytest.approx((0.5, -1, 0, 1))


def test_the_tests_are_blind_to_a_monotone_map() -> None:
    fold = drawn_synthetic()
    noisy_N = fold.scores_N + np.random.default_rng(0).normal(0, 20, len(fold.scores_N)).astype(np.float32)
    assert astuple(order_tests(np.exp(noisy_N / 30), fold)) == pytest.approx(astuple(order_tests(noisy_N, fold)))


def test_a_chain_in_order_violates_nothing_and_a_reversed_one_everything() -> None:
    assert level_order_violations(IN_ORDER_N, CHAIN) == 0
    assert level_order_violations(IN_ORDER_N[::-1], CHAIN) == 1


def test_levels_that_people_rated_alike_do_not_count() -> None:
    swapped = np.array([5, 4, 3, 1, 2], np.float32)  # the last two differ by one point of 100
    assert level_order_violations(swapped, CHAIN) == 0
    one_wrong = np.array([4, 5, 3, 2, 1], np.float32)  # one of nine pairs
    assert level_order_violations(one_wrong, CHAIN) == pytest.approx(1 / 9)


def test_a_tie_is_a_violation_and_no_order() -> None:
    assert level_order_violations(np.zeros(5, np.float32), CHAIN) == 1
    assert level_test(np.zeros(5, np.float32), CHAIN) == 0
    assert pair_test(np.zeros(5, np.float32), CHAIN) == 0


def test_levels_are_compared_within_one_reference_and_type_alone() -> None:
    fold = fold_of([80, 20, 80, 20], levels=[1, 5, 1, 5], references=["a", "a", "b", "b"])
    predicted_N = np.array([2, 1, 102, 101], np.float32)  # b looks better than a throughout
    assert level_order_violations(predicted_N, fold) == 0
    assert level_test(predicted_N, fold) == pytest.approx(1)
    assert pair_test(predicted_N, fold) == pytest.approx(3 / 4)


def test_pairs_below_thirty_points_do_not_count() -> None:
    fold = fold_of([50, 79, 80.5])
    assert pair_test(np.array([1, 0, 2], np.float32), fold) == 1
    assert pair_test(np.array([2, 0, 1], np.float32), fold) == 0


def test_pairs_are_counted_alike_in_blocks_and_at_once() -> None:
    rng = np.random.default_rng(0)
    labels_N, predicted_N = rng.uniform(0, 100, 1100), rng.normal(0, 1, 1100).astype(np.float32)
    fold = fold_of(labels_N.tolist())
    apart = fold.scores_N[:, None] - fold.scores_N >= 30
    assert pair_test(predicted_N, fold) == pytest.approx((predicted_N[:, None] > predicted_N)[apart].mean())


def test_the_pristine_test_is_the_best_thresholds_balanced_accuracy() -> None:
    fold = fold_of(
        [90, 90, 50, 50, 50, 50, 90],
        classes=["clean", "clean", "jpeg", "jpeg", "jpeg", "jpeg", "clean"],
        levels=[0, 0, 2, 3, 4, 5, 3],  # the last one's distortion changed nothing: neither side
    )
    predicted_N = np.array([70, 60, 65, 40, 30, 20, 0], np.float32)
    assert pristine_test(predicted_N, fold) == pytest.approx((1 + 3 / 4) / 2)


def test_a_fold_without_chains_or_pristine_pictures_has_no_such_figure() -> None:
    alone = fold_of([50.0], levels=2)
    assert np.isnan(astuple(order_tests(np.ones(1, np.float32), alone))).all()
