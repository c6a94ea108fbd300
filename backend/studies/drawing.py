"""Maps of studies whose figures stand: one checkpoint's at a time, projected by a child that ends with the last."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Protocol

from backend.studies.folders import StudyFolders
from backend.studies.label_tables import pictures_with_labels
from backend.studies.store import Study
from models.maps.building.projecting import Projector
from models.predictor import Predictor
from models.studies.pictures.kept import FEATURES_FOLDER, KeptPictures
from models.studies.seeing.looking import TILES_FILE


class StoppableProjector(Projector, Protocol):
    """A projector that works somewhere else, where it can be ended."""

    def stop(self) -> None:
        """End it, whatever it is at."""


class DrawingStopped(Exception):
    """Nobody wants the study whose map is being drawn any more."""


OpenProjector = Callable[[], AbstractContextManager[StoppableProjector]]


class MapDrawing:
    """Draws maps on the thread that asks for them; its projector is there from a study's first map to its last."""

    def __init__(self, *, folders: StudyFolders, open_projector: OpenProjector) -> None:
        self._folders = folders
        self._open_projector = open_projector
        self._opened = ExitStack()
        self._projector: StoppableProjector | None = None

    def draw(self, study: Study, predictor: Predictor, is_stopped: threading.Event) -> bool:
        """Draw a checkpoint's map, unless it is there; false where there are too few pictures for any.

        Fails soon after `is_stopped` is set and `stop` is called.
        """
        try:
            return self._draw(study, predictor, is_stopped)
        except BaseException:
            self.close()
            raise

    def _draw(self, study: Study, predictor: Predictor, is_stopped: threading.Event) -> bool:
        from models.studies.maps.drawing import draw_map, mapped_images  # with scikit-learn: no start waits for it

        folder = self._folders.of(study.id)
        kept = KeptPictures(folder / FEATURES_FOLDER)
        pictures = self._folders.pictures(study.id)
        found = pictures_with_labels(study, pictures, self._folders)
        looked_at = [one for picture in pictures if (one := kept.named(picture.name)) is not None]
        images = mapped_images(found, looked_at, kept, folder)
        if images is None:
            return False
        projector = self._opened_projector()
        if is_stopped.is_set():
            raise DrawingStopped
        draw_map(found, looked_at, predictor, kept, images, folder, projector)
        return True

    def settle(self, study: Study) -> int:
        """Remove what only further maps would need; the bytes that the study takes from now on."""
        self.close()
        (self._folders.of(study.id) / FEATURES_FOLDER / TILES_FILE).unlink(missing_ok=True)
        return self._folders.size_bytes(study.id)

    def stop(self) -> None:
        """End the projector, whatever it is at, from another thread; the map at work fails."""
        if self._projector is not None:
            self._projector.stop()

    def close(self) -> None:
        """End the projector; the next map opens another."""
        self.stop()
        self._projector = None
        self._opened.close()

    def _opened_projector(self) -> StoppableProjector:
        if self._projector is None:
            self._projector = self._opened.enter_context(self._open_projector())
        return self._projector
