"""A map is shown as it was built or not at all, and places further pictures where their neighbours lie."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.checkpoints.reading import read_manifest
from models.images import RGBImage
from models.loading import load_predictor
from models.maps.embedding_map import MAP_FILE, EmbeddingMap, PlacingError, map_folders, read_map, read_maps
from models.maps.image_set import MapRefused
from models.prediction import Representation
from models.training.data.trunk import Trunk
from models.training.pictures.map_building import build_map
from tests.conftest import Draw
from tests.models.map_builders import PlaneProjector, miniature_images


@pytest.fixture(scope="module")
def mapped_checkpoints(
    whole_checkpoints: Path, trunk: Trunk, draw_picture: Draw, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The small checkpoints with a map each; not to be changed."""
    root = tmp_path_factory.mktemp("mapped")
    checkpoints = Path(shutil.copytree(whole_checkpoints, root / "checkpoints"))
    images = miniature_images(root / "photographs", draw_picture, shared=checkpoints / "shared")
    for name in ("moe", "no_gmm"):
        build_map(checkpoints / name, images, trunk=trunk, cache=root / "cache", projector=PlaneProjector())
    return checkpoints


@pytest.fixture
def moe(mapped_checkpoints: Path, tmp_path: Path) -> Path:
    """A copy of the checkpoint `moe` beside what it shares, to be damaged."""
    return Path(shutil.copytree(mapped_checkpoints, tmp_path / "checkpoints")) / "moe"


def open_map(checkpoint: Path) -> EmbeddingMap:
    (folder,) = map_folders(checkpoint)
    weights_sha256 = read_manifest(checkpoint).weights_sha256
    return read_map(folder, weights_sha256=weights_sha256, shared=checkpoint.parent / "shared")


def edit_map(checkpoint: Path, change: Callable[[dict[str, Any]], object]) -> None:
    (folder,) = map_folders(checkpoint)
    fields = json.loads((folder / MAP_FILE).read_bytes())
    change(fields)
    (folder / MAP_FILE).write_text(json.dumps(fields))


def picture_of(checkpoints: Path, *, row: int) -> RGBImage:
    """A picture of the map as its photograph was drawn."""
    picture = open_map(checkpoints / "moe").images.picture(row)
    assert picture is not None
    return picture


def numbers_of(embedding_map: EmbeddingMap, row: int) -> np.ndarray:
    """What `place` takes for a picture of the map whose space is the embedding."""
    return np.asarray(embedding_map.placing_arrays["neighbours_NP"][row], np.float32)


# ---- placing


@pytest.mark.parametrize("row", [0, 7, 32])
def test_a_picture_of_the_map_lands_on_itself(mapped_checkpoints: Path, row: int) -> None:
    embedding_map = open_map(mapped_checkpoints / "moe")
    placement = embedding_map.place(numbers_of(embedding_map, row))
    assert (placement.x, placement.y) == pytest.approx(
        (embedding_map.columns["x"][row], embedding_map.columns["y"][row]), abs=1e-4
    )
    assert placement.neighbours[0].distance == 0
    assert not placement.is_far


def test_between_two_pictures_lies_between_their_places(mapped_checkpoints: Path) -> None:
    embedding_map = open_map(mapped_checkpoints / "moe")
    middle = (numbers_of(embedding_map, 0) + numbers_of(embedding_map, 5)) / 2
    placement = embedding_map.place(middle)
    rows = [neighbour.row for neighbour in placement.neighbours]
    for place, column in ((placement.x, "x"), (placement.y, "y")):
        assert embedding_map.columns[column][rows].min() <= place <= embedding_map.columns[column][rows].max()
    assert sum(neighbour.weight for neighbour in placement.neighbours) == pytest.approx(1)
    distances = [neighbour.distance for neighbour in placement.neighbours]
    assert distances == sorted(distances)
    assert placement.distance == pytest.approx(np.mean(distances))


@pytest.mark.parametrize("name", ["moe", "no_gmm"])
def test_what_is_unlike_all_pictures_is_marked(mapped_checkpoints: Path, name: str) -> None:
    embedding_map = open_map(mapped_checkpoints / name)
    dim = embedding_map.manifest.space.input_dim
    placement = embedding_map.place(np.where(np.arange(dim) % 2, 1e4, -1e4))
    assert placement.is_far
    assert placement.distance > placement.warning_distance
    assert np.isfinite([placement.x, placement.y]).all()


