"""CENIQA models: from image bytes to a prediction, and how the weights came about.

`models.load(checkpoint_id)` gives a predictor; nothing heavy is imported until it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.loading import load

__all__ = ["load"]


def __getattr__(name: str) -> Any:
    if name == "load":
        from models.loading import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
