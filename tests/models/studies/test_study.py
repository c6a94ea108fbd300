"""A study is made of whatever there is, goes on after a stop, and says the same as the pictures scored one by one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.batches import results
from models.figures.files import to_json
from models.labels.table import read_labels
from models.pairs.preference import probability_better
from models.predictor import Predictor
from models.studies.findings.records import FIGURES_FILE, figures_adapter
from models.studies.pictures.kept import KeptPicture
from models.studies.pictures.picture_set import PictureSet, StudyRefused, open_pictures, pictures_of_folder
from models.studies.result_rows import COLUMNS
from models.studies.study import Study, run_study
from tests.models.studies.cheap_heads import CheapTrunk
from tests.models.studies.conftest import FALLING, labels_of


def rows_of(study: Study) -> list[dict[str, str]]:
    with (study.folder / "pictures.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def labelled(folder: Path, *labels: float, header: str = "image,mos") -> PictureSet:
    return pictures_of_folder(folder, read_labels(labels_of(folder, *labels, header=header)))


def test_a_study_has_figures_and_a_row_for_each_picture_and_checkpoint(
    heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    study = run_study(labelled(photographs, *FALLING), heads, tmp_path / "study")
    read_back = to_json(figures_adapter(), Study.read(study.folder).figures)
    assert read_back == to_json(figures_adapter(), study.figures) == (study.folder / FIGURES_FILE).read_bytes()
    assert [one.id for one in study.figures.checkpoints] == ["moe", "no_gmm"]
    assert study.figures.counts.rated == 12
    assert study.figures.best in {"moe", "no_gmm"}
    rows = rows_of(study)
    assert [row["filename"] for row in rows] == [f"p{number:02}.png" for number in range(12)] * 2
    table = study.pictures().to_pylist()
    for head in heads:
        own = [row for row in table if row["checkpoint"] == head.manifest.id]
        for row in own:
            alone = head.score(photographs / row["filename"])
            assert row["score"] == pytest.approx(alone.score.value, abs=1e-3)
            assert row["score_low"] == pytest.approx(alone.score.low, abs=1e-3)
            assert row["error"] == pytest.approx(row["score"] - row["label"])
            assert (row["top_cluster"] is None) == (alone.top_cluster is None)
            assert len(row["experts"]) == len(alone.experts)


def test_copies_are_a_group_whose_best_is_proposed(heads: list[Predictor], photographs: Path, tmp_path: Path) -> None:
    for path in sorted(photographs.iterdir())[3:]:
        path.unlink()
    (photographs / "copy.png").write_bytes((photographs / "p00.png").read_bytes())
    (photographs / "broken.png").write_bytes(b"no picture")
    study = run_study(pictures_of_folder(photographs), heads, tmp_path / "study")
    assert study.figures.duplicates.groups == (("copy.png", "p00.png"),)
    alone, places = ("", ""), [(row["duplicate_group"], row["duplicate_rank"]) for row in rows_of(study)]
    assert places[:5] == [alone, ("1", "1"), ("1", "2"), alone, alone]  # a broken picture is in no group
    page = (study.folder / "report.html").read_text()
    assert page.index("<br>copy.png <strong>best</strong>") < page.index("<br>p00.png")


def test_which_of_two_pictures_is_better_is_told_by_both_of_their_distributions(
    heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    study = run_study(pictures_of_folder(photographs), heads, tmp_path / "study")
    alone = {name: heads[1].score(photographs / name).score for name in ("p00.png", "p09.png")}
    expected = probability_better(alone["p00.png"], alone["p09.png"])
    found = study.probability_better("p00.png", "p09.png", checkpoint="no_gmm")
    assert found == pytest.approx(expected, abs=1e-4)
    assert study.probability_better("p00.png", "p00.png") == 0.5
    with pytest.raises(StudyRefused, match=r"got gone\.png, expected a picture that moe scored"):
        study.probability_better("p00.png", "gone.png")


def test_columns_that_batches_have_have_the_same_names_and_kinds() -> None:
    own = {"label", "error", "mapped_score", "mapped_error", "duplicate_group", "duplicate_rank", "fitted_score"}
    shared = {name: kind for name, kind in results._COLUMNS.items() if name != "sequence"}
    assert {name: kind for name, kind in COLUMNS.items() if name not in own} == shared


def test_features_are_made_once_for_all_heads_and_never_again(
    heads: list[Predictor], trunk: CheapTrunk, photographs: Path, tmp_path: Path
) -> None:
    run_study(pictures_of_folder(photographs), heads[:1], tmp_path / "study")
    assert trunk.num_asked == 12
    study = run_study(labelled(photographs, *FALLING), heads, tmp_path / "study")
    assert trunk.num_asked == 12
    assert study.figures.verdict in {"clear", "tied"}


def test_a_picture_that_has_changed_is_looked_at_again(
    heads: list[Predictor], trunk: CheapTrunk, photographs: Path, tmp_path: Path
) -> None:
    run_study(pictures_of_folder(photographs), heads, tmp_path / "study")
    (photographs / "p00.png").write_bytes((photographs / "p11.png").read_bytes())
    rows = rows_of(run_study(pictures_of_folder(photographs), heads, tmp_path / "study"))
    assert trunk.num_asked == 13
    assert rows[0]["score"] == rows[11]["score"]


def test_a_stopped_run_goes_on_where_it_was(
    heads: list[Predictor], trunk: CheapTrunk, photographs: Path, tmp_path: Path
) -> None:
    def stop(pictures: Iterator[KeptPicture], _total: int) -> Iterator[KeptPicture]:
        for _ in range(5):
            yield next(pictures)
        raise KeyboardInterrupt

    found, folder = labelled(photographs, *FALLING), tmp_path / "study"
    with pytest.raises(KeyboardInterrupt):
        run_study(found, heads, folder, progress=stop)
    with (folder / "features" / "pictures.jsonl").open("a") as file:
        file.write('{"name": "p05')  # as a kill leaves it
    num_asked = trunk.num_asked
    stopped = run_study(found, heads, folder)
    assert trunk.num_asked - num_asked == 7
    whole = run_study(found, heads, tmp_path / "whole")
    assert (stopped.folder / FIGURES_FILE).read_bytes() == (whole.folder / FIGURES_FILE).read_bytes()
    assert rows_of(stopped) == rows_of(whole)


# ---- designed states


def test_half_of_the_pictures_may_be_unreadable(heads: list[Predictor], photographs: Path, tmp_path: Path) -> None:
    for number in range(0, 12, 2):
        (photographs / f"p{number:02}.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    study = run_study(labelled(photographs, *FALLING), heads, tmp_path / "study")
    counts = study.figures.counts
    assert (counts.pictures, counts.readable, counts.rated, sum(counts.faults.values())) == (12, 6, 6, 6)
    refused = [row for row in rows_of(study) if row["state"] == "refused"]
    assert len(refused) == 12  # six under each of two checkpoints
    assert all(row["error_code"] and row["error_detail"] and not row["score"] for row in refused)


def test_nothing_but_unreadable_pictures_is_a_study_without_figures(
    heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    for path in photographs.iterdir():
        path.write_bytes(b"no picture")
    study = run_study(labelled(photographs, *FALLING), heads, tmp_path / "study")
    assert study.figures.counts.readable == 0
    assert study.figures.verdict == "no_labels"


@pytest.mark.parametrize(
    ("labels", "verdict"),
    [((), "no_labels"), ((50.0,), "few_labels"), ((50.0,) * 12, "equal_labels")],
    ids=["none has a label", "one has", "all are the same"],
)
def test_labels_that_say_nothing_of_an_order_are_a_verdict(
    heads: list[Predictor], photographs: Path, tmp_path: Path, labels: tuple[float, ...], verdict: str
) -> None:
    figures = run_study(labelled(photographs, *labels), heads, tmp_path / "study").figures
    assert figures.verdict == verdict
    assert figures.best is None
    assert all(one.agreement is None for one in figures.checkpoints)


def test_a_single_picture_is_a_study(heads: list[Predictor], photographs: Path, tmp_path: Path) -> None:
    for path in sorted(photographs.iterdir())[1:]:
        path.unlink()
    study = run_study(pictures_of_folder(photographs), heads, tmp_path / "study")
    assert study.figures.counts.pictures == 1
    assert [row["state"] for row in rows_of(study)] == ["scored"] * 2


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyRefused, match=r"got no picture in .*, expected some"):
        open_pictures(tmp_path, read_labels)


def test_rows_and_pictures_without_a_partner_are_counted_and_listed(
    heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    table = labels_of(photographs, *FALLING[:10])
    table.write_text(table.read_text() + "gone.png,5\n")
    study = run_study(pictures_of_folder(photographs, read_labels(table)), heads, tmp_path / "study")
    counts = study.figures.counts
    assert (counts.rated, counts.unmatched_rows, counts.unmatched_pictures) == (10, 1, 2)
    text = (study.folder / "unmatched.csv").read_text()
    assert text.splitlines() == ["kind,name,line", "row,gone.png,12", "picture,p10.png,", "picture,p11.png,"]


def test_a_table_alone_names_its_pictures(photographs: Path) -> None:
    table = photographs / "labels.csv"
    table.write_text("file,dmos,camera\np03.png,10,X\np00.png,80,Y\nnone.png,5,X\n")
    found = open_pictures(table, read_labels)
    assert [picture.name for picture in found.pictures] == ["p03.png", "p00.png"]
    assert found.labels == (90, 20)  # a low DMOS is good
    assert [row.image for row in found.unmatched_rows] == ["none.png"]
