"""A study fits heads to its labels, says what they are worth, and keeps them for further pictures."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter
from scipy import stats

from models.labels.table import read_labels
from models.predictor import Predictor
from models.studies.findings.records import MIN_FITTED
from models.studies.findings.wording import fit_words
from models.studies.pictures.picture_set import StudyRefused, pictures_of_folder
from models.studies.study import Study, Wanted, run_study
from tests.conftest import Draw

COUNT = 40


@pytest.fixture
def rated(tmp_path: Path, draw_picture: Draw) -> Path:
    """A folder of pictures that are dark to light and sharp to blurred; labels follow the light alone."""
    folder, rows = tmp_path / "rated", ["image,mos,reference"]
    folder.mkdir()
    for number in range(COUNT):
        drawn = draw_picture(number % 5, height=40, width=48).astype(np.float64)
        light = 0.3 + 0.02 * (7 * number % COUNT)
        picture = Image.fromarray((drawn * light).clip(0, 255).astype(np.uint8))
        picture.filter(ImageFilter.GaussianBlur(number % 4 / 2)).save(folder / f"p{number:02}.png")
        rows.append(f"p{number:02}.png,{10 + 70 * light:.2f},content {number % 10}")
    (tmp_path / "labels.csv").write_text("\n".join(rows))
    return folder


@pytest.fixture
def study(heads: list[Predictor], rated: Path, tmp_path: Path) -> Study:
    table = read_labels(tmp_path / "labels.csv")
    return run_study(pictures_of_folder(rated, table), heads, tmp_path / "study", wanted=Wanted(fit=True))


def rows_of(study: Study, checkpoint: str) -> list[dict[str, str]]:
    with (study.folder / "pictures.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["checkpoint"] == checkpoint]


def test_figures_are_scipys_on_the_scores_of_the_table(study: Study) -> None:
    assert [one.checkpoint for one in study.figures.fits] == ["moe", "no_gmm"]
    for found in study.figures.fits:
        rows = rows_of(study, found.checkpoint)
        label, fitted, score = (
            np.array([float(row[name]) for row in rows]) for name in ("label", "fitted_score", "score")
        )
        assert found.fitted.srcc.value == pytest.approx(stats.spearmanr(fitted, label).statistic)
        assert found.fitted.rmse.value == pytest.approx(np.sqrt(np.mean((fitted - label) ** 2)))
        assert found.shipped.srcc.value == pytest.approx(stats.spearmanr(score, label).statistic, abs=1e-3)
        assert found.srcc.value == pytest.approx(found.fitted.srcc.value - found.shipped.srcc.value)
        assert (found.labels, found.folds, found.unit) == (COUNT, 5, "references")
        assert found.is_better == (found.srcc.low > 0)
    assert any(one.is_better for one in study.figures.fits)
    assert "is better than as it is shipped (SRCC +" in fit_words(study.figures)[0]
    assert "Fitted to these labels" in (study.folder / "report.html").read_text()


def test_a_fitted_head_scores_further_pictures(study: Study, heads: list[Predictor], rated: Path) -> None:
    head = study.fitted("no_gmm")
    paths = sorted(rated.iterdir())
    found = [head.score(heads[1], path) for path in paths]
    labels = [float(row["label"]) for row in rows_of(study, "no_gmm")]
    assert stats.spearmanr(found, labels).statistic > 0.9
    assert stats.spearmanr([heads[1].score(path).score.value for path in paths], labels).statistic < 0.9
    with pytest.raises(StudyRefused, match="got vanilla_gmm, expected a checkpoint that was fitted"):
        study.fitted("vanilla_gmm")


def test_few_labels_fit_nothing_and_a_study_without_fits_keeps_none(
    study: Study, heads: list[Predictor], rated: Path, tmp_path: Path
) -> None:
    lines = (tmp_path / "labels.csv").read_text().splitlines()
    few = tmp_path / "few.csv"
    few.write_text("\n".join(lines[:MIN_FITTED]))  # the first one is the header
    again = run_study(pictures_of_folder(rated, read_labels(few)), heads, study.folder, wanted=Wanted(fit=True))
    assert again.figures.fits == ()
    assert fit_words(again.figures) == ()
    assert not (study.folder / "fits").exists()
    assert not any(row["fitted_score"] for row in rows_of(again, "moe"))
