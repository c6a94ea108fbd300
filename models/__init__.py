"""CENIQA models: from image bytes to a prediction, and how the weights came about.

`models.load(checkpoint_id)` gives a predictor, `models.study(folder, labels=…)` says what checkpoints make of a set of
pictures; nothing heavy is imported until one of them is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.loading import load
    from models.studies.asking import study

__all__ = ["load", "study"]


def __getattr__(name: str) -> Any:
    if name == "load":
        from models.loading import load

        return load
    if name == "study":
        from models.studies.asking import study

        return study
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
