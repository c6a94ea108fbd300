"""The frontend's static files under the hash of all of them, so a browser may keep each for ever.

The hash is a segment of the path, not a query: modules import each other by relative addresses, and those carry
the segment along. It covers the whole tree, so modules of two releases never meet.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from backend.addresses import STATIC_PREFIX

IMMUTABLE: Final = "public, max-age=31536000, immutable"
_HASH_DIGITS: Final = 16
# A table of our own: the systems' differ, and a browser does not run a script of another type.
_MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
}
_DEFAULT_MEDIA_TYPE: Final = "application/octet-stream"


class MissingStaticFile(LookupError):
    """A template or a request names a static file that does not exist."""


class StaticTree:
    """The static files as they were at start-up; a path that is not among them is not served."""

    def __init__(self, root: Path) -> None:
        self._files = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
        self.content_hash = _hash_of(self._files)

    def url(self, path: str) -> str:
        """The address of a file, such as `js/score.js`; raises `MissingStaticFile`."""
        self.file(path)
        return f"{STATIC_PREFIX}/{self.content_hash}/{path}"

    def file(self, path: str) -> Path:
        """Where a file lies; raises `MissingStaticFile`."""
        if path not in self._files:
            raise MissingStaticFile(f"got static file {path!r}, expected one of the {len(self._files)} that exist")
        return self._files[path]


def media_type(path: Path) -> str:
    """The media type that a file's extension stands for."""
    return _MEDIA_TYPES.get(path.suffix.lower(), _DEFAULT_MEDIA_TYPE)


def _hash_of(files: dict[str, Path]) -> str:
    whole = hashlib.sha256()
    for name, path in files.items():
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{content}  {name}\n".encode())
    return whole.hexdigest()[:_HASH_DIGITS]
