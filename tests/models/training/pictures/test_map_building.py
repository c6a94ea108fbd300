"""A map holds what its checkpoint says of every picture; its address follows weights, pictures and parameters."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from models.checkpoints.reading import read_manifest
from models.checkpoints.refusal import CheckpointRefused
from models.heads.outputs import IQAOutput
from models.loading import load_head
from models.maps.building.columns import entropies
from models.maps.building.projecting import ProjectionRefused, Projector, UMAPProjector, in_child
from models.maps.building.space import warning_distance
from models.maps.building.writing import fitted_label_scale
from models.maps.embedding_map import EmbeddingMap, read_map
from models.maps.image_set import MapRefused
from models.predictor import Predictor
from models.registry import create_model
from models.training.data.trunk import Trunk
from models.training.pictures import map_building
from models.training.pictures.map_building import build_map
from models.training.pictures.map_images import MapImages, open_images
from models.trunk.features import picture_features
from models.trunk.preprocess import Preprocess
from models.variants.literal.distortion_aware import SeedDistortionAwareConfig
from tests.conftest import Draw
from tests.models.builders import edit_config, edit_weights
from tests.models.map_builders import CONTENTS, PICTURES_PER_CONTENT, PlaneProjector, miniature_images

Build = Callable[[Path, MapImages, Projector], EmbeddingMap]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures and their features are kept for all tests of this file."""
    return tmp_path_factory.mktemp("maps")


@pytest.fixture(scope="module")
def original_images(root: Path, draw_picture: Draw) -> MapImages:
    return miniature_images(root / "photographs", draw_picture, shared=root / "shared")


@pytest.fixture
def images(original_images: MapImages, checkpoints: Path) -> MapImages:
    """The image set beside the small checkpoints."""
    shutil.copytree(original_images.image_set.folder.parent, checkpoints / "shared" / "images")
    return original_images


@pytest.fixture
def build(root: Path, trunk: Trunk) -> Build:
    """`build(checkpoint, images, projector)` with the trunk and the features at hand."""

    def build(checkpoint: Path, images: MapImages, projector: Projector) -> EmbeddingMap:
        folder = build_map(checkpoint, images, trunk=trunk, cache=root / "cache", projector=projector)
        weights_sha256 = read_manifest(checkpoint).weights_sha256
        return read_map(folder, weights_sha256=weights_sha256, shared=checkpoint.parent / "shared")

    return build


def said_of(checkpoint: Path, images: MapImages, trunk: Trunk, row: int) -> IQAOutput:
    """What the checkpoint says of one picture, as the predictor computes it."""
    manifest = read_manifest(checkpoint)
    views = Preprocess(manifest.model.preprocess)(images.dataset.examples[row].render().image)
    with torch.inference_mode():
        output: IQAOutput = load_head(checkpoint, manifest)(picture_features(trunk.runtime, views))
    return output


# ---- what a map holds


def test_columns_are_what_the_checkpoint_says_of_each_picture(
    checkpoints: Path, images: MapImages, trunk: Trunk, build: Build
) -> None:
    embedding_map = build(checkpoints / "moe", images, PlaneProjector())
    for row in (0, 10, 32):
        output = said_of(checkpoints / "moe", images, trunk, row)
        assert output.posteriors is not None
        assert output.routing_weights is not None
        assert output.expert_scores is not None
        assert output.log_likelihood is not None
        posteriors_K, weights_E = output.posteriors[0].numpy(), output.routing_weights[0].numpy()
        expected = {
            "score": output.score.item(),
            "score_std": output.score_std.item(),
            "log_likelihood": output.log_likelihood.item(),
            "cluster": posteriors_K.argmax(),
            "cluster_posterior": posteriors_K.max(),
            "expert": weights_E.argmax(),
            "routing_entropy": -np.sum(weights_E * np.log(weights_E)),
        }
        for name, value in expected.items():
            assert embedding_map.values(name)[row] == pytest.approx(value, rel=1e-3, abs=1e-3), name
        np.testing.assert_allclose(embedding_map.values("posteriors")[row], posteriors_K, atol=0.5 / 255 + 1e-4)
        np.testing.assert_allclose(embedding_map.values("routing_weights")[row], weights_E, atol=0.5 / 255 + 1e-4)
        np.testing.assert_allclose(embedding_map.values("expert_scores")[row], output.expert_scores[0], atol=0.2)


