"""What a study has on disk: which pictures, their table, small copies, and what `models.studies` writes."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import TypeAdapter

from backend.storage.folder import sync
from models.files import write_atomically

_PICTURES_FILE: Final = "pictures.json"
_LABELS_FILE: Final = "labels"
_SMALL_FOLDER: Final = "small"


class SentPicture(NamedTuple):
    """A picture of a study: the number of its file among those that were sent, and its name."""

    number: int
    name: str


_PICTURES: Final = TypeAdapter(tuple[SentPicture, ...])


class StudyFolders:
    """A folder for each study; its methods block."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, study_id: str) -> Path:
        """That of a study."""
        return self._root / study_id

    def begin(self, study_id: str, pictures: Sequence[SentPicture], labels: bytes | None) -> None:
        """Keep which pictures a study has, and its table; durable when this returns."""
        folder = self.of(study_id)
        (folder / _SMALL_FOLDER).mkdir(parents=True)
        write_atomically(folder / _PICTURES_FILE, _PICTURES.dump_json(tuple(pictures)))
        if labels is not None:
            write_atomically(folder / _LABELS_FILE, labels)
        sync(folder)
        sync(self._root)

    def pictures(self, study_id: str) -> tuple[SentPicture, ...]:
        """The pictures of a study, in its order."""
        return _PICTURES.validate_json((self.of(study_id) / _PICTURES_FILE).read_bytes())

    def labels(self, study_id: str) -> bytes | None:
        """The table of a study as it was sent."""
        path = self.of(study_id) / _LABELS_FILE
        return path.read_bytes() if path.exists() else None

    def small_copy(self, study_id: str, position: int) -> Path:
        """Where the small copy of a picture lies, if it could be read."""
        return self.of(study_id) / _SMALL_FOLDER / f"{position}.jpg"

    def size_bytes(self, study_id: str) -> int:
        """Bytes of everything that a study has."""
        return sum(path.stat().st_size for path in self.of(study_id).rglob("*") if path.is_file())

    def forget(self, study_id: str) -> None:
        """Remove everything of a study."""
        shutil.rmtree(self.of(study_id), ignore_errors=True)

    def sweep(self, known_ids: Collection[str]) -> None:
        """Remove what belongs to no study."""
        self._root.mkdir(parents=True, exist_ok=True)
        for path in self._root.iterdir():
            if path.name not in known_ids:
                shutil.rmtree(path, ignore_errors=True)
