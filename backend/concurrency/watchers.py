"""Who watches something is woken when it changes, until everything is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Watchers:
    """Those who watch things by their names."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[asyncio.Event]] = {}
        self.is_stopped = False

    @property
    def count(self) -> int:
        """Things that anybody watches."""
        return len(self._watchers)

    def tell(self, name: str) -> None:
        """Say that something changed."""
        for changed in self._watchers.get(name, ()):
            changed.set()

    def stop(self) -> None:
        """Wake everybody for the last time."""
        self.is_stopped = True
        for name in self._watchers:
            self.tell(name)

    @contextmanager
    def watching(self, name: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever this changed."""
        changed = asyncio.Event()
        watchers = self._watchers.setdefault(name, set())
        watchers.add(changed)
        try:
            yield changed
        finally:
            watchers.discard(changed)
            if not watchers and self._watchers.get(name) is watchers:
                del self._watchers[name]


async def is_set_within(event: asyncio.Event, seconds: float) -> bool:
    """Whether an event is set by then."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
