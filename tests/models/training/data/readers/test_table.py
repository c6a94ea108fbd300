"""Any rated pictures in a CSV file: what its columns mean, and errors that name the row."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.labels.scales import StatedLabels
from models.taxonomy import TAXONOMY
from models.training.data.datasets import DatasetError
from models.training.data.readers.table import read_csv
from models.training.data.splits import SplitError
from tests.models.training.conftest import Paint

FULL = """image,mos,mos_std,reference,type,level,split
pictures/a.png,4.5,0.5,first,jpeg,2,train
pictures/b.png,2.0,,first,clean,,train
pictures/c.png,1.0,0.25,pristine/kodim05,unknown,,test
"""


@pytest.fixture
def table(tmp_path: Path, paint: Paint) -> Path:
    folder = tmp_path / "opinions"
    paint(*(folder / "pictures" / f"{name}.png" for name in "abcd"))
    path = folder / "survey.csv"
    path.write_text(FULL)
    return path


def test_image_and_mos_are_enough_and_paths_start_at_the_files_folder(table: Path) -> None:
    absolute = table.parent / "pictures" / "b.png"
    table.write_text(f"\ufeffimage,mos\npictures/a.png,0.5\n\n{absolute},1\n", encoding="utf-8")
    rated = read_csv(table)
    assert [e.source for e in rated.examples] == [table.parent / "pictures" / "a.png", absolute]
    assert rated.examples[0].reference == rated.examples[0].example_id == "csv_opinions_survey/pictures/a.png"
    assert (rated.title, rated.roles, rated.label_stds) == ("survey.csv", None, (None, None))


def test_every_column_is_heeded(table: Path) -> None:
    rated = read_csv(table)
    jpeg, clean, unknown = rated.examples
    assert (jpeg.distortion_type, jpeg.level) == ("jpeg", 2)
    assert clean.render().class_index == TAXONOMY.class_index("clean")
    assert unknown.distortion_type is None
    assert [e.reference for e in rated.examples] == [
        "csv_opinions_survey/first",
        "csv_opinions_survey/first",
        "pristine/bikes",
    ]
    assert rated.label_stds == (0.5, None, 0.25)
    assert rated.roles == ("train", "train", "test")
    roles = rated.official_split(seed=0).role_of_reference
    assert roles == {"csv_opinions_survey/first": "train", "pristine/bikes": "test"}


@pytest.mark.parametrize(
    ("labels", "scores"),
    [((0, 0.9), (0, 90)), ((1, 4), (0, 75)), ((0.5, 4.5), (10, 90)), ((0.5, 9), (5, 90)), ((2, 64), (2, 64))],
)
def test_the_range_is_the_narrowest_common_one_that_holds_all_labels(
    table: Path, labels: tuple[float, float], scores: tuple[float, float]
) -> None:
    table.write_text(f"image,mos\npictures/a.png,{labels[0]}\npictures/b.png,{labels[1]}\n")
    assert read_csv(table).scores_N.tolist() == pytest.approx(scores)


def test_a_range_that_is_given_is_taken(table: Path) -> None:
    table.write_text("image,mos\npictures/a.png,3\npictures/b.png,-3\n")
    assert read_csv(table, StatedLabels((-3, 3))).scores_N.tolist() == [100, 0]
    assert read_csv(table, StatedLabels((-3, 3), "dmos")).scores_N.tolist() == [0, 100]


def test_a_direction_may_be_said_alone(table: Path) -> None:
    table.write_text("image,mos\npictures/a.png,1\npictures/b.png,4\n")
    rated = read_csv(table, StatedLabels(direction="dmos"))
    assert rated.scores_N.tolist() == pytest.approx([100, 25])
    assert str(rated.scale) == "DMOS on 1 to 5"


def test_tables_of_one_name_in_two_folders_are_two_sets(table: Path, paint: Paint) -> None:
    other = table.parent.parent / "elsewhere" / table.name
    paint(*(other.parent / "pictures" / f"{name}.png" for name in "abcd"))
    other.write_text(FULL)
    assert [read_csv(path).name for path in (table, other)] == ["csv_opinions_survey", "csv_elsewhere_survey"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("image,dmos\npictures/a.png,1\n", r"got image, dmos, expected a header with columns image, mos"),
        ("", "got an empty file, expected a header"),
        ("image,mos\n", "got no rated picture"),
        ("image,mos\npictures/a.png,good\n", r"survey\.csv, row 2: got mos 'good', expected a number"),
        ("image,mos\npictures/a.png,inf\n", r"row 2: got mos 'inf', expected a number"),
        ("image,mos\npictures/a.png\n", r"row 2: got no mos"),
        ("image,mos\npictures/z.png,1\n", r"row 2: got image 'pictures/z\.png', expected a file in"),
        ("image,mos\npictures/a.png,1\n./pictures/a.png,1\n", r"row 3: got picture .* again, expected it in .*row 2"),
        ("image,mos\npictures/a.png,1,5\n", r"row 2: got 3 cells, expected 2, as in the header"),
        (
            "image,mos\npictures/a.png,-1\npictures/b.png,3\n",
            r"got labels from -1 to 3, expected them within 0 to 100",
        ),
        ("image,mos,mos\npictures/a.png,1,2\n", "got several columns called mos, expected one of each name"),
        ("image,mos\npictures/a.png,2\npictures/b.png,9\n", "which may be on 1 to 10 or on 0 to 10, expected it to be"),
        ("image,mos,type\npictures/a.png,1,rain\n", r"row 2: got type 'rain', expected unknown or one of clean"),
        ("image,mos,level\npictures/a.png,1,3\n", r"row 2: got level 3 of type unknown, expected none, or one of 1"),
        ("image,mos,type,level\npictures/a.png,1,jpeg,6\n", r"row 2: got level 6 of type jpeg"),
        ("image,mos,type,level\npictures/a.png,1,clean,1\n", r"row 2: got level 1 of type clean"),
        ("image,mos,mos_std\npictures/a.png,1,-2\n", r"row 2: got mos_std -2\.0, expected 0 or more"),
        ("image,mos,split\npictures/a.png,1,some\n", r"row 2: got split 'some', expected one of train"),
        ("image,mos,split\npictures/a.png,1,train\npictures/b.png,1,\n", r"row 3: got a picture without a part"),
    ],
)
def test_a_mistake_is_named_with_its_row(table: Path, text: str, message: str) -> None:
    table.write_text(text)
    with pytest.raises(DatasetError, match=message):
        read_csv(table)


def test_another_encoding_than_utf8_is_refused(table: Path) -> None:
    table.write_bytes("image,mos\npictures/ä.png,1\n".encode("latin-1"))
    with pytest.raises(DatasetError, match="expected comma-separated UTF-8 text"):
        read_csv(table)


def test_a_split_that_cuts_a_content_is_refused(table: Path) -> None:
    table.write_text(FULL.replace("clean,,train", "clean,,test"))
    with pytest.raises(SplitError, match="got reference csv_opinions_survey/first in train and in test"):
        read_csv(table).official_split(seed=0)
