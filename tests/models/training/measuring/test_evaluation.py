"""A split has every figure that its variant can have, and ten splits become one summary of the same shape."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from models.figures.files import to_plain
from models.figures.measurements import SPLIT, Measurements, SplitFigures
from models.figures.statistics import bootstrap_over_references, srcc
from models.figures.summaries import summarise
from models.heads.variant import Variant
from models.registry import VARIANTS
from models.taxonomy import TAXONOMY
from models.training.data.folds import Fold
from models.training.measuring.evaluation import (
    calibrate,
    evaluate_split,
    head_output,
    measure_set,
    predict_fold,
)
from tests.models.builders import asked, drawn_crops, generic_head, random_features, tiny_config
from tests.models.training.fold_builders import drawn_photographs, drawn_synthetic, fold_of, scored

PHOTOGRAPHS, SYNTHETIC = drawn_photographs(), drawn_synthetic()


def _evaluate(head: Variant) -> SplitFigures:
    return evaluate_split(
        head,
        seed=3,
        quantile=1.5,
        photographs=PHOTOGRAPHS,
        synthetic=SYNTHETIC,
        further_rated={"live": SYNTHETIC},
    )


def test_calibration_finds_how_many_deviations_cover_nine_tenths() -> None:
    fold = fold_of([50.0 + residual for residual in range(1, 20)])
    assert calibrate(scored([50.0] * 19, std=2.0), fold) == pytest.approx(18 / 2)


@pytest.mark.parametrize("count", [0, 1, 37])
def test_a_head_that_sees_crops_is_asked_a_few_at_a_time_and_says_the_same(count: int) -> None:
    head = generic_head(tiny_config("distortion_aware", "seed"))
    sizes = []
    head.register_forward_pre_hook(lambda _, inputs: sizes.append(len(inputs[0])))
    features_ND, crops = SYNTHETIC.features_ND[:count], drawn_crops(count)
    output = head_output(head, features_ND, crops, rows_at_once=1000)
    assert max(sizes) <= 16
    assert sum(sizes) == count
    whole = asked(head, features_ND, crops)
    for name, part in output._asdict().items():
        if getattr(whole, name) is None:
            assert part is None, name
        else:
            torch.testing.assert_close(part, getattr(whole, name), atol=1e-3, rtol=1e-4)


def test_a_head_without_crops_is_asked_once_about_a_fold() -> None:
    head, sizes = generic_head(tiny_config("no_gmm")), []
    head.register_forward_pre_hook(lambda _, inputs: sizes.append(len(inputs[0])))
    predict_fold(head, SYNTHETIC)
    assert sizes == [len(SYNTHETIC.scores_N)]


@pytest.mark.parametrize("key", sorted(VARIANTS), ids="-".join)
def test_every_variant_has_the_same_names_and_what_it_lacks_is_null(key: Any) -> None:
    result = _evaluate(generic_head(tiny_config(*key)))
    plain = json.loads(json.dumps(to_plain(SPLIT, result), allow_nan=False))
    later = {"plain", "photographs_by_source"}  # what the evaluation was not given
    assert list(plain) == [name for name in Measurements.__dataclass_fields__ if name not in later]
    assert plain["seed"] == 3
    assert 0 <= plain["photographs_conformal"]["coverage"] <= 1
    assert tuple(plain["synthetic_srcc_by_group"]) == tuple(TAXONOMY.groups)
    assert tuple(plain["synthetic_srcc_by_type"]) == TAXONOMY.distortion_types
    assert plain["further_rated"]["live"]["agreement"] == plain["synthetic"]
    variant = key[0]
    assert (plain["clusters"] is None) == (variant == "no_gmm")
    assert (plain["interventions"] is None) == (variant == "no_gmm")
    assert (plain["routing"] is None) == (variant not in {"moe", "distortion_aware", "self_supervised"})


def test_type_and_group_are_named_by_the_class_probabilities() -> None:
    class Knowing(Variant):
        def forward(self, features_BD: torch.Tensor) -> Any:
            right_BC = torch.eye(len(TAXONOMY.classes))[SYNTHETIC.classes_N[: len(features_BD)]]
            neighbour_BC = right_BC.roll(1, 1)  # mostly another type of the same group
            return scored(features_BD[:, 0])._replace(distortion_logits=9 * neighbour_BC)

    result = _evaluate(Knowing(tiny_config("no_gmm")).eval())
    assert result.type_accuracy == 0
    assert result.group_accuracy == pytest.approx((25 - 7) / 25)


def test_a_data_set_is_measured_whole_and_type_by_type() -> None:
    head = generic_head(tiny_config("no_gmm"))
    figures = measure_set(head, SYNTHETIC)
    jpeg_N = SYNTHETIC.classes_N == TAXONOMY.class_index("jpeg")
    predicted_N = head(SYNTHETIC.features_ND).score.detach().numpy()
    assert figures.agreement.srcc == pytest.approx(srcc(predicted_N, SYNTHETIC.scores_N))
    assert figures.srcc_by_type["jpeg"] == pytest.approx(srcc(predicted_N[jpeg_N], SYNTHETIC.scores_N[jpeg_N]))
    assert measure_set(head, PHOTOGRAPHS).srcc_by_type == {}


def test_a_further_set_without_a_picture_in_the_test_fold_is_left_out_of_its_split() -> None:
    head, empty = generic_head(tiny_config("no_gmm")), replace(fold_of([]), features_ND=random_features(0))

    def further(**folds: Fold) -> Any:
        both = {"photographs": PHOTOGRAPHS, "synthetic": SYNTHETIC}
        return evaluate_split(head, seed=3, quantile=1.5, **both, further_rated=folds)

    assert further(live=empty).further_rated is None
    without, whole = further(live=empty, other=SYNTHETIC), further(live=SYNTHETIC, other=SYNTHETIC)
    assert set(without.further_rated) == {"other"}
    assert summarise([without, whole]).further_rated["live"] == summarise([whole]).further_rated["live"]


def test_an_interval_comes_from_drawing_references() -> None:
    head = generic_head(tiny_config("no_gmm"))
    predicted_N = head(SYNTHETIC.features_ND).score.detach().numpy()

    def written_out(counts_SN: np.ndarray) -> np.ndarray:
        drawn = [np.repeat(np.arange(len(predicted_N)), counts_N) for counts_N in counts_SN]
        return np.array([srcc(predicted_N[rows], SYNTHETIC.scores_N[rows]) for rows in drawn])

    expected = bootstrap_over_references(written_out, SYNTHETIC.references_N)
    assert vars(measure_set(head, SYNTHETIC).srcc_interval) == pytest.approx(vars(expected))
