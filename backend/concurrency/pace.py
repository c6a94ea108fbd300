"""How fast work gets on, and how long the rest of it will probably take."""

from __future__ import annotations

import time


class Pace:
    """Of the one thing at work, since this process took it up."""

    def __init__(self) -> None:
        self._name = ""
        self._began_s = 0.0
        self._items = 0
        self._took_s = 0.0

    def begin(self, name: str) -> None:
        """Something is taken up."""
        self._name, self._began_s, self._items = name, time.monotonic(), 0

    def note_item(self) -> None:
        """One of its items is done."""
        self._items += 1
        self._took_s = time.monotonic() - self._began_s

    def seconds_left(self, name: str, num_left: int) -> float | None:
        """An estimate for what is at work; `None` for anything else, and before the first item."""
        if name != self._name or not self._items:
            return None
        return self._took_s / self._items * num_left
