"""Stars are ITU's words, and a sidecar is XMP that lies inside the study's folder."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from models.prediction import quality_word
from models.predictor import Predictor
from models.studies.exports.stars import sidecar, stars, write_sidecars
from models.studies.pictures.picture_set import pictures_of_folder
from models.studies.study import Wanted, run_study

RATING = "{http://ns.adobe.com/xap/1.0/}Rating"
WORDS = ("bad", "poor", "fair", "good", "excellent")


def rating(data: bytes) -> int:
    """What a reader of XMP finds."""
    found = [element.attrib[RATING] for element in ElementTree.fromstring(data).iter() if RATING in element.attrib]
    (stars,) = found
    return int(stars)


@pytest.mark.parametrize("score", [0.0, 19.9, 20.0, 45.0, 79.9, 80.0, 100.0])
def test_stars_are_the_word_of_the_score(score: float) -> None:
    assert WORDS[stars(score) - 1] == quality_word(score)
    assert rating(sidecar(score)) == stars(score)


def test_sidecars_lie_beside_the_names_and_never_outside(tmp_path: Path) -> None:
    write_sidecars(tmp_path, {"a/b.jpg": 90.0, "../../out.jpg": 10.0, "/etc/name.jpg": 50.0})
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xmp"))
    assert written == ["xmp/a/b.jpg.xmp", "xmp/etc/name.jpg.xmp", "xmp/out.jpg.xmp"]


def test_a_study_writes_them_for_what_it_scored(heads: list[Predictor], photographs: Path, tmp_path: Path) -> None:
    (photographs / "broken.png").write_bytes(b"no picture")
    study = run_study(pictures_of_folder(photographs), heads[:1], tmp_path / "study", wanted=Wanted(stars=True))
    scores = {row["filename"]: row["score"] for row in study.pictures().to_pylist() if row["score"] is not None}
    found = {path.name.removesuffix(".xmp"): rating(path.read_bytes()) for path in (study.folder / "xmp").iterdir()}
    assert found == {name: stars(score) for name, score in scores.items()}
