"""A study from beginning to end: pictures are looked at, heads answer, figures, rows and a report are written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.figures.files import from_json, to_json
from models.files import write_atomically
from models.maps.building.projecting import Projector
from models.maps.embedding_map import EmbeddingMap
from models.pairs.preference import probability_better
from models.predictor import Predictor
from models.scoring_cli.csv_cells import csv_line
from models.studies.exports.stars import write_sidecars
from models.studies.exports.subset import SUBSET_FILE, chosen_subset, subset_csv
from models.studies.figures.duplicates import duplicate_groups, places
from models.studies.figures.mapping import mapped_score
from models.studies.figures.measuring import measure, num_pixels
from models.studies.figures.rated import Rated
from models.studies.findings.records import (
    BASELINE,
    FIGURES_FILE,
    UNMATCHED_FILE,
    LabelMapping,
    MappingKind,
    StudyFigures,
    figures_adapter,
)
from models.studies.fit.fitting import Fit, fit_heads
from models.studies.fit.head import FITS_FOLDER, FittedHead
from models.studies.maps.drawing import draw_maps, read_study_map
from models.studies.pictures.answers import Answers
from models.studies.pictures.kept import FEATURES_FOLDER, KeptPicture, KeptPictures
from models.studies.pictures.picture_set import PictureSet, StudyRefused
from models.studies.report.page import write_report
from models.studies.result_rows import Beside, Said, flat_row, read_rows, result_files, scores_of
from models.studies.seeing.answering import PICTURES_AT_ONCE, Looks, answers, looks, predictions
from models.studies.seeing.looking import look_at

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[Iterator[KeptPicture], int], Iterator[KeptPicture]]


@dataclass(frozen=True)
class Study:
    """A study that was made: its folder and its figures."""

    folder: Path
    figures: StudyFigures

    @classmethod
    def read(cls, folder: Path) -> Study:
        """That of a folder; raises `FiguresUnreadable`."""
        data = (folder / FIGURES_FILE).read_bytes()
        return cls(folder, from_json(figures_adapter(), data, FIGURES_FILE))

    def pictures(self) -> pa.Table:
        """One row per picture and checkpoint; `.to_pandas()` makes a data frame of it."""
        return read_rows(self.folder)

    def map(self, checkpoint: str) -> EmbeddingMap | None:
        """A checkpoint's map; `None` where none was drawn, as of very few pictures."""
        weights = {one.id: one.weights_sha256 for one in self.figures.checkpoints}
        return read_study_map(self.folder, checkpoint, weights.get(checkpoint, ""))

    def fitted(self, checkpoint: str) -> FittedHead:
        """A checkpoint's head fitted to the labels; raises `StudyRefused` where none was."""
        if checkpoint not in (one.checkpoint for one in self.figures.fits):
            raise StudyRefused(f"got {checkpoint}, expected a checkpoint that was fitted in {self.folder}")
        return FittedHead.read(self.folder, checkpoint)

    def probability_better(self, first: str, second: str, *, checkpoint: str | None = None) -> float:
        """P (0-1) that people would rate the first picture higher than the second.

        The best checkpoint says so unless another is named, or the first where labels name no best. Raises
        `StudyRefused` for what it did not score.
        """
        chosen = checkpoint or self.figures.best or self.figures.checkpoints[0].id
        scores = scores_of(self.folder, chosen)
        for name in (first, second):
            if name not in scores:
                raise StudyRefused(f"got {name}, expected a picture that {chosen} scored in {self.folder}")
        return probability_better(scores[first], scores[second])


def untold(pictures: Iterator[KeptPicture], _total: int) -> Iterator[KeptPicture]:
    """Progress that nobody is told."""
    return pictures


@dataclass(frozen=True)
class Wanted:
    """What a study has beside figures, rows and report: heads fitted to the labels, maps, a subset, and stars.

    Maps are drawn where there is a `projector`; `subset` is a number of pictures, 1 or more.
    """

    fit: bool = False
    projector: Projector | None = None
    subset: int | None = None
    stars: bool = False

    def __post_init__(self) -> None:
        if self.subset is not None and self.subset < 1:
            raise StudyRefused(f"got a subset of {self.subset} pictures, expected 1 or more")


PLAIN: Final = Wanted()


def run_study(
    found: PictureSet,
    predictors: Sequence[Predictor],
    folder: Path,
    *,
    mapping: MappingKind | None = None,
    wanted: Wanted = PLAIN,
    progress: Progress = untold,
) -> Study:
    """Make a study, or go on with one that was stopped, or make it anew with other labels or further checkpoints.

    Only what is missing is computed. `progress` is handed the pictures as they are looked at, and their number. Raises
    `StudyRefused` without a checkpoint.
    """
    if not predictors:
        raise StudyRefused("got no checkpoint, expected at least one")
    folder.mkdir(parents=True, exist_ok=True)
    kept = KeptPictures(folder / FEATURES_FOLDER)
    looking = look_at(found.pictures, predictors, kept, tiles=wanted.projector is not None)
    looked_at = list(progress(looking, len(found.pictures)))
    return conclude(found, looked_at, predictors, kept, folder, mapping=mapping, wanted=wanted)


