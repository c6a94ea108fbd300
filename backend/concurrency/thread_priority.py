"""What computes has a lower priority than the event loop, which then answers as if nothing else were going on."""

from __future__ import annotations

import os
import sys
import threading
from typing import Final

_NICENESS: Final = 10
"""Some nine parts of a core's time for the event loop to one for what computes, where both want it."""


def lower_priority() -> None:
    """Let others go before the calling thread, which on Linux has a priority of its own; nothing elsewhere."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _NICENESS)
