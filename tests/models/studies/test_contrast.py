"""Two studies differ by what SciPy's tests say of their scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter
from scipy import stats

from models.predictor import Predictor
from models.studies.contrast import contrast, contrast_words
from models.studies.pictures.picture_set import StudyRefused, pictures_of_folder
from models.studies.study import Study, run_study


def scores(study: Study) -> list[float]:
    rows = study.pictures().to_pylist()
    return [row["score"] for row in sorted(rows, key=lambda row: str(row["filename"])) if row["checkpoint"] == "moe"]


def blurred(folder: Path, output: Path, *, prefix: str = "") -> Path:
    """Every second picture blurred strongly, under its own name or another."""
    output.mkdir()
    for number, path in enumerate(sorted(folder.iterdir())):
        picture = Image.open(path).filter(ImageFilter.GaussianBlur(4 if number % 2 else 0.5))
        picture.save(output / f"{prefix}{path.name}")
    return output


@pytest.fixture
def before(heads: list[Predictor], photographs: Path, tmp_path: Path) -> Study:
    return run_study(pictures_of_folder(photographs), heads, tmp_path / "before")


def test_the_same_pictures_are_compared_one_by_one(
    before: Study, heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    after = run_study(pictures_of_folder(blurred(photographs, tmp_path / "soft")), heads, tmp_path / "after")
    found = contrast(before, after, checkpoint="moe")
    expected = stats.ttest_rel(scores(before), scores(after)).confidence_interval(0.95)
    assert found.is_paired
    assert (found.difference.low, found.difference.high) == pytest.approx((expected.low, expected.high))
    assert found.difference.value == pytest.approx(np.mean(scores(before)) - np.mean(scores(after)))
    assert sum(found.clusters.values()) == pytest.approx(0, abs=1e-5)
    assert "the same pictures" in contrast_words(found, ("before", "after"))


def test_different_pictures_are_compared_by_welchs_interval(
    before: Study, heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    other = run_study(pictures_of_folder(blurred(photographs, tmp_path / "b", prefix="x")), heads, tmp_path / "other")
    found = contrast(before, other, checkpoint="moe")
    expected = stats.ttest_ind(scores(before), scores(other), equal_var=False).confidence_interval(0.95)
    assert not found.is_paired
    assert (found.difference.low, found.difference.high) == pytest.approx((expected.low, expected.high))
    pairs = np.sign(np.subtract.outer(scores(before), scores(other)))
    assert found.first_is_better == pytest.approx((pairs.mean() + 1) / 2)


def test_a_study_does_not_differ_from_itself(before: Study) -> None:
    found = contrast(before, before)
    assert (found.difference.value, found.difference.low, found.difference.high) == (0, 0, 0)
    assert found.first_is_better == 0.5
    assert "are not shown to differ" in contrast_words(found, ("a", "b"))


def test_a_checkpoint_that_one_lacks_is_refused(
    before: Study, heads: list[Predictor], photographs: Path, tmp_path: Path
) -> None:
    alone = run_study(pictures_of_folder(photographs), heads[:1], tmp_path / "alone")
    with pytest.raises(StudyRefused, match=r"got no no_gmm in .*alone, expected a checkpoint that both studies asked"):
        contrast(before, alone, checkpoint="no_gmm")
