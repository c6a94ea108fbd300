"""The data folder: whether it can be written, and has room."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from backend.errors import StartRefused, StorageFull
from backend.storage.faults import file_fault

_SPARE_BYTES: Final = 4 * 1024**2
"""Left for the database, which grows by some ten kilobytes for each analysis."""


def check_writable(folder: Path) -> None:
    """Make the data folder where it is missing; raises `StartRefused` where nothing can be written there.

    A full disk is no reason not to start: what is there can be read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if isinstance(file_fault(error), StorageFull):
            return
        raise StartRefused(
            f"the data folder {folder} cannot be written ({error.strerror}): let this user write there, name "
            "another by CENIQA_DATA_DIR, or show only what it holds by CENIQA_READ_ONLY=1"
        ) from error


def check_room(folder: Path, num_bytes: int) -> None:
    """Raise `OSError`, as writing them would, where so many bytes more would fill the folder's disk."""
    if shutil.disk_usage(folder).free < num_bytes + _SPARE_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def sync(path: Path) -> None:
    """Flush a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