def conclude(
    found: PictureSet,
    looked_at: Sequence[KeptPicture],
    predictors: Sequence[Predictor],
    kept: KeptPictures,
    folder: Path,
    *,
    mapping: MappingKind | None = None,
    wanted: Wanted = PLAIN,
    check: Callable[[], None] = lambda: None,
) -> Study:
    """All that follows from pictures that were looked at, `kept` in the folder's `features/`.

    `check` is asked between the steps, and ends the work by raising.
    """
    readable = [picture for picture in looked_at if picture.fault is None]
    answered = []
    for predictor in predictors:
        check()
        answered.append(answers(predictor, readable, kept))
    seen = looks(predictors[0], readable, kept)
    groups = duplicate_groups(seen.layout_NL, seen.features_ND)
    check()
    figures = measure(found, looked_at, answered, groups, mapping=mapping)
    check()
    rated = Rated.of(found, looked_at) if wanted.fit else None
    fits = fit_heads(predictors, answered, readable, kept, rated, groups)
    figures = replace(figures, fits=tuple(one.figures for one in fits.values()))
    beside = {one.manifest.id: _beside(one, readable, groups, fits.get(one.manifest.id)) for one in answered}
    check()
    _write_rows(folder, found, looked_at, predictors, kept, figures, beside, check=check)
    _write_fits(folder, fits)
    check()
    if wanted.projector is not None:
        draw_maps(found, looked_at, predictors, kept, folder, wanted.projector)
    chosen = next((one for one in answered if one.manifest.id == figures.best), answered[0])
    _write_exports(folder, readable, chosen, seen, wanted)
    _write_unmatched(folder, found)
    _write_report(folder, found, figures)
    write_atomically(folder / FIGURES_FILE, to_json(figures_adapter(), figures))  # last: a study is whole that has one
    return Study(folder, figures)


def _write_fits(folder: Path, fits: Mapping[str, Fit]) -> None:
    shutil.rmtree(folder / FITS_FOLDER, ignore_errors=True)
    for one in fits.values():
        one.head.write(folder)


def _write_exports(folder: Path, readable: Sequence[KeptPicture], chosen: Answers, seen: Looks, wanted: Wanted) -> None:
    names = [picture.name for picture in readable]
    if wanted.subset is not None:
        subset = chosen_subset(names, chosen, seen.features_ND, wanted.subset)
        write_atomically(folder / SUBSET_FILE, subset_csv(subset))
    if wanted.stars:
        write_sidecars(folder, dict(zip(names, chosen.score_N.tolist(), strict=True)))


def _beside(
    answered: Answers, readable: Sequence[KeptPicture], groups: Sequence[Sequence[int]], fit: Fit | None
) -> dict[str, Beside]:
    place_of = places(groups, answered.score_N, num_pixels(readable))
    return {
        picture.name: Beside(place_of.get(row), None if fit is None else float(fit.score_N[row]))
        for row, picture in enumerate(readable)
    }


def _write_rows(
    folder: Path,
    found: PictureSet,
    looked_at: Sequence[KeptPicture],
    predictors: Sequence[Predictor],
    kept: KeptPictures,
    figures: StudyFigures,
    beside: Mapping[str, Mapping[str, Beside]],
    *,
    check: Callable[[], None],
) -> None:
    mapping_of = {one.id: one.mapping for one in figures.checkpoints}
    said = _said(found)
    with result_files(folder, () if found.table is None else found.table.fields) as files:
        for predictor in predictors:
            name = predictor.manifest.id
            for first in range(0, len(looked_at), PICTURES_AT_ONCE):
                check()
                part = slice(first, first + PICTURES_AT_ONCE)
                numbered = list(enumerate(looked_at))[part]
                files.write(_rows(numbered, said[part], predictor, kept, mapping_of[name], beside[name]))


def _said(found: PictureSet) -> list[Said]:
    return [
        Said(label, {} if picture.row is None else picture.row.fields)
        for label, picture in zip(found.labels, found.pictures, strict=True)
    ]


def _rows(
    numbered: Sequence[tuple[int, KeptPicture]],
    said: Sequence[Said],
    predictor: Predictor,
    kept: KeptPictures,
    mapping: LabelMapping | None,
    beside: Mapping[str, Beside],
) -> Iterator[Mapping[str, Any]]:
    readable = [picture for _, picture in numbered if picture.fault is None]
    scored = (prediction for part in predictions(predictor, readable, kept) for prediction in part)
    for (position, picture), one in zip(numbered, said, strict=True):
        prediction = next(scored) if picture.fault is None else None
        mapped = None if prediction is None or mapping is None else mapped_score(mapping, prediction.score.value)
        extra, name = beside.get(picture.name, Beside()), predictor.manifest.id
        yield flat_row(position, picture, one, checkpoint=name, prediction=prediction, mapped=mapped, beside=extra)


def _write_report(folder: Path, found: PictureSet, figures: StudyFigures) -> None:
    """With the dots of the best checkpoint and of the baseline."""
    asked = [one.id for one in figures.checkpoints]
    shown = [name for name in dict.fromkeys((figures.best, BASELINE)) if name in asked]
    rows_of = {name: read_rows(folder, checkpoint=name).to_pylist() for name in shown if name is not None}
    write_report(folder, figures, rows_of, {picture.name: picture.path for picture in found.pictures})


def _write_unmatched(folder: Path, found: PictureSet) -> None:
    """Rows whose picture is not there, and pictures without a row; no file where there are none."""
    rows = [csv_line(("row", row.image, row.line)) for row in found.unmatched_rows]
    pictures = [csv_line(("picture", name, "")) for name in found.unmatched_pictures]
    path = folder / UNMATCHED_FILE
    if not rows and not pictures:
        path.unlink(missing_ok=True)
        return
    write_atomically(path, (csv_line(("kind", "name", "line")) + "".join(rows + pictures)).encode())
