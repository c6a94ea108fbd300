"""`python -m models study`: what came out on stdout, what was found on stderr, and mistakes in one line."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

import models
from models.__main__ import main
from models.predictor import Predictor
from models.studies import asking
from tests.models.map_builders import PlaneProjector
from tests.models.studies.conftest import FALLING, labels_of


@pytest.fixture
def loaded(heads: list[Predictor], monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads over the cheap trunk in place of whole checkpoints."""
    by_id = {head.manifest.id: head for head in heads}
    monkeypatch.setattr(asking, "load", lambda name, **_: by_id[name])
    monkeypatch.setattr(asking, "stable_checkpoints", lambda _: list(by_id))
    monkeypatch.setattr(asking, "UMAPProjector", PlaneProjector)
    monkeypatch.setattr(asking, "in_child", nullcontext)


@pytest.mark.usefixtures("loaded")
def test_a_folder_and_its_labels_become_a_study(
    photographs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, output = labels_of(photographs, *FALLING), tmp_path / "study"
    assert main(["study", str(photographs), "--labels", str(table), "--output", str(output)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == str(output / "report.html")
    assert "no_gmm" in said.out
    assert "labels taken as MOS on 0 to 100" in said.err
    assert {path.name for path in output.iterdir()} == {
        *("features", "figures.json", "maps", "pictures.csv", "pictures.parquet", "report.html"),
    }


@pytest.mark.usefixtures("loaded")
def test_a_picture_that_cannot_be_read_gives_exit_code_one(
    photographs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photographs / "broken.png").write_bytes(b"no picture")
    assert main(["study", str(photographs), "--output", str(tmp_path / "study"), "--checkpoint", "no_gmm"]) == 1
    assert "1 pictures could not be read" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_maps_can_be_left_out_and_a_fit_asked_for(
    photographs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, output = labels_of(photographs, *FALLING), tmp_path / "study"
    options = ["--no-maps", "--fit", "--checkpoint", "no_gmm"]
    assert main(["study", str(photographs), "--labels", str(table), "--output", str(output), *options]) == 0
    assert not (output / "maps").exists()
    assert "got 12 labels, expected 30 or more, of three contents" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_the_same_is_a_function_of_python(photographs: Path, tmp_path: Path) -> None:
    table = labels_of(photographs, *FALLING, header="shot,taste")
    columns = {"image": "shot", "label": "taste"}
    made = models.study(photographs, labels=table, output=tmp_path / "study", columns=columns, checkpoints=["moe"])
    assert made.figures.verdict == "one_checkpoint"
    assert made.pictures().num_rows == 12


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "got nowhere, expected a folder of pictures, or a CSV or TSV file that names some"),
        (["."], "got no picture in ., expected some"),
        ([".", "--column", "mos"], "got --column mos, expected ROLE=NAME"),
        ([".", "--range", "5", "1"], "got a range from 5 to 1, expected the lower end first"),
    ],
)
def test_a_mistake_is_one_line(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["study", *arguments, "--output", "study"]) == 2
    assert said in capsys.readouterr().err
    assert not Path("study").exists()


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["study", "--help"])
    assert "python -m models study photos/ --labels scores.csv --output study/" in capsys.readouterr().out
