"""A split has every figure that its variant can have, and ten splits become one summary of the same shape."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from models.figures.statistics import bootstrap_over_references, srcc
from models.heads.variant import Variant
from models.registry import VARIANTS
from models.taxonomy import TAXONOMY
from models.training.data.folds import Fold
from models.training.measuring.calibration_figures import Conformal
from models.training.measuring.evaluation import (
    SplitResult,
    calibrate,
    evaluate_split,
    head_output,
    measure_set,
    predict_fold,
    summarise,
    to_plain,
)
from tests.models.builders import asked, drawn_crops, generic_head, random_features, tiny_config
from tests.models.training.fold_builders import drawn_photographs, drawn_synthetic, fold_of, scored

PHOTOGRAPHS, SYNTHETIC = drawn_photographs(), drawn_synthetic()


def _evaluate(head: Variant) -> SplitResult:
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
    plain = json.loads(json.dumps(to_plain(result), allow_nan=False))
    assert list(plain) == list(SplitResult.__dataclass_fields__)
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
        return to_plain(evaluate_split(head, seed=3, quantile=1.5, **both, further_rated=folds).further_rated)

    assert further(live=empty) is None
    without, whole = further(live=empty, other=SYNTHETIC), further(live=SYNTHETIC, other=SYNTHETIC)
    assert set(without) == {"other"}
    assert summarise([without, whole])["live"] == summarise([whole])["live"]


def test_an_interval_comes_from_drawing_references() -> None:
    head = generic_head(tiny_config("no_gmm"))
    predicted_N = head(SYNTHETIC.features_ND).score.detach().numpy()

    def written_out(counts_SN: np.ndarray) -> np.ndarray:
        drawn = [np.repeat(np.arange(len(predicted_N)), counts_N) for counts_N in counts_SN]
        return np.array([srcc(predicted_N[rows], SYNTHETIC.scores_N[rows]) for rows in drawn])

    expected = bootstrap_over_references(written_out, SYNTHETIC.references_N)
    assert measure_set(head, SYNTHETIC).srcc_interval == pytest.approx(expected)


def test_a_summary_has_median_smallest_and_largest_of_every_number_in_its_place() -> None:
    results = [{"seed": seed, "a": {"b": value}, "none": None} for seed, value in enumerate((0.1, 0.9, 0.3))]
    assert summarise(results) == {"a": {"b": {"median": 0.3, "min": 0.1, "max": 0.9}}, "none": None}


def test_counts_are_summarised_and_names_are_kept_where_all_agree() -> None:
    results = [{"dead": dead, "of": "experts", "names": ["a", None], "top": top} for dead, top in ((0, "a"), (3, "b"))]
    assert summarise(results) == {
        "dead": {"median": 1.5, "min": 0, "max": 3},
        "of": "experts",
        "names": ["a", None],
        "top": None,
    }


def test_a_split_without_a_figure_is_left_out_of_it() -> None:
    results = [{"a": 1.0, "part": None}, {"a": None, "part": {"b": 2.0}}]
    assert summarise(results) == {
        "a": {"median": 1.0, "min": 1.0, "max": 1.0},
        "part": {"b": {"median": 2.0, "min": 2.0, "max": 2.0}},
    }


def test_matrices_of_one_shape_have_the_median_of_every_element() -> None:
    results = [{"m": [[1.0, None], [3.0, None]]}, {"m": [[2.0, 5.0], [9.0, None]]}]
    assert summarise(results) == {"m": {"median": [[1.5, 5.0], [6.0, None]]}}
    assert summarise([{"m": [1.0, 2.0]}, {"m": [1.0]}]) == {"m": {"median": None}}
    same = [{"m": [1.0, 2.0]}] * 2
    assert summarise(same) == {"m": {"median": [1.0, 2.0]}}


def test_nested_results_become_plain_names_and_rounded_numbers() -> None:
    assert to_plain({"conformal": Conformal(0.91234567, 30.0, 1.5)}) == {
        "conformal": {"coverage": 0.912346, "mean_width": 30.0, "quantile": 1.5}
    }


def test_what_json_cannot_hold_is_null() -> None:
    plain = to_plain({"a": float("nan"), "b": [np.float64(np.inf), (1.0000001, "x")], "c": None, "d": 3})
    assert json.dumps(plain, allow_nan=False) == '{"a": null, "b": [null, [1.0, "x"]], "c": null, "d": 3}'
