"""What is measured on held-out folds.

Legend: N pictures.

Photographs are BIQ2021's with human scores; synthetic pictures are distortions of contents that no training fold saw.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.figures.measurements import SplitFigures
from models.figures.records import Agreement, Interval, PlainAtHome, SetFigures, SourceFigures
from models.figures.statistics import (
    agreement,
    bootstrap_over_references,
    conformal_quantile,
    srcc,
    srcc_of_samples,
)
from models.heads.outputs import IQAOutput
from models.heads.variant import Variant
from models.taxonomy import TAXONOMY
from models.training.data.crop_cache import Crops, crops_seen
from models.training.data.folds import Fold
from models.training.measuring.calibration_figures import calibration_figures, conformal_figures, quality_bin_errors
from models.training.measuring.cluster_figures import cluster_figures
from models.training.measuring.order_tests import order_tests
from models.training.measuring.routing_figures import Floats, interventions, mean_weights, routing_figures

_GROUPS_C: Final = np.array(TAXONOMY.group_of_class)
_CROPS_AT_ONCE: Final = 16
"""A crop of 128 px takes some 13 MB on its way through an encoder at full resolution."""
_MOST_TYPICAL: Final = 1000
_NO_FOLDS: Final[Mapping[str, Fold]] = MappingProxyType({})


def predict_fold(head: Variant, fold: Fold) -> IQAOutput:
    """The head's output over a fold."""
    return head_output(head, fold.features_ND, fold.crops, rows_at_once=max(len(fold.features_ND), 1))


@torch.inference_mode()
def head_output(head: Variant, features_ND: Tensor, crops: Crops | None, *, rows_at_once: int) -> IQAOutput:
    """What a head in eval mode says about all pictures, so many of them at a time, or fewer where it sees crops."""
    if head.crop_px is not None:
        rows_at_once = min(rows_at_once, _CROPS_AT_ONCE)
    parts = []
    for first in range(0, max(len(features_ND), 1), rows_at_once):
        rows = slice(first, first + rows_at_once)
        parts.append(head(features_ND[rows], *crops_seen(head, None if crops is None else crops[rows])))
    if len(parts) == 1:
        (output,) = parts
        assert isinstance(output, IQAOutput)
        return output
    rows_of = {name: [getattr(part, name) for part in parts] for name in IQAOutput._fields}
    return IQAOutput(**{name: torch.cat(found) for name, found in rows_of.items() if found[0] is not None})


def calibrate(output: IQAOutput, fold: Fold) -> float:
    """Conformal quantile from a fold that the head was not fitted on."""
    return conformal_quantile(np.abs(fold.scores_N - output.score.numpy()) / output.score_std.numpy())


