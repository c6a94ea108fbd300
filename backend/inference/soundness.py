"""No number that is not finite leaves the service: what predictors say is looked at before anybody else sees it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from backend.errors import UnsoundPrediction
from models.prediction import Prediction, Representation
from models.predictor import Predictor


def check_sound(prediction: Prediction) -> None:
    """Raise `UnsoundPrediction` for a prediction with any number that is not finite."""
    if not all(math.isfinite(number) for number in _numbers(asdict(prediction))):
        raise _unsound(prediction.checkpoint)


def check_seen(seen: Representation, predictor: Predictor) -> None:
    """Raise `UnsoundPrediction` for a representation with any number that is not finite."""
    if not seen.is_finite:
        raise _unsound(predictor.manifest.id)


def _unsound(checkpoint: str) -> UnsoundPrediction:
    return UnsoundPrediction(f"got a number that is not finite from checkpoint {checkpoint}")


def _numbers(value: object) -> Iterator[float]:
    match value:
        case float():
            yield value
        case Mapping():
            yield from _numbers(tuple(value.values()))
        case tuple() | list():
            for item in value:
                yield from _numbers(item)
