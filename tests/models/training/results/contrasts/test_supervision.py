"""A gain is never put down to the mixture alone where type supervision may be behind it."""

from __future__ import annotations

import functools

from models.figures.ablations import MeasuredAblation
from models.figures.measurements import ComparedFigures
from models.figures.records import Interval, PairedComparison, Parts
from models.registry import create_model
from models.training.fitting.recipes import RECIPES
from models.training.measuring.ablations import ABLATIONS, ablation_side
from models.training.results.contrasts.supervision import (
    CONFOUNDED,
    SEPARATING,
    UNTAUGHT,
    WITHOUT_MIXTURE,
    separated_sentence,
    supervision_sentences,
    untaught_sentence,
)
from tests.models.training.metrics_builders import drawn_splits

TYPE_LOSSES = ("classification", "alignment", "contrast", "posterior_cross_entropy", "classifier_cross_entropy")


def test_the_untaught_mixtures_are_those_whose_recipes_use_no_type() -> None:
    taught = set()
    for name, make in RECIPES.items():
        recipe = make()
        uses_types = any(getattr(recipe.losses, loss) for loss in TYPE_LOSSES)
        if uses_types or create_model(recipe.model).alignment is not None:
            taught.add(name)
    assert RECIPES.keys() - taught - {"no_gmm"} == UNTAUGHT


def test_mixtures_without_types_are_judged_apart() -> None:
    none = untaught_sentence({"x": {"moe": "better", "vanilla_gmm": "no difference shown"}})
    assert none == "Of the mixtures that are taught no types (`vanilla_gmm`), none is shown to gain anything."
    one = untaught_sentence({"x": {"vanilla_gmm": "better"}, "y": {"vanilla_gmm": "hinted at: better"}})
    assert one.endswith("(`vanilla_gmm`), a gain is shown for `vanilla_gmm` on x.")
    assert untaught_sentence({"x": {"moe": "better", "vanilla_gmm": "too few splits"}}) == ""


@functools.cache
def _ablated() -> MeasuredAblation:
    side = ablation_side(drawn_splits("moe", num_splits=1))
    found = PairedComparison(-0.02, Interval(-0.03, -0.01), 0.25, 3, -0.02, 0.01)
    compared = ComparedFigures(found, found)
    return MeasuredAblation("moe", "no x", 3, [], side, side, Parts(compared, compared))


def test_ablations_that_separate_the_two_are_pointed_to() -> None:
    said = separated_sentence({"moe-no_balance": _ablated(), SEPARATING[0]: _ablated()})
    assert f"`{SEPARATING[0]}`, on photographs lower on every split, -0.020 (-0.030 to -0.010), on synthetic" in said
    assert "no_balance" not in said
    assert "type supervision and no mixture was not measured" in said
    assert "not told apart in full" in said


def test_what_the_mixture_is_worth_beside_the_supervision_is_said_where_it_was_measured() -> None:
    said = separated_sentence({WITHOUT_MIXTURE: _ablated()})
    assert f"takes mixture, gate and experts away (`{WITHOUT_MIXTURE}`" in said
    assert "on photographs lower on every split, -0.020 (-0.030 to -0.010)" in said
    assert "not told apart" not in said


def test_the_ablations_that_are_looked_for_exist() -> None:
    assert {*SEPARATING, WITHOUT_MIXTURE} <= ABLATIONS.keys()


def test_without_such_an_ablation_the_caveat_stands_alone() -> None:
    for ablations in (None, {"moe-no_balance": _ablated()}):
        caveat, separated = supervision_sentences({}, ablations)
        assert caveat == CONFOUNDED
        assert separated.startswith("A regressor with type supervision and no mixture was not measured")
