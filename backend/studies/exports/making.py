"""A subset of a study's pictures, as a list or with their small copies, and stars for all of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from backend.concurrency.worker import Worker
from backend.studies.folders import StudyFolders
from backend.studies.store import Study
from models.predictor import Predictor
from models.studies.exports.stars import path_inside, sidecar, sidecar_path
from models.studies.pictures.kept import FEATURES_FOLDER, KeptPictures


class StudyExports:
    """Makes files of studies whose figures stand, one at a time."""

    def __init__(self, folders: StudyFolders) -> None:
        self._folders = folders
        self._making = Worker()

    async def subset_list(self, study: Study, predictor: Predictor, count: int) -> bytes:
        """So many pictures that stand for all under a checkpoint, as CSV; raises `Busy`."""
        return (await self._making.run(self._subset, study, predictor, count))[1]

    async def subset_archive(self, study: Study, predictor: Predictor, count: int) -> bytes:
        """The same with their small copies, as a zip; raises `Busy`."""
        return await self._making.run(self._subset_archive, study, predictor, count)

    async def stars(self, study: Study, checkpoint: str) -> bytes:
        """A sidecar for each picture that a checkpoint scored, as a zip; raises `Busy`."""
        return await self._making.run(self._stars, study, checkpoint)

    def _subset(self, study: Study, predictor: Predictor, count: int) -> tuple[list[str], bytes]:
        """Names, and the list."""
        # With scikit-learn: no start waits for it.
        from models.studies.exports.subset import chosen_subset, subset_csv
        from models.studies.seeing.answering import answers, standardised

        kept = KeptPictures(self._folders.of(study.id) / FEATURES_FOLDER)
        found = [kept.named(picture.name) for picture in self._folders.pictures(study.id)]
        readable = [picture for picture in found if picture is not None and picture.fault is None]
        names = [picture.name for picture in readable]
        answered, features = answers(predictor, readable, kept), standardised(predictor, readable, kept)
        chosen = chosen_subset(names, answered, features, count)
        return [picture.name for picture in chosen], subset_csv(chosen)

    def _subset_archive(self, study: Study, predictor: Predictor, count: int) -> bytes:
        from models.studies.exports.subset import SUBSET_FILE

        names, listed = self._subset(study, predictor, count)
        place_of = {picture.name: place for place, picture in enumerate(self._folders.pictures(study.id))}
        copies = (
            (f"{path_inside(name)}.jpg", self._folders.small_copy(study.id, place_of[name]).read_bytes())
            for name in names
        )
        return _archive([(SUBSET_FILE, listed), *copies])

    def _stars(self, study: Study, checkpoint: str) -> bytes:
        from models.studies.result_rows import scores_of

        scores = scores_of(self._folders.of(study.id), checkpoint)
        return _archive((str(sidecar_path(name)), sidecar(score.value)) for name, score in scores.items())


def _archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()
