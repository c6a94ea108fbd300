"""What the options of `python -m models.training` say of rated sets, before anything is computed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from models.labels.scales import LabelScale, StatedLabels
from models.training.__main__ import build_parser
from models.training.commands import named_path, rated_sets, stated_labels
from models.training.data.datasets import DatasetError
from models.training.data.readers.ratings import RatedSet


def evaluated(table: Path, *options: str) -> argparse.Namespace:
    """The arguments of an evaluation of a table."""
    return build_parser().parse_args(["evaluate", "moe", "--rated", f"csv={table}", *options])


def the_set(arguments: argparse.Namespace) -> RatedSet:
    (rated,) = rated_sets([arguments.rated], arguments)
    return rated


def write_table(folder: Path, labels: Sequence[float]) -> Path:
    """Small pictures and their labels."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in range(len(labels)):
        Image.new("RGB", (32, 32), (40 * row, 90, 20)).save(folder / f"{row}.png")
    rows = "".join(f"{row}.png,{label}\n" for row, label in enumerate(labels))
    (folder / "labels.csv").write_text(f"image,mos\n{rows}")
    return folder / "labels.csv"


def test_a_tables_range_with_two_readings_is_refused_until_it_is_said_and_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = write_table(tmp_path, (2, 7, 9))
    with pytest.raises(DatasetError, match=r"which may be on 1 to 10 or on 0 to 10, .*\(--range LOW HIGH\)"):
        the_set(evaluated(table))
    rated = the_set(evaluated(table, "--range", "1", "10", "--direction", "dmos"))
    assert rated.scale == LabelScale(1, 10, higher_is_better=False)
    assert rated.scores_N.tolist() == pytest.approx([100 * 8 / 9, 100 * 3 / 9, 100 / 9])
    assert capsys.readouterr().err == "labels.csv: 3 pictures, labels taken as DMOS on 1 to 10\n"


def test_a_range_whose_lower_end_is_not_the_first_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="got --range 1 0, expected the lower end first"):
        stated_labels(evaluated(tmp_path, "--range", "1", "0"))


def test_every_command_that_reads_labels_takes_their_range_and_direction(tmp_path: Path) -> None:
    rated = ["--rated", f"csv={tmp_path}"]
    commands = (
        ["train", "moe", *rated, "--pristine", "p"],
        ["ablate", "no_gmm-no_order_pairs", *rated, "--pristine", "p"],
        ["evaluate", "moe", *rated],
        ["embed", "moe", "--pictures", str(tmp_path)],
    )
    for command in commands:
        arguments = build_parser().parse_args([*command, "--range", "0", "5", "--direction", "dmos"])
        assert stated_labels(arguments) == StatedLabels((0, 5), "dmos"), command


def test_a_broken_picture_is_left_out_and_named_where_that_is_asked_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    table = write_table(tmp_path, (10, 50, 90))
    (tmp_path / "1.png").write_bytes(b"no picture")
    assert len(the_set(evaluated(table)).examples) == 3
    rated = the_set(evaluated(table, "--skip-broken"))
    assert [example.source.name for example in rated.examples] == ["0.png", "2.png"]
    assert rated.scores_N.tolist() == [10, 90]
    assert f"left out: {tmp_path / '1.png'}: " in caplog.text
    assert "labels.csv: 2 pictures" in capsys.readouterr().err


def test_two_sets_of_one_name_are_refused_because_their_pictures_would_be_one_content(tmp_path: Path) -> None:
    tables = [write_table(tmp_path / place / "shoot", (10, 90)) for place in ("a", "b")]
    arguments = evaluated(tables[0])
    with pytest.raises(DatasetError, match="got several sets called csv_shoot_labels, expected one of each name"):
        rated_sets([f"csv={table}" for table in tables], arguments)
    tables[1] = write_table(tmp_path / "b" / "other", (10, 90))
    names = [rated.name for rated in rated_sets([f"csv={table}" for table in tables], arguments)]
    assert names == ["csv_shoot_labels", "csv_other_labels"]


@pytest.mark.parametrize("text", ["rated", "biq2022=rated", "=rated"])
def test_a_rated_set_of_no_known_name_is_answered_with_the_known_ones(text: str) -> None:
    with pytest.raises(DatasetError, match=f"got --rated {text}, expected NAME=PATH with NAME one of agiqa3k, biq2021"):
        named_path(text)


def test_a_path_may_hold_an_equals_sign() -> None:
    assert named_path("live=/data/a=b") == ("live", Path("/data/a=b"))
