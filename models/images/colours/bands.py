"""A picture in bands of rows, so that what is computed with stays in the processor's cache."""

from __future__ import annotations

from collections.abc import Iterator


def bands(shape: tuple[int, ...], samples: int) -> Iterator[slice]:
    """The rows of something of this (height, width, ...), about so many samples of a plane at a time."""
    rows = max(1, samples // shape[1])
    return (slice(first, min(first + rows, shape[0])) for first in range(0, shape[0], rows))
