"""How far studies are, as this process knows it: what was looked at is on disk, and counted again after a restart."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backend.concurrency.pace import Pace
from backend.studies.schemas import Stage


@dataclass(frozen=True)
class Progress:
    """Stage and pictures of a study that were looked at, and how long the rest of them will probably take."""

    stage: Stage = "looking"
    done: int = 0
    refused: int = 0
    seconds_left: float | None = None


class Work:
    """Progress of the study that runs; all others stand at its beginning."""

    def __init__(self) -> None:
        self._study_id: str | None = None
        self._total = 0
        self._progress = Progress()
        self._pace = Pace()

    def begin(self, study_id: str, *, total: int, done: int, refused: int) -> None:
        """A study is taken up, of which so much was done before."""
        self._study_id, self._total = study_id, total
        self._progress = Progress(done=done, refused=refused)
        self._pace.begin(study_id)

    def note_picture(self, *, is_refused: bool) -> None:
        """Another picture was looked at."""
        found = self._progress
        self._progress = replace(found, done=found.done + 1, refused=found.refused + is_refused)
        self._pace.note_item()

    def measure(self) -> None:
        """All pictures were looked at."""
        self._progress = replace(self._progress, stage="measuring")

    def of(self, study_id: str) -> Progress:
        """How far a study is."""
        if study_id != self._study_id:
            return Progress()
        found = self._progress
        if found.stage == "measuring":
            return found
        return replace(found, seconds_left=self._pace.seconds_left(study_id, self._total - found.done))