def test_a_head_that_sees_crops_is_given_those_of_the_maps_pictures(
    checkpoints: Path, images: MapImages, trunk: Trunk, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    head = create_model(SeedDistortionAwareConfig()).eval().requires_grad_(False)
    monkeypatch.setattr(map_building, "load_head", lambda *_: head)
    embedding_map = build(checkpoints / "moe", images, PlaneProjector())
    predictor = Predictor(read_manifest(checkpoints / "moe"), head, trunk.runtime)
    for row in (0, 10, 32):
        prediction = predictor.predict(images.dataset.examples[row].render().image)
        assert embedding_map.values("score")[row] == pytest.approx(prediction.score.value, abs=1e-3)
        np.testing.assert_allclose(
            embedding_map.values("routing_weights")[row], prediction.routing_weights, atol=0.5 / 255 + 1e-4
        )


@pytest.mark.parametrize(("name", "source"), [("moe", "embedding"), ("no_gmm", "features")])
def test_a_picture_is_placed_by_what_the_checkpoint_computes_of_it(
    checkpoints: Path, images: MapImages, trunk: Trunk, build: Build, name: str, source: str
) -> None:
    embedding_map = build(checkpoints / name, images, PlaneProjector())
    assert embedding_map.manifest.space.source == source
    extent = np.ptp(embedding_map.columns["x"]) + np.ptp(embedding_map.columns["y"])
    for row in (0, 10, 32):
        numbers_1I = getattr(said_of(checkpoints / name, images, trunk, row), source)
        placement = embedding_map.place(numbers_1I[0].numpy())
        place = (embedding_map.columns["x"][row], embedding_map.columns["y"][row])
        assert np.hypot(placement.x - place[0], placement.y - place[1]) < 0.01 * extent
        assert not placement.is_far


def test_classes_groups_and_references_follow_the_image_set(checkpoints: Path, images: MapImages, build: Build) -> None:
    embedding_map = build(checkpoints / "moe", images, PlaneProjector())
    rows, categories = images.image_set.manifest.rows, embedding_map.manifest.categories
    row = rows.picture.index("waves/gaussian_blur/4")
    assert categories["class"][embedding_map.columns["class"][row]] == "gaussian_blur"
    assert categories["group"][embedding_map.columns["group"][row]] == "blur"
    assert embedding_map.columns["level"][row] == 4
    assert CONTENTS[embedding_map.columns["reference"][row]] == "waves"
    assert categories["cluster"] == read_manifest(checkpoints / "moe").cluster_names


def test_a_folder_of_unrated_pictures_has_no_labels_and_no_classes(
    checkpoints: Path, build: Build, original_images: MapImages
) -> None:
    folder = original_images.dataset.examples[0].source.parent
    pictures = folder.parent / "unrated"
    pictures.mkdir()
    for number, example in enumerate(original_images.dataset.examples[::5]):
        shutil.copy(example.source, pictures / f"{number}.png")
    embedding_map = build(checkpoints / "moe", open_images(pictures, shared=checkpoints / "shared"), PlaneProjector())
    assert not {"label", "score_error", "class", "group"} & embedding_map.columns.keys()
    assert embedding_map.manifest.label_scale is None


def test_errors_of_pseudo_labels_are_on_the_scale_of_the_checkpoint(
    checkpoints: Path, images: MapImages, build: Build
) -> None:
    embedding_map = build(checkpoints / "moe", images, PlaneProjector())
    scale = embedding_map.manifest.label_scale
    assert scale is not None
    assert scale.kind == "moments"
    expected_N = scale.slope * embedding_map.values("label") + scale.offset
    np.testing.assert_allclose(
        embedding_map.values("score_error"), embedding_map.values("score") - expected_N, atol=1e-3
    )
    assert embedding_map.values("score_error").mean() == pytest.approx(0, abs=1e-3)
    assert expected_N.std() == pytest.approx(embedding_map.values("score").std(), rel=1e-3)


def test_labels_without_spread_have_no_scale(images: MapImages) -> None:
    count = len(images.image_set)
    scores_N = np.linspace(20, 80, count).astype(np.float32)
    assert fitted_label_scale(images.image_set, scores_N, np.full(count, 50, np.float32)) is None
    assert fitted_label_scale(images.image_set, scores_N, np.full(count, np.nan, np.float32)) is None


def test_entropy_runs_from_none_to_the_logarithm() -> None:
    rows_NX = np.array([[1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]], np.float32)
    assert entropies(rows_NX).tolist() == pytest.approx([0, np.log(4)], abs=1e-6)


def test_a_picture_is_far_when_it_is_further_from_other_contents_than_they_are_from_each_other() -> None:
    points_NP = np.array([[0, 0], [0, 0.1], [3, 0], [3, 0.1], [0, 4], [0.1, 4]], np.float32)
    by_content = warning_distance(points_NP, np.array([0, 0, 1, 1, 2, 2]))
    assert 3 < by_content.warning_distance < 6
    assert by_content.num_neighbours == 5
    with_copies = warning_distance(np.repeat(points_NP, 6, 0), np.repeat([0, 0, 1, 1, 2, 2], 6))
    assert 3 <= with_copies.warning_distance < 6  # copies of one content are no evidence
    assert warning_distance(points_NP, np.zeros(6, np.int64)).warning_distance < 6


# ---- where it lies, and when it is built again


def test_a_map_is_built_once_and_again_for_other_parameters(checkpoints: Path, images: MapImages, build: Build) -> None:
    projector, other = PlaneProjector(), PlaneProjector(seed=1)
    first = build(checkpoints / "moe", images, projector)
    again = build(checkpoints / "moe", images, projector)
    assert projector.calls == 1
    assert again.folder == first.folder
    assert build(checkpoints / "moe", images, other).folder != first.folder
    assert first.folder.exists()


def test_a_damaged_map_is_built_again(checkpoints: Path, images: MapImages, build: Build) -> None:
    first = build(checkpoints / "moe", images, PlaneProjector())
    (first.folder / "x.bin").write_bytes(b"")
    again = build(checkpoints / "moe", images, PlaneProjector())
    np.testing.assert_array_equal(again.columns["x"], first.columns["x"])


def test_maps_of_other_weights_are_removed(checkpoints: Path, images: MapImages, build: Build) -> None:
    stale = build(checkpoints / "moe", images, PlaneProjector())
    edit_weights(checkpoints / "moe", lambda tensors: next(iter(tensors.values())).add_(0.001))
    fresh = build(checkpoints / "moe", images, PlaneProjector())
    assert fresh.folder != stale.folder
    assert not stale.folder.exists()


def test_a_checkpoint_on_another_trunk_is_refused(checkpoints: Path, images: MapImages, build: Build) -> None:
    edit_config(checkpoints / "moe", lambda fields: fields["trunk"].update(sha256="0" * 64))
    with pytest.raises(CheckpointRefused, match=r"config\.json, trunk\.sha256"):
        build(checkpoints / "moe", images, PlaneProjector())


def test_an_image_set_that_the_checkpoint_does_not_share_is_refused(
    checkpoints: Path, original_images: MapImages, build: Build
) -> None:
    with pytest.raises(MapRefused, match=r"images\.json"):
        build(checkpoints / "moe", original_images, PlaneProjector())


# ---- UMAP itself


@pytest.mark.slow  # importing UMAP compiles for some 15 seconds
def test_umap_gives_the_same_map_for_the_same_seed(checkpoints: Path, images: MapImages, build: Build) -> None:
    first = build(checkpoints / "moe", images, UMAPProjector(neighbours=5))
    shutil.rmtree(first.folder)
    again = build(checkpoints / "moe", images, UMAPProjector(neighbours=5))
    assert again.folder == first.folder
    np.testing.assert_array_equal(again.columns["x"], first.columns["x"])
    np.testing.assert_array_equal(again.columns["y"], first.columns["y"])
    assert first.manifest.projection.library.startswith("umap-learn ")
    assert first.manifest.projection.parameters["n_neighbors"] == 5


@pytest.mark.slow
def test_a_child_projects_as_this_process_does() -> None:
    points_NP = np.random.default_rng(0).normal(size=(30, 4)).astype(np.float32)
    umap = UMAPProjector(neighbours=5)
    with in_child(umap) as projector:
        assert projector.record(30) == umap.record(30)
        np.testing.assert_array_equal(projector(points_NP), umap(points_NP))


def test_umap_takes_no_more_neighbours_than_there_are() -> None:
    assert UMAPProjector().record(6).parameters["n_neighbors"] == 5
    assert UMAPProjector().record(PICTURES_PER_CONTENT * 3).parameters["n_neighbors"] == 15


@pytest.mark.parametrize(("field", "value"), [("neighbours", 1), ("min_dist", 1.5), ("seed", -1)])
def test_parameters_out_of_range_are_refused(field: str, value: float) -> None:
    with pytest.raises(ProjectionRefused, match=f"got .*{value}"):
        UMAPProjector(**{field: value})  # type: ignore[arg-type]
