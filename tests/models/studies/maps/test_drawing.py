"""A study's maps say what its rows say, are drawn once, and follow pictures and labels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.labels.table import read_labels
from models.predictor import Predictor
from models.studies.pictures.picture_set import PictureSet, pictures_of_folder
from models.studies.study import Study, Wanted, run_study
from tests.models.map_builders import PlaneProjector
from tests.models.studies.conftest import FALLING, labels_of


def labelled(folder: Path) -> PictureSet:
    """Twelve pictures with labels, some of a known type and level, two of each content."""
    table = folder.parent / "labels.csv"
    rows = [f"p{number:02}.png,{label},c{number // 2},JPEG,{number % 6}" for number, label in enumerate(FALLING)]
    table.write_text("\n".join(["image,mos,reference,type,level", *rows, ""]))
    return pictures_of_folder(folder, read_labels(table))


def drawn_study(found: PictureSet, heads: list[Predictor], folder: Path) -> Study:
    return run_study(found, heads, folder, wanted=Wanted(projector=PlaneProjector()))


def test_a_map_says_what_the_rows_say(heads: list[Predictor], photographs: Path, tmp_path: Path) -> None:
    (photographs / "broken.png").write_bytes(b"no picture")
    study = drawn_study(labelled(photographs), heads, tmp_path / "study")
    rows = [row for row in study.pictures().to_pylist() if row["state"] == "scored"]
    for head in heads:
        drawn, own = study.map(head.manifest.id), [row for row in rows if row["checkpoint"] == head.manifest.id]
        assert drawn is not None
        assert list(drawn.images.manifest.rows.picture) == [row["filename"] for row in own]
        np.testing.assert_allclose(drawn.columns["score"], [row["score"] for row in own], atol=1e-3)
        np.testing.assert_allclose(drawn.columns["label"], [row["label"] for row in own])
        np.testing.assert_allclose(drawn.columns["score_error"], [row["error"] for row in own], atol=1e-3)
        assert ("cluster" in drawn.columns) == (own[0]["top_cluster"] is not None)
        assert drawn.manifest.space.source == ("embedding" if "cluster" in drawn.columns else "features")


def test_references_types_and_levels_of_the_table_are_on_the_map(
    heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    drawn = drawn_study(labelled(photographs), heads, tmp_path / "study").map("moe")
    assert drawn is not None
    rows, classes = drawn.images.manifest.rows, drawn.images.manifest.classes
    assert {classes[number] for number in rows.type} == {"jpeg"}
    assert rows.level == tuple(number % 6 for number in range(12))
    assert [drawn.images.manifest.references[number].name for number in rows.reference[:4]] == ["c0", "c0", "c1", "c1"]


def test_thumbnails_are_the_pictures_in_their_order(heads: list[Predictor], photographs: Path, tmp_path: Path) -> None:
    drawn = drawn_study(pictures_of_folder(photographs), heads[:1], tmp_path / "study").map("moe")
    assert drawn is not None
    for row, name in enumerate(drawn.images.manifest.rows.picture):
        tile, side_px = drawn.images.tile(row), drawn.images.manifest.thumbnails.tile_px
        sheet = Image.open(drawn.images.folder / tile.sheet).convert("L")
        shown = sheet.crop((tile.left_px, tile.top_px, tile.left_px + side_px, tile.top_px + side_px))
        own = Image.open(photographs / name).convert("L")
        assert np.mean(np.asarray(shown)) == pytest.approx(np.mean(np.asarray(own.crop((4, 0, 44, 40)))), abs=6)


def test_maps_are_drawn_once_and_again_for_other_labels(
    heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    projector, folder = PlaneProjector(), tmp_path / "study"
    first = run_study(pictures_of_folder(photographs), heads, folder, wanted=Wanted(projector=projector)).map("moe")
    again = run_study(pictures_of_folder(photographs), heads, folder, wanted=Wanted(projector=projector)).map("moe")
    assert projector.calls == 2  # one for each checkpoint
    assert first is not None
    assert again is not None
    assert first.folder == again.folder
    table = read_labels(labels_of(photographs, *FALLING))
    rated = run_study(pictures_of_folder(photographs, table), heads[:1], folder, wanted=Wanted(projector=projector))
    assert projector.calls == 3
    drawn = rated.map("moe")
    assert drawn is not None
    assert "label" in drawn.columns
    assert rated.map("no_gmm") is None
    assert {path.name for path in (folder / "maps").iterdir()} == {"images", "moe"}
    assert len(list((folder / "maps" / "images").iterdir())) == 1


def test_very_few_pictures_are_no_map(heads: list[Predictor], photographs: Path, tmp_path: Path) -> None:
    for path in sorted(photographs.iterdir())[4:]:
        path.unlink()
    study = drawn_study(pictures_of_folder(photographs), heads, tmp_path / "study")
    assert study.map("moe") is None
    assert not (study.folder / "maps").exists()


def test_further_columns_of_the_table_are_fields_of_the_map(
    heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    table = photographs.parent / "labels.csv"
    rows = [
        f"p{number:02}.png,{label},{'' if number == 3 else 'AB'[number % 2]},{number / 4},once {number}"
        for number, label in enumerate(FALLING)
    ]
    table.write_text("\n".join(["image,mos,camera,shutter,remark", *rows, ""]))
    study = drawn_study(pictures_of_folder(photographs, read_labels(table)), heads[:1], tmp_path / "study")
    drawn = study.map("moe")
    assert drawn is not None
    named = {title: name for name, title in drawn.manifest.titles.items()}
    assert set(named) == {"camera", "shutter", "remark"}
    assert drawn.manifest.categories[named["camera"]] == ("A", "B")
    np.testing.assert_array_equal(drawn.values(named["camera"])[:5], [0, 1, 0, np.nan, 0])
    np.testing.assert_array_equal(drawn.values(named["shutter"]), np.arange(12) / 4)
    assert not {"group", "type", "level"} & drawn.columns.keys()  # of which nothing is known
