"""Rounding for JSON keeps what the numbers promise."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.analyses.answers import analysis_response, links_of
from backend.analyses.store import Analysis
from backend.inference.answers import score_response
from backend.schemas import ExpertResponse
from models.prediction import ExpertPrediction, ImageFacts, Prediction, Score


def analysis(experts: tuple[ExpertPrediction, ...], score: float) -> Analysis:
    prediction = Prediction(
        checkpoint="moe",
        variant="moe",
        formulation="stable",
        weights_sha256="a" * 64,
        score=Score(score, 1, score - 1, score + 1),
        image=ImageFacts(50, 40, "PNG", ()),
        experts=experts,
    )
    now = datetime(2026, 11, 23, 6, tzinfo=UTC)
    return Analysis("0" * 32, now, "a.png", "moe", "PNG", (), prediction, ("moe",))


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.001, 1)), min_size=1, max_size=32))
def test_contributions_still_add_up_after_rounding(parts: list[tuple[float, float]]) -> None:
    total = sum(weight for _, weight in parts)
    experts = tuple(ExpertPrediction("x", "expert", score, weight / total) for score, weight in parts)
    answer = analysis_response(analysis(experts, sum(expert.contribution for expert in experts)))
    assert math.isclose(sum(e.contribution for e in answer.experts), answer.score.value, abs_tol=0.01)


def test_times_are_said_in_utc() -> None:
    assert '"created_at":"2026-11-23T06:00:00Z"' in analysis_response(analysis((), 50)).model_dump_json()


def test_every_link_is_there_under_its_name() -> None:
    assert set(links_of("0" * 32).model_dump()) == {"self", "page", "picture", "thumbnail"}


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_no_number_that_is_not_finite_gets_out(value: float) -> None:
    with pytest.raises(ValidationError):
        score_response(Score(50, value, 40, 60))


def test_every_public_field_is_documented() -> None:
    fields = ExpertResponse.model_json_schema()["properties"]
    assert all("description" in fields[name] for name in ("score", "weight", "contribution"))
