"""Uvicorn's server, with what it must do once it has started and say before it drains."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable

import uvicorn


class DrainingServer(uvicorn.Server):
    """Calls `before_drain` in the event loop, ahead of waiting for the requests that are being answered."""

    def __init__(self, config: uvicorn.Config, *, before_drain: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_drain = before_drain

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and spare the garbage collector what stays: looking through it stopped everything for .3 s."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        gc.enable()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say so, then drain."""
        self._before_drain()
        await super().shutdown(sockets)
