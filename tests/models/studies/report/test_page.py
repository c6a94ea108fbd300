"""The report is one file that asks for no other, and no name of a picture is markup in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from models.labels.table import read_labels
from models.predictor import Predictor
from models.studies.pictures.picture_set import pictures_of_folder
from models.studies.study import run_study
from tests.models.studies.conftest import FALLING, labels_of

HOSTILE = "<script>alert(1)<script>.png"


@pytest.fixture
def page(heads: list[Predictor], photographs: Path, tmp_path: Path) -> str:
    """Of twelve rated pictures, one of which has a name that would be a script."""
    table = labels_of(photographs, *FALLING)
    table.write_text(table.read_text().replace("p11.png", HOSTILE))
    (photographs / "p11.png").rename(photographs / HOSTILE)
    study = run_study(pictures_of_folder(photographs, read_labels(table)), heads, tmp_path / "study")
    return (study.folder / "report.html").read_text()


def test_a_report_is_one_file(page: str) -> None:
    markup = page[: page.index("<script>")]
    assert re.findall(r'(?:src|href)="(?!data:)', markup) == []
    worst = markup[markup.index("Predicted worst") : markup.index("Near-duplicates")]
    assert worst.count('src="data:image/jpeg;base64,') == 12
    assert page.count("</script>") == 2


def test_a_name_is_never_markup(page: str) -> None:
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page[: page.rindex("<script>")]


def test_charts_have_every_picture_and_checkpoint(page: str) -> None:
    drawn = json.loads(page[page.rindex("const chart of ") + len("const chart of ") : page.rindex(") {\n")])
    by_id = {chart["id"]: chart for chart in drawn}
    assert set(by_id) == {"srcc", "scatter", "bins", "coverage", "clusters"}
    assert by_id["srcc"]["data"][0]["y"] == ["moe", "no_gmm"]
    assert {len(trace["x"]) for trace in by_id["scatter"]["data"]} == {12}
    assert HOSTILE in by_id["scatter"]["data"][0]["text"]


def test_a_set_without_labels_has_a_report_that_says_so(
    heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    folder = run_study(pictures_of_folder(photographs), heads, tmp_path / "study").folder
    page = (folder / "report.html").read_text()
    assert "nothing says which checkpoint to trust here" in page
    assert "Predicted worst" not in page
