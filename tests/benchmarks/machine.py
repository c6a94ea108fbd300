"""The machine that figures were measured on."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path
from typing import Final

_QUIET_CORES: Final = 0.2
_LOOK_S: Final = 0.5
_PATIENCE_S: Final = 60.0


def machine() -> str:
    """Usable cores and the processor's name, as far as the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor() or "unknown processor"
    num_cores = len(os.sched_getaffinity(0))
    return f"{num_cores} core{'' if num_cores == 1 else 's'}, {platform.machine()} ({name})"


def settle() -> None:
    """Wait until the whole machine uses less than a fifth of a core, for a minute at most."""
    deadline = time.monotonic() + _PATIENCE_S
    while _busy_cores() > _QUIET_CORES and time.monotonic() < deadline:
        continue


def _busy_cores() -> float:
    before_s = _busy_s()
    time.sleep(_LOOK_S)
    return (_busy_s() - before_s) / _LOOK_S


def _busy_s() -> float:
    user, nice, system, _idle, _waiting, *interrupts = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(map(int, (user, nice, system, *interrupts[:2]))) / os.sysconf("SC_CLK_TCK")
