"""The frontend's static files under the hash of all of them, so a browser may keep each for ever.

The hash is a segment of the path, not a query: modules import each other by relative addresses, and those carry
the segment along. It covers the whole tree, so modules of two releases never meet.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend.addresses import STATIC_PREFIX
from backend.pages.compression import best_coding, compressed_forms

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


@dataclass(frozen=True)
class Representation:
    """The form of a static file that one browser is sent; `etag` names exactly its bytes."""

    path: Path
    media_type: str
    coding: str | None
    etag: str
    is_one_of_several: bool


class StaticTree:
    """The static files as they were at start-up; a path that is not among them is not served.

    `compressed` is where set-up put their compressed forms; without them every file is sent as it is.
    """

    def __init__(self, root: Path, *, compressed: Path | None = None) -> None:
        self._files = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
        self._sha256 = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in self._files.items()}
        self._forms = {
            name: {} if compressed is None else compressed_forms(compressed, sha256)
            for name, sha256 in self._sha256.items()
        }
        self.content_hash = _hash_of(self._sha256)

    def url(self, path: str) -> str:
        """The address of a file, such as `js/score.js`; raises `MissingStaticFile`."""
        self.file(path)
        return f"{STATIC_PREFIX}/{self.content_hash}/{path}"

    def file(self, path: str) -> Path:
        """Where a file lies; raises `MissingStaticFile`."""
        if path not in self._files:
            raise MissingStaticFile(f"got static file {path!r}, expected one of the {len(self._files)} that exist")
        return self._files[path]

    def represent(self, path: str, *, accepted: str) -> Representation:
        """What is sent to a browser with this `Accept-Encoding`; raises `MissingStaticFile`."""
        file, forms = self.file(path), self._forms[path]
        coding = best_coding(accepted, forms)
        sha256 = self._sha256[path]
        return Representation(
            path=file if coding is None else forms[coding],
            media_type=media_type(file),
            coding=coding,
            etag=f'"{sha256}"' if coding is None else f'"{sha256}-{coding}"',
            is_one_of_several=bool(forms),
        )


def media_type(path: Path) -> str:
    """The media type that a file's extension stands for."""
    return _MEDIA_TYPES.get(path.suffix.lower(), _DEFAULT_MEDIA_TYPE)


def _hash_of(contents: dict[str, str]) -> str:
    whole = hashlib.sha256()
    for name, content in contents.items():
        whole.update(f"{content}  {name}\n".encode())
    return whole.hexdigest()[:_HASH_DIGITS]