def typical_weights(head: Variant, training: Fold) -> Floats | None:
    """Mean routing weights (E,), or posteriors, of pictures that a head was fitted on: of a thousand where more are."""
    step = -(-len(training.scores_N) // _MOST_TYPICAL) or 1
    return mean_weights(predict_fold(head, training.only(np.arange(0, len(training.scores_N), step))))


def evaluate_split(
    head: Variant,
    *,
    seed: int,
    quantile: float,
    photographs: Fold,
    synthetic: Fold,
    further_rated: Mapping[str, Fold] = _NO_FOLDS,
    training: Fold | None = None,
    plain: PlainAtHome[float] | None = None,
) -> SplitFigures:
    """Every figure of one split, on its test folds; `further_rated` are those of further rated data sets, by name.

    A further set without a picture in its test fold has no figures: its name is left out. `training` are the
    photographs that the head was fitted on, and `plain` is what predictors without a network reach.
    """
    mean_E = None if training is None else typical_weights(head, training)
    on_photographs, on_synthetic = predict_fold(head, photographs), predict_fold(head, synthetic)
    both = (on_photographs, photographs, on_synthetic, synthetic)
    accuracies = _accuracies(on_synthetic, synthetic)
    return SplitFigures(
        seed=seed,
        photographs=_agreement(on_photographs, photographs),
        photographs_srcc_interval=_srcc_interval(on_photographs, photographs),
        photographs_conformal=conformal_figures(on_photographs, photographs, quantile),
        photographs_error=quality_bin_errors(on_photographs, photographs),
        synthetic=_agreement(on_synthetic, synthetic),
        synthetic_srcc_interval=_srcc_interval(on_synthetic, synthetic),
        synthetic_srcc_by_group=_srcc_by_name(on_synthetic, synthetic, synthetic.groups_N, TAXONOMY.group_names),
        synthetic_srcc_by_type=_srcc_by_name(on_synthetic, synthetic, synthetic.classes_N, TAXONOMY.classes),
        order=order_tests(on_synthetic.score.numpy(), synthetic),
        group_accuracy=accuracies.group,
        type_accuracy=accuracies.type,
        calibration=calibration_figures(*both),
        clusters=cluster_figures(head, on_synthetic, synthetic, seed=seed),
        interventions=interventions(head, *both, seed=seed, mean_E=mean_E),
        routing=routing_figures(head, *both),
        further_rated={name: measure_set(head, fold) for name, fold in further_rated.items() if len(fold.scores_N)}
        or None,
        plain=plain,
        photographs_by_source=_by_source(on_photographs, photographs, quantile),
    )


def _by_source(output: IQAOutput, fold: Fold, quantile: float) -> dict[str, SourceFigures[float]] | None:
    """Agreement and intervals within each source of the photographs; `None` where nobody named any."""
    if fold.subsets_N is None:
        return None
    rows_of = {name: np.flatnonzero(fold.subsets_N == name) for name in np.unique(fold.subsets_N).tolist() if name}
    return {
        name: SourceFigures(
            agreement(output.score.numpy()[rows], fold.scores_N[rows]),
            conformal_figures(_rows(output, rows), fold.only(rows), quantile),
        )
        for name, rows in rows_of.items()
    }


def _rows(output: IQAOutput, rows: NDArray[np.int64]) -> IQAOutput:
    parts = {name: part[rows] for name, part in output._asdict().items() if part is not None}
    return IQAOutput(**parts)


def measure_set(head: Variant, fold: Fold) -> SetFigures[float]:
    """Agreement with the people who rated a data set, whether its other pictures were trained on or none was."""
    output = predict_fold(head, fold)
    types = np.unique(fold.classes_N[fold.classes_N > 0]).tolist()
    by_type = _srcc_by_name(output, fold, fold.classes_N, TAXONOMY.classes)
    return SetFigures(
        agreement=_agreement(output, fold),
        srcc_interval=_srcc_interval(output, fold),
        srcc_by_type={TAXONOMY.classes[index]: by_type[TAXONOMY.classes[index]] for index in types},
    )


def _agreement(output: IQAOutput, fold: Fold) -> Agreement[float]:
    return agreement(output.score.numpy(), fold.scores_N)


def _srcc_interval(output: IQAOutput, fold: Fold) -> Interval[float]:
    predicted_N = output.score.numpy()
    return bootstrap_over_references(
        lambda counts_SN: srcc_of_samples(predicted_N, fold.scores_N, counts_SN), fold.references_N
    )


def _srcc_by_name(output: IQAOutput, fold: Fold, label_N: NDArray[np.int64], names: Sequence[str]) -> dict[str, float]:
    """SRCC within each group or type, but for clean; NaN where the fold has none of it."""
    return {
        name: srcc(output.score.numpy()[label_N == index], fold.scores_N[label_N == index])
        for index, name in enumerate(names)
        if index > 0
    }


class _Accuracies(NamedTuple):
    group: float
    type: float


def _accuracies(output: IQAOutput, fold: Fold) -> _Accuracies:
    """Shares of visibly distorted pictures whose group and type are named rightly."""
    if output.distortion_logits is None:
        return _Accuracies(math.nan, math.nan)
    probabilities_NC = output.distortion_logits.softmax(1).numpy()[fold.visible_N]
    membership_CG = np.eye(len(TAXONOMY.group_names))[_GROUPS_C]
    right_group_N = (probabilities_NC @ membership_CG).argmax(1) == fold.groups_N[fold.visible_N]
    right_type_N = probabilities_NC.argmax(1) == fold.classes_N[fold.visible_N]
    return _Accuracies(float(right_group_N.mean()), float(right_type_N.mean()))
