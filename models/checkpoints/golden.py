"""The score of the golden picture, which loaded weights have to give again."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

from models.checkpoints.manifest import WEIGHTS_FILE, Manifest
from models.checkpoints.refusal import refused

GOLDEN_TOLERANCE: Final = 0.05
"""Largest accepted difference, in points, between a stored golden score and what the loaded weights give."""


def check_golden(folder: Path, manifest: Manifest, got: float) -> None:
    """Raise `CheckpointRefused` for weights that load but score the golden picture differently."""
    if not math.isfinite(got) or abs(got - manifest.golden_score) > GOLDEN_TOLERANCE:
        reason = f"got {got:.3f}, expected {manifest.golden_score:.3f}"
        raise refused(folder, WEIGHTS_FILE, "golden_score", reason)
