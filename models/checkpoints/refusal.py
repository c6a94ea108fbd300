"""Why a checkpoint folder is not served: a file, a field in it, and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WHOLE_FILE: Final = "(whole file)"


@dataclass(frozen=True)
class Refusal:
    """Why a folder is not served: the file and field at fault, and the reason with got and expected."""

    checkpoint_id: str
    file: str
    field: str
    reason: str


class CheckpointRefused(ValueError):
    """A checkpoint folder that must not be served; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.checkpoint_id}/{refusal.file}, {refusal.field}: {refusal.reason}")
        self.refusal = refusal


def refused(folder: Path, file: str, field: str, reason: str) -> CheckpointRefused:
    """A folder's refusal, to be raised."""
    return CheckpointRefused(Refusal(folder.name, file, field, reason))


@contextmanager
def refusing(folder: Path, file: str, *, field: str = WHOLE_FILE) -> Iterator[None]:
    """Turn whatever is raised inside into `CheckpointRefused` at a file and field: one bad folder must stop nobody."""
    try:
        yield
    except CheckpointRefused:
        raise
    except Exception as error:  # files from elsewhere make libraries raise what no list of ours would name
        reason = " ".join(f"{type(error).__name__}: {said(error)}".split())[:200]
        raise refused(folder, file, field, f"got {reason}, expected it to load") from error


def said(error: Exception) -> str:
    """An error's own words, without the path that an OSError puts beside them."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
