"""What a study keeps of each picture while it runs: facts or an error, and where its numbers lie.

    features/pictures.jsonl   a line per picture, written once its numbers are there
             KEY.f32          features of one trunk and preprocessing, row by row
             crops-128.u8     pixels, where a chosen checkpoint sees some

A run that is killed loses the pictures in work. A picture whose file has changed, or of which a newly chosen
checkpoint needs more, is looked at again; its later line counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.images import ImageError
from models.prediction import ImageFacts
from models.studies.pictures.picture_set import StudyPicture
from models.studies.pictures.row_files import RowFile

FEATURES_FOLDER: Final = "features"
"""Below the folder of a study."""
_LINES: Final = "pictures.jsonl"


@dataclass(frozen=True)
class Stamp:
    """The file that a picture was read from: size and time of change (ISO 8601, UTC), by which it is known again."""

    file_bytes: int
    modified_at: str

    @classmethod
    def of(cls, path: Path) -> Stamp | None:
        """That of a file now; `None` where it cannot be looked at."""
        try:
            stat = path.stat()
        except OSError:
            return None
        return cls(stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC).isoformat(timespec="microseconds"))


@dataclass(frozen=True)
class Fault:
    """Why a picture could not be scored: a stable code, and a sentence."""

    code: str
    detail: str

    @classmethod
    def of(cls, error: ImageError | OSError) -> Fault:
        """What an error says."""
        if isinstance(error, ImageError):
            return cls(error.code, str(error))
        return cls("unreadable", f"got a file that cannot be read ({error.strerror}), expected one that can")


@dataclass(frozen=True)
class KeptPicture:
    """A picture that was looked at: facts and the row of its numbers in each file, or a fault."""

    name: str
    stamp: Stamp | None
    facts: ImageFacts | None = None
    fault: Fault | None = None
    row_of: Mapping[str, int] = field(default_factory=dict)

    def has(self, files: Iterable[str]) -> bool:
        """Whether there is nothing left to do for these files."""
        return self.fault is not None or set(files) <= self.row_of.keys()


class KeptPictures:
    """All that a study's folder keeps of its pictures."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_name: dict[str, KeptPicture] = {}
        self._num_rows: dict[str, int] = {}
        for kept in _lines(folder / _LINES):
            self._take(kept)

    def find(self, picture: StudyPicture) -> KeptPicture | None:
        """What is kept of a picture; `None` where that is nothing, or its file is another by now."""
        kept = self.named(picture.name)
        return kept if kept is not None and kept.stamp == Stamp.of(picture.path) else None

    def named(self, name: str) -> KeptPicture | None:
        """What is kept under a name, whatever has become of the file."""
        return self._by_name.get(name)

    def keep(self, picture: KeptPicture, numbers: Mapping[str, NDArray[Any]]) -> KeptPicture:
        """Write a picture's numbers (of each file) and then its line, beside the rows that it has already."""
        rows = {name: self._num_rows.get(name, 0) for name in numbers}
        for name, values in numbers.items():
            self._file(name, values.shape).write(rows[name], values)
        kept = replace(picture, row_of={**picture.row_of, **rows})
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / _LINES).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(kept), ensure_ascii=False) + "\n")
        self._take(kept)
        return kept

    def read(self, name: str, shape: tuple[int, ...], pictures: Sequence[KeptPicture]) -> NDArray[Any]:
        """The pictures' numbers in a file, in their order."""
        return self._file(name, shape).read(np.array([picture.row_of[name] for picture in pictures], np.intp))

    def _file(self, name: str, shape: tuple[int, ...]) -> RowFile:
        return RowFile(self._folder / name, shape, "|u1" if name.endswith(".u8") else "<f4")

    def _take(self, kept: KeptPicture) -> None:
        self._by_name[kept.name] = kept
        for name, row in kept.row_of.items():
            self._num_rows[name] = max(self._num_rows.get(name, 0), row + 1)


def _lines(path: Path) -> Iterable[KeptPicture]:
    if not path.exists():
        return
    whole = path.read_bytes()
    data = whole[: whole.rfind(b"\n") + 1]
    if data != whole:  # cut off by a kill: the next line must not continue it
        path.write_bytes(data)
    for line in data.decode("utf-8").split("\n")[:-1]:
        yield _picture(json.loads(line))


def _picture(plain: dict[str, Any]) -> KeptPicture:
    stamp, facts, fault = plain["stamp"], plain["facts"], plain["fault"]
    return KeptPicture(
        name=plain["name"],
        stamp=None if stamp is None else Stamp(**stamp),
        facts=None if facts is None else ImageFacts(**(facts | {"notes": tuple(facts["notes"])})),
        fault=None if fault is None else Fault(**fault),
        row_of=plain["row_of"],
    )
