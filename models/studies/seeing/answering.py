"""What every chosen checkpoint says of the pictures that were looked at: numbers for figures, predictions for rows.

Legend: N pictures, D features, L = values of a layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from models.heads.outputs import IQAOutput
from models.prediction import SCORE_RANGE, Prediction
from models.predictor import Predictor, predictions_from_output
from models.studies.pictures.answers import Answers, Experts
from models.studies.pictures.kept import KeptPicture, KeptPictures
from models.studies.pictures.layout import LAYOUT_FILE, LAYOUT_SHAPE
from models.studies.seeing.looking import crops_file, features_file

Floats = NDArray[np.floating]

PICTURES_AT_ONCE: Final = 256
_CROPS_AT_ONCE: Final = 16
"""A crop of 128 px takes some 13 MB on its way through an encoder at full resolution."""


def predictions(
    predictor: Predictor, pictures: Sequence[KeptPicture], kept: KeptPictures
) -> Iterator[list[Prediction]]:
    """A checkpoint's predictions of readable pictures, some hundred at a time."""
    for part, output in _outputs(predictor, pictures, kept):
        facts = [picture.facts for picture in part if picture.facts is not None]
        yield predictions_from_output(output, predictor.manifest, facts)


def answers(predictor: Predictor, pictures: Sequence[KeptPicture], kept: KeptPictures) -> Answers:
    """A checkpoint's numbers for readable pictures."""
    outputs = [output for _, output in _outputs(predictor, pictures, kept)]
    score_N, std_N = _joined(outputs, "score"), _joined(outputs, "score_std")
    assert score_N is not None
    assert std_N is not None
    score_N, half_width_N = score_N.clip(*SCORE_RANGE), predictor.manifest.score.interval_quantile * std_N
    return Answers(
        manifest=predictor.manifest,
        score_N=score_N,
        low_N=(score_N - half_width_N).clip(*SCORE_RANGE),
        high_N=(score_N + half_width_N).clip(*SCORE_RANGE),
        posteriors_NK=_joined(outputs, "posteriors"),
        experts=_experts(outputs),
    )


def whole_output(predictor: Predictor, pictures: Sequence[KeptPicture], kept: KeptPictures) -> IQAOutput:
    """All that a checkpoint says of readable pictures, one of them at least."""
    outputs = [output for _, output in _outputs(predictor, pictures, kept)]
    rows_of = {name: [getattr(output, name) for output in outputs] for name in IQAOutput._fields}
    return IQAOutput(**{name: torch.cat(parts) for name, parts in rows_of.items() if parts[0] is not None})


@dataclass(frozen=True)
class Looks:
    """What near-duplicates are found by: layouts (N, L), and features in deviations from the training mean (N, D)."""

    layout_NL: Floats
    features_ND: Floats


def looks(predictor: Predictor, pictures: Sequence[KeptPicture], kept: KeptPictures) -> Looks:
    """Those of readable pictures, with a checkpoint's features."""
    layout_NL = kept.read(LAYOUT_FILE, LAYOUT_SHAPE, pictures) if pictures else np.empty((0, *LAYOUT_SHAPE))
    return Looks(layout_NL, standardised(predictor, pictures, kept))


def standardised(predictor: Predictor, pictures: Sequence[KeptPicture], kept: KeptPictures) -> Floats:
    """Features of readable pictures in deviations from the training mean (N, D)."""
    shape = (predictor.manifest.model.config().layout.num_features,)
    if not pictures:
        return np.empty((0, *shape), np.float32)
    return predictor.standardised(kept.read(features_file(predictor), shape, pictures))


def _outputs(
    predictor: Predictor, pictures: Sequence[KeptPicture], kept: KeptPictures
) -> Iterator[tuple[Sequence[KeptPicture], IQAOutput]]:
    crop_px = predictor.crop_px
    shape = (predictor.manifest.model.config().layout.num_features,)
    at_once = PICTURES_AT_ONCE if crop_px is None else _CROPS_AT_ONCE
    for first in range(0, len(pictures), at_once):
        part = pictures[first : first + at_once]
        features_ND = kept.read(features_file(predictor), shape, part)
        crops = None if crop_px is None else kept.read(crops_file(crop_px), (crop_px, crop_px, 3), part)
        yield part, predictor.output(features_ND, crops)


def _joined(outputs: Sequence[IQAOutput], name: str) -> Floats | None:
    parts = [getattr(output, name) for output in outputs]
    if not parts:
        return np.empty(0)
    return None if parts[0] is None else np.concatenate([part.numpy() for part in parts]).astype(np.float64)


def _experts(outputs: Sequence[IQAOutput]) -> Experts | None:
    weights_NE, scores_NE = (_joined(outputs, name) for name in ("routing_weights", "expert_scores"))
    if not outputs or weights_NE is None or scores_NE is None:
        return None
    fusion_weight_N, fusion_score_N = (_joined(outputs, name) for name in ("fusion_weight", "fusion_score"))
    none_N = np.zeros(len(weights_NE))
    return Experts(
        weights_NE,
        scores_NE,
        none_N if fusion_weight_N is None else fusion_weight_N,
        none_N if fusion_score_N is None else fusion_score_N,
    )
