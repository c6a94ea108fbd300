"""How many requests one client may make in a time: for a service that strangers reach.

A count of this process alone, by the clock that never jumps: counted by the wall clock, a clock set back would lock
clients out until it has caught up.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from backend.door.security import PUBLIC_PATHS
from backend.errors import RateExceeded

_SECONDS: Final = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
_ROUNDING_S: Final = 1e-6
_MAX_CLIENTS: Final = 10_000
"""Of whom is remembered what they asked, in some 200 bytes each; who has not asked for longest is forgotten first."""
_IPV6_PREFIX_BITS: Final = 64
"""One customer's share of addresses, of which each device may take any number."""


@dataclass(frozen=True)
class Rate:
    """So many requests within so many seconds, all at once if need be."""

    count: int
    within_s: float

    @classmethod
    def parse(cls, text: str) -> Rate:
        """The rate that a setting such as `120/minute` stands for."""
        count, _, unit = text.partition("/")
        return cls(int(count), _SECONDS[unit])


class RateCounter:
    """Says for each client how long it has to wait: a bucket that a request takes from, and that refills evenly."""

    def __init__(
        self, rate: Rate, *, max_clients: int = _MAX_CLIENTS, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._within_s = rate.within_s
        self._interval_s = rate.within_s / rate.count
        self._max_clients = max_clients
        self._now_s = now_s
        self._full_again_s: OrderedDict[str, float] = OrderedDict()

    def take(self, client: str) -> float:
        """Count a request; the seconds after which one will be taken where this one is too many, else 0."""
        now_s = self._now_s()
        full_again_s = max(self._full_again_s.get(client, now_s), now_s) + self._interval_s
        wait_s = full_again_s - self._within_s - now_s
        if wait_s > _ROUNDING_S:
            return wait_s
        self._full_again_s[client] = full_again_s
        self._full_again_s.move_to_end(client)
        if len(self._full_again_s) > self._max_clients:
            self._full_again_s.popitem(last=False)
        return 0.0


class RateLimit:
    """Refuses what a client asks beyond its rate; probes and static files, which cost nothing, are not counted."""

    def __init__(self, app: ASGIApp, *, rate: Rate) -> None:
        self._app = app
        self._counter = RateCounter(rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(PUBLIC_PATHS):
            wait_s = self._counter.take(_client(scope))
            if wait_s:
                raise RateExceeded(
                    "got more requests than one client may make, expected fewer", retry_after_s=math.ceil(wait_s)
                )
        await self._app(scope, receive, send)


def _client(scope: Scope) -> str:
    host: str = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""  # a proxy's mistake; all such share one count
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _IPV6_PREFIX_BITS), strict=False))
