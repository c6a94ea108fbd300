"""The pictures in a folder: links are followed, and what systems leave beside pictures is none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from models.images.formats import SUPPORTED_EXTENSIONS

_LITTER: Final = frozenset(
    (
        *("__macosx", ".ds_store", ".spotlight-v100", ".fseventsd", ".temporaryitems", ".trashes", ".apdisk"),
        *("thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "recycler", "system volume information"),
        *("@eadir", "#recycle", ".trash", ".trash-1000", ".thumbnails", "lost+found"),
    )
)
_APPLE_DOUBLE: Final = "._"
"""How macOS calls the rest of a file on drives that have no room for it beside the data."""


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is what macOS, Windows, desktops and network drives leave in folders."""
    return name.lower() in _LITTER or name.startswith((_APPLE_DOUBLE, ".Trash-"))


def shown_path(path: Path) -> str:
    """A path, with slashes, that any file can hold: bytes that are no UTF-8 are shown by their numbers."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def pictures_in(
    folder: Path, *, recursive: bool = False, on_error: Callable[[OSError], None] | None = None
) -> list[Path]:
    """The files in a folder whose names are those of pictures, sorted; links to folders are followed, each folder once.

    A link to a picture that is not there is among them: whoever reads it says so. A folder that cannot be read goes to
    `on_error`, or its `OSError` is raised.
    """
    walk = _walk(folder, on_error or _raise, recursive=recursive)
    return sorted(parent / name for parent, names in walk for name in names if _is_picture(parent / name))


def _raise(error: OSError) -> None:
    raise error


def _walk(folder: Path, on_error: Callable[[OSError], None], *, recursive: bool) -> Iterator[tuple[Path, list[str]]]:
    seen: set[tuple[int, int]] = set()
    for parent, folders, names in os.walk(folder, onerror=on_error, followlinks=True):
        here = Path(parent).stat()
        if (here.st_dev, here.st_ino) in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add((here.st_dev, here.st_ino))
        folders[:] = sorted(name for name in folders if recursive and not is_litter(name))
        yield Path(parent), names


def _is_picture(path: Path) -> bool:
    if path.suffix.lower() not in SUPPORTED_EXTENSIONS or is_litter(path.name):
        return False
    return path.is_file() or path.is_symlink()