def test_numbers_of_another_space_are_refused(mapped_checkpoints: Path) -> None:
    embedding_map = open_map(mapped_checkpoints / "moe")
    with pytest.raises(PlacingError, match=r"got \(3,\) numbers, expected embedding of \(4,\)"):
        embedding_map.place(np.zeros(3))
    with pytest.raises(PlacingError, match="not finite"):
        embedding_map.place([0, np.nan, 0, 0])


@pytest.mark.parametrize("name", ["moe", "no_gmm"])
def test_a_checkpoint_finds_its_own_pictures_where_the_map_has_them(mapped_checkpoints: Path, name: str) -> None:
    embedding_map = open_map(mapped_checkpoints / name)
    predictor = load_predictor(mapped_checkpoints / name, device="cpu")
    placement = embedding_map.place_picture(predictor.embed(picture_of(mapped_checkpoints, row=0)))
    assert placement.neighbours[0].row == 0
    assert placement.neighbours[0].distance < 0.01 * placement.warning_distance
    assert (placement.x, placement.y) == pytest.approx(
        (embedding_map.columns["x"][0], embedding_map.columns["y"][0]), abs=0.05
    )


def test_a_picture_without_an_embedding_has_no_place_among_embeddings(mapped_checkpoints: Path) -> None:
    with pytest.raises(PlacingError, match="without an embedding"):
        open_map(mapped_checkpoints / "moe").place_picture(Representation(np.zeros(4, np.float32), None))


# ---- neighbours


def test_neighbours_are_the_nearest_points_and_never_the_picture_itself(mapped_checkpoints: Path) -> None:
    embedding_map = open_map(mapped_checkpoints / "moe")
    points_NP = embedding_map.placing_arrays["neighbours_NP"].astype(np.float64)
    distances_N = np.linalg.norm(points_NP - points_NP[7], axis=1)
    found = embedding_map.neighbours(7, space="features", count=5)
    np.testing.assert_allclose(found.distances, np.sort(distances_N)[1:6], rtol=1e-3, atol=1e-5)
    assert 7 not in found.rows
    assert len(embedding_map.neighbours(7, space="features", count=1000).rows) == len(points_NP) - 1


def test_posteriors_are_apart_between_zero_and_one(mapped_checkpoints: Path) -> None:
    embedding_map = open_map(mapped_checkpoints / "moe")
    assert embedding_map.neighbour_spaces == ("features", "posteriors")
    shares_NK = embedding_map.values("posteriors")
    shares_NK /= shares_NK.sum(1, keepdims=True)
    found = embedding_map.neighbours(3, space="posteriors", count=32)
    for row, distance in zip(found.rows, found.distances, strict=True):
        overlap = np.sqrt(shares_NK[3] * shares_NK[row]).sum()
        assert distance == pytest.approx(np.sqrt(max(1 - overlap, 0)), abs=1e-3)
        assert 0 <= distance <= 1 + 1e-6
    assert open_map(mapped_checkpoints / "no_gmm").neighbour_spaces == ("features",)


def test_pictures_as_near_as_the_last_are_counted(mapped_checkpoints: Path) -> None:
    embedding_map = open_map(mapped_checkpoints / "moe")
    same_NK = np.tile(np.array([255, 0, 0], np.uint8), (len(embedding_map.images), 1))
    alike = replace(embedding_map, columns={**embedding_map.columns, "posteriors": same_NK})
    found = alike.neighbours(2, space="posteriors", count=4)
    assert (found.rows, found.distances, found.tied) == ((0, 1, 3, 4), (0, 0, 0, 0), 28)


# ---- columns


def test_columns_read_as_numbers_and_missing_values_as_nan(mapped_checkpoints: Path) -> None:
    embedding_map = open_map(mapped_checkpoints / "moe")
    np.testing.assert_allclose(embedding_map.values("posteriors").sum(1), 1, atol=0.02)
    assert np.isfinite(embedding_map.values("class")).all()
    assert set(embedding_map.values("level").tolist()) == {0, 1, 2, 3, 4, 5}


def test_a_variant_without_clusters_has_no_columns_of_them(mapped_checkpoints: Path) -> None:
    absent = {"cluster", "posteriors", "posterior_entropy", "expert", "routing_weights", "log_likelihood"}
    assert not absent & open_map(mapped_checkpoints / "no_gmm").columns.keys()
    assert absent <= open_map(mapped_checkpoints / "moe").columns.keys()
    assert not {"cluster", "expert"} & open_map(mapped_checkpoints / "no_gmm").manifest.categories.keys()


