"""One picture has one score, however it is handed over, beside whatever else, before and after a restart."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from models.checkpoints.reading import read_manifest
from models.heads.outputs import IQAOutput
from models.images import ImageError, decode
from models.loading import load_predictor
from models.prediction import ImageFacts, Prediction
from models.predictor import Predictor, prediction_from_output
from models.taxonomy import TAXONOMY
from tests.conftest import Draw
from tests.models.builders import generic_head

FACTS = ImageFacts(64, 48, "PNG", ())


@pytest.fixture(scope="module")
def predictor(whole_checkpoints: Path) -> Predictor:
    return load_predictor(whole_checkpoints / "moe", device="cpu")


def _png(pixels_HWC: NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels_HWC).save(buffer, "PNG")
    return buffer.getvalue()


def _without_timing(prediction: Prediction) -> tuple[object, ...]:
    return (prediction.score, prediction.experts, prediction.posteriors, prediction.distortion)


@pytest.mark.parametrize("name", ["moe", "no_gmm"])
def test_a_picture_scores_the_same_beside_others_and_on_any_number_of_threads(
    whole_checkpoints: Path, draw_picture: Draw, name: str
) -> None:
    images = [decode(_png(draw_picture(seed))) for seed in range(3)]
    on_two = load_predictor(whole_checkpoints / name, device="cpu", num_threads=2)
    alone = [_without_timing(on_two.predict(image)) for image in images]
    on_one = load_predictor(whole_checkpoints / name, device="cpu", num_threads=1)
    with ThreadPoolExecutor(4) as threads:
        beside = [_without_timing(prediction) for prediction in threads.map(on_one.predict, images * 4)]
    assert beside == alone * 4


@pytest.mark.parametrize("name", ["moe", "no_gmm"])
def test_what_is_embedded_is_what_is_scored(whole_checkpoints: Path, draw_picture: Draw, name: str) -> None:
    predictor = load_predictor(whole_checkpoints / name, device="cpu")
    image = decode(_png(draw_picture(0)))
    seen, again = predictor.embed(image), predictor.embed(image)
    assert seen.is_finite
    assert seen.features_D.shape == (predictor.manifest.model.config().layout.num_features,)
    np.testing.assert_array_equal(seen.features_D, again.features_D)
    if name == "no_gmm":
        assert seen.embedding_d is None
    else:
        assert seen.embedding_d is not None
        assert seen.embedding_d.shape == (predictor.manifest.model.embedding_dim,)


def test_path_bytes_pillow_and_array_of_one_picture_score_alike(
    predictor: Predictor, draw_picture: Draw, tmp_path: Path
) -> None:
    pixels_HWC = draw_picture(0)
    path = tmp_path / "picture.png"
    path.write_bytes(_png(pixels_HWC))
    sources = (path, str(path), path.read_bytes(), Image.open(path), Image.fromarray(pixels_HWC), pixels_HWC)
    assert len({predictor.score(source).score for source in sources}) == 1


def test_anything_else_is_no_source(predictor: Predictor) -> None:
    with pytest.raises(TypeError, match="got list, expected a path, bytes, a PIL picture or an array"):
        predictor.score([1, 2, 3])  # type: ignore[arg-type]


def test_bytes_that_are_no_picture_are_refused(predictor: Predictor) -> None:
    with pytest.raises(ImageError):
        predictor.score(b"hello")


def test_a_picture_scores_the_same_alone_after_others_and_after_a_restart(
    predictor: Predictor, whole_checkpoints: Path, draw_picture: Draw
) -> None:
    alone = predictor.score(draw_picture(0))
    for seed in (1, 2):
        predictor.score(draw_picture(seed, height=64 + seed))
    restarted = load_predictor(whole_checkpoints / "moe", device="cpu")
    assert _without_timing(predictor.score(draw_picture(0))) == _without_timing(alone)
    assert _without_timing(restarted.score(draw_picture(0))) == _without_timing(alone)


@pytest.mark.parametrize("checkpoint_id", ["moe", "no_gmm"])
def test_the_interval_holds_the_score_and_stays_on_the_scale(
    whole_checkpoints: Path, draw_picture: Draw, checkpoint_id: str
) -> None:
    predictor = load_predictor(whole_checkpoints / checkpoint_id, device="cpu")
    for pixels_HWC in (draw_picture(0), np.zeros((40, 40, 3), np.uint8), np.full((40, 40, 3), 255, np.uint8)):
        score = predictor.score(pixels_HWC).score
        assert 0 <= score.low <= score.value <= score.high <= 100
        assert score.std > 0


def test_contributions_add_up_to_the_score(predictor: Predictor, draw_picture: Draw) -> None:
    prediction = predictor.score(draw_picture(3))
    assert len(prediction.experts) == 8
    assert sum(expert.contribution for expert in prediction.experts) == pytest.approx(prediction.score.value, abs=0.01)


def test_the_parts_of_a_prediction_are_named_and_sum_to_one(predictor: Predictor, draw_picture: Draw) -> None:
    prediction = predictor.score(draw_picture(3))
    assert prediction.distortion is not None
    assert tuple(prediction.distortion.groups) == TAXONOMY.group_names
    assert tuple(prediction.distortion.types) == TAXONOMY.classes
    for values in (prediction.distortion.groups.values(), prediction.distortion.types.values()):
        assert sum(values) == pytest.approx(1)
    for group, names in TAXONOMY.groups.items():
        total = sum(prediction.distortion.types[name] for name in names)
        assert prediction.distortion.groups[group] == pytest.approx(total)
    for row in (prediction.posteriors, prediction.gating_weights, prediction.routing_weights):
        assert row is not None
        assert sum(row) == pytest.approx(1, abs=1e-5)
    assert prediction.cluster_names == tuple(expert.name for expert in prediction.experts)


def test_a_variant_without_experts_says_so(whole_checkpoints: Path, draw_picture: Draw) -> None:
    prediction = load_predictor(whole_checkpoints / "no_gmm", device="cpu").score(draw_picture(0))
    assert prediction.experts == ()
    assert (prediction.posteriors, prediction.routing_weights, prediction.distortion) == (None, None, None)


def test_a_prediction_says_what_was_scored_and_by_what(predictor: Predictor, draw_picture: Draw) -> None:
    prediction = predictor.score(_png(draw_picture(0, height=40, width=64)))
    assert (prediction.image.width, prediction.image.height, prediction.image.format) == (64, 40, "PNG")
    assert (prediction.checkpoint, prediction.variant, prediction.formulation) == ("moe", "moe", "stable")
    assert prediction.weights_sha256 == predictor.manifest.weights.sha256
    assert set(prediction.timing_ms) == {"features", "head"}
    assert min(prediction.timing_ms.values()) > 0


def test_notes_of_decoding_and_of_viewing_are_kept(predictor: Predictor) -> None:
    pixels_HWC = np.full((1200, 1100, 3), 90, np.uint8)
    prediction = predictor.score(_png(pixels_HWC))
    assert np.isfinite(prediction.score.value)
    assert len(prediction.image.notes) == 1 + len(decode(_png(pixels_HWC)).notes)
    assert "overview" in prediction.image.notes[-1]


def test_fusion_is_one_of_the_experts_and_contributions_still_add_up(whole_checkpoints: Path) -> None:
    manifest = read_manifest(whole_checkpoints / "moe")
    output = IQAOutput(
        score=torch.tensor([0.75 * (0.4 * 20 + 0.6 * 80) + 0.25 * 40]),
        score_std=torch.tensor([5.0]),
        features=torch.zeros(1, 4),
        routing_weights=torch.tensor([[0.4, 0.6, 0, 0, 0, 0, 0, 0]]),
        expert_scores=torch.tensor([[20.0, 80, 0, 0, 0, 0, 0, 0]]),
        fusion_score=torch.tensor([40.0]),
        fusion_weight=torch.tensor([0.25]),
    )
    prediction = prediction_from_output(output, manifest, FACTS, {})
    assert [expert.kind for expert in prediction.experts] == ["expert"] * 8 + ["fusion"]
    assert sum(expert.weight for expert in prediction.experts) == pytest.approx(1)
    assert sum(expert.contribution for expert in prediction.experts) == pytest.approx(prediction.score.value)


def test_a_score_that_rounds_past_the_end_of_the_scale_stays_on_it(whole_checkpoints: Path) -> None:
    output = IQAOutput(torch.tensor([100.00001]), torch.tensor([3.0]), torch.zeros(1, 4))
    score = prediction_from_output(output, read_manifest(whole_checkpoints / "no_gmm"), FACTS, {}).score
    assert score.low < score.value == score.high == 100


def test_features_of_several_views_are_averaged(whole_checkpoints: Path, draw_picture: Draw) -> None:
    manifest = read_manifest(whole_checkpoints / "no_gmm")
    head = generic_head(manifest.model.config())
    rows_VD = torch.randn(6, head.config.layout.num_features)
    predictor = Predictor(manifest, head, lambda views_CHW: rows_VD[: len(views_CHW)])
    score = predictor.score(draw_picture(0, height=1100, width=1100)).score
    averaged_1D = (rows_VD[:5].mean(0, keepdim=True) + rows_VD[5:]) / 2  # half the crops, half the overview
    assert score.value == pytest.approx(head(averaged_1D).score.item(), abs=1e-4)
