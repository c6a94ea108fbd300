"""Results that are made once for all who ask at the same time, and kept while there is room."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(eq=False)
class _Making(Generic[T]):
    task: asyncio.Task[T]
    waiting: int = 0


class SharedWork(Generic[T]):
    """Results by key; the ones that nobody asked for lately go first, and what nobody waits for any more ends."""

    def __init__(self, *, max_size: int, size_of: Callable[[T], int]) -> None:
        self._max_size = max_size
        self._size_of = size_of
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._kept_size = 0
        self._making: dict[Hashable, _Making[T]] = {}

    async def get(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The result of this key: kept, being made for somebody else, or made now; raises as `make` does."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        making = self._making.get(key)
        if making is None:
            making = self._making[key] = _Making(asyncio.create_task(self._make(key, make)))
        making.waiting += 1
        try:
            return await asyncio.shield(making.task)
        finally:
            making.waiting -= 1
            if making.waiting == 0:
                self._give_up(key, making)

    def _give_up(self, key: Hashable, making: _Making[T]) -> None:
        if self._making.get(key) is making:
            del self._making[key]
        making.task.cancel()  # no effect on one that is done

    async def _make(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        result = await make()
        self._keep(key, result)
        return result

    def _keep(self, key: Hashable, result: T) -> None:
        size = self._size_of(result)
        if size > self._max_size or key in self._kept:
            return
        self._kept[key] = result
        self._kept_size += size
        while self._kept_size > self._max_size:
            _, oldest = self._kept.popitem(last=False)
            self._kept_size -= self._size_of(oldest)
