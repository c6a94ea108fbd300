"""A score has the word that ITU-R BT.500 gives it, and a contribution is score times weight."""

from __future__ import annotations

import pytest

from models.prediction import ExpertPrediction, Score, quality_word


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (0, "bad"),
        (19.9, "bad"),
        (20, "poor"),
        (40, "fair"),
        (59.9, "fair"),
        (60, "good"),
        (80, "excellent"),
        (100, "excellent"),
    ],
)
def test_the_scale_has_five_equal_steps(score: float, word: str) -> None:
    assert quality_word(score) == word
    assert Score(score, 5.0, 0.0, 100.0).word == word


def test_a_contribution_is_the_weighted_score() -> None:
    assert ExpertPrediction("blur", "expert", score=55.0, weight=0.12).contribution == pytest.approx(6.6)
