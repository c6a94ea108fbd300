"""Splits become one summary: every number in its place, over those splits that have it."""

from __future__ import annotations

from models.figures.records import Medians, Spread
from models.figures.summaries import summarise
from tests.models.training.metrics_builders import drawn_splits


def _three(*path: str, values: tuple[object, object, object]) -> list[object]:
    return [drawn_splits("moe", num_splits=1, values={path: value})[0] for value in values]


def test_a_summary_has_median_smallest_and_largest_of_every_number_in_its_place() -> None:
    found = summarise(_three("order", "d_test", values=(0.1, 0.9, 0.3)))
    assert found.order.d_test == Spread(0.3, 0.1, 0.9)


def test_counts_are_summarised_and_names_are_kept_where_all_agree() -> None:
    dead = summarise(_three("clusters", "dead_clusters", values=(0, 3, 1))).clusters
    assert dead is not None
    assert dead.dead_clusters == Spread(1.0, 0, 3)
    same, other = ["a", *[None] * 7], ["b", *[None] * 7]
    for last, expected in ((same, same), (other, None)):
        routing = summarise(_three("routing", "experts", "group", values=(same, same, last))).routing
        assert routing is not None
        assert (routing.experts.group, routing.experts.number) == (expected, None)


def test_a_split_without_a_figure_is_left_out_of_it() -> None:
    found = summarise(_three("order", "d_test", values=(None, 0.5, 0.7)))
    assert found.order.d_test == Spread(0.6, 0.5, 0.7)
    assert summarise(_three("interventions", values=(None, None, None))).interventions is None
    assert summarise(_three("group_accuracy", values=(None, None, None))).group_accuracy is None


def test_lists_of_one_shape_have_the_median_of_every_element() -> None:
    path = ("routing", "experts", "skill_photographs")
    routing = summarise(_three(*path, values=([1.0, None], [2.0, 5.0], [9.0, None]))).routing
    assert routing is not None
    assert routing.experts.skill_photographs == Medians([2.0, 5.0])
    uneven = summarise(_three(*path, values=([1.0, 2.0], [1.0], [1.0]))).routing
    assert uneven is not None
    assert uneven.experts.skill_photographs == Medians(None)
