"""What others published, and what the founding document promised: the only figures here that nobody measured here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class PublishedFigure:
    """A model's SRCC (and PLCC) as its authors, or the data set's, report it: other splits, other training."""

    dataset: str
    protocol: str
    model: str
    srcc: float
    plcc: float | None = None


_BIQ2021: Final = ("BIQ2021", "official test split, the set's own table")
_LIVE: Final = ("LIVE", "80/20 by reference, as published")

PUBLISHED: Final = (
    PublishedFigure(*_BIQ2021, "BRISQUE", 0.604, 0.694),
    PublishedFigure(*_BIQ2021, "DenseNet-201", 0.636, 0.679),
    PublishedFigure(*_BIQ2021, "ResNet-50", 0.647, 0.686),
    PublishedFigure(*_BIQ2021, "Inception-ResNet-V2", 0.662, 0.700),
    PublishedFigure(*_BIQ2021, "NASNet-Large", 0.673, 0.708),
    PublishedFigure(*_LIVE, "BRISQUE", 0.939),
    PublishedFigure(*_LIVE, "CONTRIQUE", 0.960),
    PublishedFigure(*_LIVE, "ARNIQA", 0.966),
    PublishedFigure(*_LIVE, "Re-IQA", 0.970),
    PublishedFigure(*_LIVE, "MANIQA", 0.982),
)


@dataclass(frozen=True)
class Claim:
    """Gain in SRCC that the founding document promises, in per cent of the baseline's."""

    low_percent: float
    high_percent: float


@dataclass(frozen=True)
class Plan:
    """One of the founding document's five remedies; plan 5 has no claim."""

    number: int
    variant: str
    claim: Claim | None


PLANS: Final = (
    Plan(1, "moe", Claim(5, 10)),
    Plan(2, "attention_gated", Claim(3, 7)),
    Plan(3, "learnable_gmm", Claim(7, 12)),
    Plan(4, "distortion_aware", Claim(10, 15)),
    Plan(5, "self_supervised", None),
)
