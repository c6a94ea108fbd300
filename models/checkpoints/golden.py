"""The score of the golden picture: how near to the remembered one it has to be."""

from __future__ import annotations

from typing import Final

GOLDEN_TOLERANCE: Final = 0.05
"""Largest accepted difference, in points, between a stored golden score and what the loaded weights give."""
