"""A file of a batch that is larger than one may be: its size is kept instead of its bytes, and its row says so."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from models.images import ImageTooLarge

_SUFFIX: Final = ".too-large"


def note_too_large(folder: Path, position: int, size_bytes: int) -> None:
    """Keep of the file with this number how large it was."""
    (folder / f"{position}{_SUFFIX}").write_text(str(size_bytes))


def check_not_too_large(folder: Path, position: int, *, max_bytes: int) -> None:
    """Raise `ImageTooLarge` where only the size of the file with this number was kept."""
    note = folder / f"{position}{_SUFFIX}"
    if note.is_file():
        size_bytes = int(note.read_text())
        raise ImageTooLarge("too-many-bytes", f"got {size_bytes:,} bytes, expected at most {max_bytes:,}")
