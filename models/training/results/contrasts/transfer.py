"""Sets held out whole: how far heads carry over to pictures of a kind that they have never seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from models.checkpoints.manifest import DEFAULT_CHECKPOINT_ID
from models.figures.protocol import NUM_HELD_OUT_SPLITS
from models.training.fitting.recipes import BASELINE
from models.training.results.evidence.measured import LIVE, Measured, find, median_of
from models.training.results.evidence.tables import Figure

SETS: Final = {"biq2021": "BIQ2021", LIVE: "LIVE, regenerated,"}
LIVE_SAYS: Final = (
    "*LIVE, regenerated* is not LIVE itself: the 20 references that may be used, distorted again by LIVE's published "
    "recipes (JPEG, JPEG 2000, white noise, Gaussian blur) and labelled with LIVE's real DMOS; its noise is another "
    "draw and its JPEG 2000 another encoder's."
)


def num_heads(entry: Measured, name: str) -> int | None:
    """How many heads stand behind the figures on a set held out whole; `None` where it was not measured.

    The metrics do not say, but two heads never agree in every figure: where the smallest are the largest, it is one.
    """
    figures = entry.held_out(name)
    if figures is None:
        return None
    spans = (found for found in vars(figures.agreement).values() if found is not None)
    is_one = all(found.low == found.high for found in spans)
    return 1 if is_one else min(NUM_HELD_OUT_SPLITS, entry.num_splits)


def heads_text(count: int) -> str:
    """A number of heads in words."""
    return "1 head" if count == 1 else f"{count} heads"


def transfer_sentences(measured: Sequence[Measured]) -> list[str]:
    """Per set: the highest median SRCC, the default checkpoint's and the baseline's; nothing for a set without."""
    sentences = []
    for name, says in SETS.items():
        known = {entry.id: value for entry in measured if (value := _srcc(entry, name)) is not None}
        if not known:
            continue
        best = max(known, key=lambda one: known[one])
        others = [one for one in (DEFAULT_CHECKPOINT_ID, BASELINE) if one in known and one != best]
        listed = "; ".join(f"that of {_one(measured, one, name)}" for one in others)
        sentences.append(
            f"Transfer to {says} held out whole: the highest median SRCC is that of {_one(measured, best, name)}"
            f"{f'; {listed}' if others else ''}."
        )
    return sentences


def _srcc(entry: Measured, name: str) -> float | None:
    figures = entry.held_out(name)
    return None if figures is None else median_of(figures.agreement.srcc)


def _one(measured: Sequence[Measured], checkpoint_id: str, name: str) -> str:
    entry = find(measured, checkpoint_id)
    assert entry is not None
    return f"`{checkpoint_id}`, {Figure(_srcc(entry, name)).text} ({heads_text(num_heads(entry, name) or 0)})"
