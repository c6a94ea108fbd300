"""A table says which column is which by its header, and every mistake in it has a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.labels.columns import recognised_columns
from models.labels.rows import LabelsRefused
from models.labels.scales import LabelScale, StatedLabels
from models.labels.table import LabelTable, read_labels


def table(folder: Path, text: str, *, stated: StatedLabels | None = None, **columns: str) -> LabelTable:
    path = folder / "labels.csv"
    path.write_bytes(text.encode())
    return read_labels(path, stated or StatedLabels(), columns=columns)


@pytest.mark.parametrize(
    ("header", "image", "label"),
    [
        (("image", "mos"), "image", "mos"),
        (("File Name", "Quality Score", "camera"), "File Name", "Quality Score"),
        (("name", "score", "MOS"), "name", "MOS"),
        (("filename", "name", "dmos"), "filename", "dmos"),
        (("img_path", "camera"), "img_path", None),
        (("camera", "time"), None, None),
    ],
)
def test_columns_are_known_by_their_names(header: tuple[str, ...], image: str | None, label: str | None) -> None:
    found = recognised_columns(header)
    assert (found.image, found.label) == (image, label)
    known = {image, label, None}
    assert found.fields == tuple(name for name in header if name not in known)


def test_a_row_keeps_what_it_says_beside_the_label(tmp_path: Path) -> None:
    found = table(tmp_path, "image,mos,SD,distortion,camera\na.png,3.5,0.4,blur,X\nb.png,1,,,\n")
    first, second = found.rows
    assert (first.label, first.std, dict(first.fields)) == (3.5, 0.4, {"type": "blur", "camera": "X"})
    assert (second.label, second.std, dict(second.fields)) == (1.0, None, {})
    assert found.fields == ("type", "camera")
    assert found.scale == LabelScale(1, 5)


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_cells_may_be_separated_as_spreadsheets_do(tmp_path: Path, separator: str) -> None:
    text = "image,mos\na.png,10\nb.png,90\n".replace(",", separator)
    assert [row.label for row in table(tmp_path, text).rows] == [10, 90]


def test_what_a_spreadsheet_calls_unicode_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "labels.txt"
    path.write_bytes("image\tmos\nä.png\t10\nb.png\t90\n".encode("utf-16"))
    assert read_labels(path).rows[0].image == "ä.png"


def test_the_name_dmos_says_that_low_is_good_unless_the_owner_does_not(tmp_path: Path) -> None:
    text = "image,dmos\na.png,0\nb.png,90\n"
    assert table(tmp_path, text).scale == LabelScale(0, 100, higher_is_better=False)
    assert table(tmp_path, text, stated=StatedLabels(direction="mos")).scale == LabelScale(0, 100)


def test_a_column_can_be_named(tmp_path: Path) -> None:
    found = table(tmp_path, "mos,who,taste\n9,a.png,0.1\n8,b.png,0.9\n", image="who", label="taste")
    assert [row.label for row in found.rows] == [0.1, 0.9]
    assert found.columns.fields == ("mos",)


def test_a_table_without_labels_still_has_rows(tmp_path: Path) -> None:
    found = table(tmp_path, "image,camera\na.png,X\n")
    assert found.scale is None
    assert found.rows[0].label is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "got an empty file, expected a header"),
        ("camera,mos\nX,3\n", "row 1: got columns camera, mos, expected one with the pictures' names"),
        ("image,mos\na.png,good\n", "row 2: got mos 'good', expected a number"),
        ("image,mos\n,3\n", "row 2: got no image, expected a value"),
        ("image,mos\na.png,3\na.png,4\n", "row 3: got 'a.png', which row 2 has, too, expected one row"),
        ("image,mos,mos\na.png,3,4\n", "several columns called mos"),
        ("image,mos,std\na.png,3,-1\n", "row 2: got std -1.0, expected 0 or more"),
        ("image,mos\na.png,3,9\n", "row 2: got 3 cells, expected 2"),
        ("image,mos\na.png,2\nb.png,9\n", r"expected it to be said"),
        ('image,mos\n"a.png,2\n', "expected comma-separated UTF-8 text"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_was_expected(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(LabelsRefused, match=said):
        table(tmp_path, text)


def test_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelsRefused, match="got 'taste' as the column of label, expected one of the table's: image"):
        table(tmp_path, "image,mos\na.png,3\n", label="taste")