def test_a_map_is_small(mapped_checkpoints: Path) -> None:
    for name in ("moe", "no_gmm"):
        (folder,) = map_folders(mapped_checkpoints / name)
        assert sum(path.stat().st_size for path in folder.iterdir()) < 200_000


# ---- refusals


def test_a_map_of_other_weights_is_stale(moe: Path) -> None:
    (folder,) = map_folders(moe)
    with pytest.raises(MapRefused) as refused:
        read_map(folder, weights_sha256="0" * 64, shared=moe.parent / "shared")
    assert (refused.value.file, refused.value.field) == (MAP_FILE, "weights_sha256")
    assert "expected 000000000000… as the checkpoint has" in refused.value.reason


def test_sound_maps_are_listed_beside_refused_ones(moe: Path) -> None:
    weights_sha256 = read_manifest(moe).weights_sha256
    (folder,) = map_folders(moe)
    shutil.copytree(folder, folder.with_name("0" * 12))
    sound, refused = read_maps(moe, weights_sha256=weights_sha256, shared=moe.parent / "shared")
    assert [embedding_map.folder for embedding_map in sound] == [folder]
    assert [(error.folder.name, error.field) for error in refused] == [("0" * 12, "projection")]


@pytest.mark.parametrize("file", ["x.bin", "posteriors.bin", "neighbours_NP.bin"])
def test_a_changed_array_is_named(moe: Path, file: str) -> None:
    (folder,) = map_folders(moe)
    data = bytearray((folder / file).read_bytes())
    data[0] ^= 1
    (folder / file).write_bytes(data)
    with pytest.raises(MapRefused) as refused:
        open_map(moe)
    assert (refused.value.file, refused.value.field) == (file, "sha256")


def test_a_changed_image_set_is_named(moe: Path) -> None:
    folder = open_map(moe).images.folder
    (folder / "thumbnails-0.webp").write_bytes(b"")
    with pytest.raises(MapRefused, match=r"thumbnails-0\.webp, sha256"):
        open_map(moe)


def _drop_score(fields: dict[str, Any]) -> None:
    del fields["columns"]["score"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param(lambda fields: fields.update(count=34), "count", id="another count than the image set's"),
        pytest.param(lambda fields: fields.update(extra=1), "extra", id="unknown field"),
        pytest.param(lambda fields: fields.update(format=2), "format", id="another format"),
        pytest.param(lambda fields: fields["projection"].update(seed=1), "projection", id="other parameters"),
        pytest.param(lambda fields: fields["space"].update(dim=3), "space.dim", id="an embedding that is reduced"),
        pytest.param(
            lambda fields: fields["placing"].update(warning_distance=0), "placing.warning_distance", id="no limit"
        ),
        pytest.param(lambda fields: fields["columns"]["x"].update(shape=[32]), "columns.x.shape", id="a row too few"),
        pytest.param(lambda fields: fields["columns"]["x"].update(dtype="<f8"), "columns.x.dtype", id="unknown type"),
        pytest.param(lambda fields: fields["columns"]["x"].update(file="../x"), "columns.x.file", id="a path"),
        pytest.param(
            lambda fields: fields["columns"].update(x=fields["columns"]["posteriors"]),
            "columns.x.shape",
            id="several places a row",
        ),
        pytest.param(_drop_score, "columns.score", id="no scores"),
        pytest.param(lambda fields: fields["placing_arrays"].clear(), "placing_arrays", id="nothing to place with"),
    ],
)
def test_a_manifest_that_says_nonsense_is_refused(
    moe: Path, change: Callable[[dict[str, Any]], object], field: str
) -> None:
    edit_map(moe, change)
    with pytest.raises(MapRefused) as refused:
        open_map(moe)
    assert (refused.value.file, refused.value.field) == (MAP_FILE, field)


def test_an_array_of_another_length_than_its_shape_is_refused(moe: Path) -> None:
    edit_map(moe, lambda fields: fields["columns"]["x"].update(dtype="<f2"))
    with pytest.raises(MapRefused, match=r"x\.bin, shape: got 132 bytes, expected 66"):
        open_map(moe)


def test_reading_maps_needs_no_torch() -> None:
    code = "import models.maps.embedding_map, sys; print(*sys.modules)"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"torch", "umap", "sklearn"} & set(finished.stdout.split()) == set()
