"""What a scenario says of the service: each promise with its figure and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One promise, what was measured, and whether that keeps it."""

    promise: str
    figure: str
    kept: bool


Findings = Iterator[Finding]


def at_most(promise: str, got: float, limit: float, unit: str) -> Finding:
    """A figure that must not pass a limit; NaN keeps nothing."""
    return Finding(f"{promise}: at most {limit:g} {unit}", f"{got:.3g} {unit}", got <= limit)


def at_least(promise: str, got: float, limit: float, unit: str = "") -> Finding:
    """A figure that must reach a limit; NaN keeps nothing."""
    return Finding(
        f"{promise}: at least {limit:g}{unit and ' ' + unit}", f"{got:.3g}{unit and ' ' + unit}", got >= limit
    )


def none_of(promise: str, got: int, out_of: int) -> Finding:
    """Something that must never happen, out of so many chances; no chance at all proves nothing."""
    return Finding(promise, f"{got} of {out_of:,}", got == 0 and out_of > 0)
