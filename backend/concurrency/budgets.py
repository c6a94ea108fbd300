"""Bytes that requests in work may hold together: a count of requests bounds no bytes.

Thirty pictures of 48 megapixels are 4 GiB of pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from backend.errors import Busy

_RETRY_AFTER_S = 2
"""About what a large picture, the only kind that fills the budget, takes until it is scored."""


class ByteBudget:
    """Bytes of one kind that requests in work may hold together."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._held_bytes = 0

    @property
    def held_bytes(self) -> int:
        """Bytes that are held now."""
        return self._held_bytes

    @contextmanager
    def share(self) -> Iterator[Share]:
        """An empty share of the budget, given back at the end."""
        share = Share(self)
        try:
            yield share
        finally:
            self._held_bytes -= share.held_bytes

    def check(self, num_bytes: int) -> None:
        """Raise `Busy` where this many more bytes do not fit now."""
        if self._held_bytes + num_bytes > self._max_bytes:
            raise Busy(
                f"got {num_bytes:,} bytes while other uploads hold {self._held_bytes:,}, "
                f"expected at most {self._max_bytes:,} together",
                retry_after_s=_RETRY_AFTER_S,
            )

    def take(self, num_bytes: int) -> None:
        """Hold this many more bytes; for `Share`, which gives them back."""
        self.check(num_bytes)
        self._held_bytes += num_bytes


class Share:
    """What one request holds of a `ByteBudget`."""

    def __init__(self, budget: ByteBudget) -> None:
        self._budget = budget
        self.held_bytes = 0

    def add(self, num_bytes: int) -> None:
        """Hold this many more bytes; raises `Busy` where they do not fit."""
        self._budget.take(num_bytes)
        self.held_bytes += num_bytes
