"""Uvicorn's server, with what it must say before it drains."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn


class DrainingServer(uvicorn.Server):
    """Calls `before_drain` in the event loop, ahead of waiting for the requests that are being answered."""

    def __init__(self, config: uvicorn.Config, *, before_drain: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_drain = before_drain

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say so, then drain."""
        self._before_drain()
        await super().shutdown(sockets)
