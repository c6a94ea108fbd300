"""Static files compressed once, at set-up, and which form of one a browser is sent.

A compressed file is named by the SHA-256 of what it was made from, so that one of another release is never found.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

COMPRESSED_FOLDER: Final = "compressed"
_COMPRESSIBLE: Final = frozenset((".css", ".html", ".js", ".json", ".md", ".svg", ".txt"))
_LEAST_GAIN: Final = 0.9
"""A compressed file that is larger than this share of the original is not worth a file."""


def _brotli(content: bytes) -> bytes:
    import brotli  # at set-up alone: the service sends what lies there

    compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=11, lgwin=24)
    return compressed


_COMPRESSORS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": _brotli,
    "gzip": lambda content: gzip.compress(content, 9, mtime=0),
}
"""By the name of the content coding, the smaller first."""


def compress(frontend_dir: Path) -> int:
    """Compress every static file that is not yet, remove what is of others; returns how many files there are then."""
    folder = frontend_dir / COMPRESSED_FOLDER
    folder.mkdir(exist_ok=True)
    wanted = {path for source in _compressible(frontend_dir / "static") for path in _forms(source, folder)}
    for path in folder.iterdir():
        if path not in wanted:
            path.unlink()
    return len(wanted)


def _compressible(root: Path) -> Iterator[Path]:
    yield from (path for path in sorted(root.rglob("*")) if path.suffix in _COMPRESSIBLE and path.is_file())


def _forms(source: Path, folder: Path) -> Iterator[Path]:
    """The compressed forms of a file that are worth it, made where they are missing."""
    content = source.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    for coding, compressor in _COMPRESSORS.items():
        path = folder / f"{sha256}.{coding}"
        if not path.exists():
            compressed = compressor(content)
            if len(compressed) > _LEAST_GAIN * len(content):
                continue
            temporary = path.with_suffix(".tmp")
            temporary.write_bytes(compressed)
            temporary.replace(path)
        yield path


def compressed_forms(folder: Path, sha256: str) -> dict[str, Path]:
    """What lies in a folder of the file with this SHA-256, by content coding, the smaller first."""
    paths = {coding: folder / f"{sha256}.{coding}" for coding in _COMPRESSORS}
    return {coding: path for coding, path in paths.items() if path.is_file()}


def best_coding(accepted: str, available: Collection[str]) -> str | None:
    """The content coding of those available that an `Accept-Encoding` wants most, `None` for the file as it is.

    Of several that are wanted as much, the first (RFC 9110, 12.5.3).
    """
    weights = dict(map(_weight, accepted.lower().split(",")))
    anything = weights.get("*", 0.0)
    best = max(available, key=lambda coding: weights.get(coding, anything), default=None)
    wanted = 0.0 if best is None else weights.get(best, anything)
    return best if wanted > 0 and wanted >= weights.get("identity", 0.0) else None


def _weight(item: str) -> tuple[str, float]:
    coding, _, parameter = (part.strip() for part in item.partition(";"))
    try:
        return coding, float(parameter.removeprefix("q=")) if parameter else 1.0
    except ValueError:
        return coding, 0.0
