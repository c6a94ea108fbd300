"""What the API says of checkpoints beside their scores: cards, files and verification."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, Field, FiniteFloat

from backend.checkpoints.cards import Card, CardText, CheckpointIntegrity, ServingState, Verification
from backend.inference.catalogue import Snapshot
from backend.schemas import CheckpointResponse, RefusalResponse
from models.checkpoints.integrity import FileCheck, FileState
from models.checkpoints.manifest import DatasetRecord
from models.figures.held_out import Fold, HeldOutFigures, Spread
from models.parts import PARTS, Part

_POINT_DIGITS = 4
_FIGURE_DIGITS = 4


class SpreadResponse(BaseModel, frozen=True):
    """A figure over splits."""

    median: FiniteFloat
    low: FiniteFloat = Field(description="Smallest over the splits.")
    high: FiniteFloat = Field(description="Largest over the splits.")

    @classmethod
    def of(cls, spread: Spread | None) -> SpreadResponse | None:
        """The spread, rounded; `None` stays `None`."""
        if spread is None:
            return None
        median, low, high = (round(value, _FIGURE_DIGITS) for value in (spread.median, spread.low, spread.high))
        return cls(median=median, low=low, high=high)


class HeldOutResponse(BaseModel, frozen=True):
    """How well scores agree with the labels of pictures that the head did not see."""

    name: str = Field(description="photographs, synthetic, or a rated set's name.")
    fold: Fold
    srcc: SpreadResponse | None
    plcc: SpreadResponse | None

    @classmethod
    def of(cls, figures: HeldOutFigures) -> HeldOutResponse:
        """The figures, rounded."""
        srcc, plcc = SpreadResponse.of(figures.srcc), SpreadResponse.of(figures.plcc)
        return cls(name=figures.name, fold=figures.fold, srcc=srcc, plcc=plcc)


class DatasetResponse(BaseModel, frozen=True):
    """A data set that the weights saw."""

    name: str
    num_pictures: int

    @classmethod
    def of(cls, dataset: DatasetRecord) -> DatasetResponse:
        """Name and size."""
        return cls(name=dataset.name, num_pictures=dataset.num_pictures)


class CardSummary(CheckpointResponse):
    """A checkpoint that is served, with what it is made of and how well it did."""

    parts: list[Part]
    backbone: str
    is_fine_tuned: bool = Field(description="Whether the trunk's last stages were trained, too.")
    recipe: str
    fitted_on: str = Field(description="Which part of the data the shipped weights saw, in words.")
    datasets: list[DatasetResponse]
    num_splits: int | None = Field(description="Over how many splits the figures are; null without metrics.")
    figures: list[HeldOutResponse] = Field(description="Empty without readable metrics.")

    @classmethod
    def of_card(cls, card: Card) -> CardSummary:
        """The card, rounded."""
        manifest, training, held_out = card.manifest, card.manifest.training, card.held_out
        return cls(
            **dict(CheckpointResponse.of(manifest)),
            parts=list(card.parts),
            backbone=manifest.model.backbone,
            is_fine_tuned=manifest.trunk.is_fine_tuned,
            recipe=training.recipe,
            fitted_on=training.fitted_on,
            datasets=[DatasetResponse.of(dataset) for dataset in training.datasets],
            num_splits=None if held_out is None else held_out.num_splits,
            figures=[] if held_out is None else [HeldOutResponse.of(figures) for figures in held_out.sets],
        )


class CardList(BaseModel, frozen=True):
    """Every checkpoint folder: a card for those that serve, the reason for those that were refused."""

    default: str | None = Field(description="Used where a request names none; null where nothing is served.")
    parts: list[Part] = Field(description="Every part there can be, in the order of the way through a model.")
    cards: list[CardSummary]
    refused: list[RefusalResponse]

    @classmethod
    def of(cls, snapshot: Snapshot, cards: Mapping[str, Card]) -> CardList:
        """The catalogue's state, by id."""
        return cls(
            default=snapshot.default_id,
            parts=list(PARTS),
            cards=[CardSummary.of_card(card) for card in cards.values()],
            refused=[RefusalResponse.of(snapshot.refusals[name]) for name in sorted(snapshot.refusals)],
        )


class CardTextResponse(BaseModel, frozen=True):
    """A model card in both forms."""

    checkpoint: str
    markdown: str
    html: str = Field(description="Without scripts, styles, pictures and foreign markup; headings from level 3.")

    @classmethod
    def of(cls, text: CardText, checkpoint: str) -> CardTextResponse:
        """The text as it is."""
        return cls(checkpoint=checkpoint, markdown=text.markdown, html=text.html)


class FileResponse(BaseModel, frozen=True):
    """One file of a checkpoint: what was recorded of it and what was found; null for what nobody recorded or found."""

    path: str = Field(description="Relative to the folder of all checkpoints.")
    state: FileState
    recorded_bytes: int | None
    found_bytes: int | None
    recorded_sha256: str | None
    found_sha256: str | None

    @classmethod
    def of(cls, check: FileCheck) -> FileResponse:
        """The two sides beside each other."""
        return cls(
            path=check.path,
            state=check.state,
            recorded_bytes=check.recorded.size_bytes,
            found_bytes=check.found.size_bytes,
            recorded_sha256=check.recorded.sha256,
            found_sha256=check.found.sha256,
        )


class IntegrityResponse(BaseModel, frozen=True):
    """A checkpoint's files, read and hashed for this answer."""

    checkpoint: str
    state: ServingState
    refusal: RefusalResponse | None
    files: list[FileResponse]

    @classmethod
    def of(cls, integrity: CheckpointIntegrity) -> IntegrityResponse:
        """The findings as they are."""
        return cls(
            checkpoint=integrity.checkpoint,
            state=integrity.state,
            refusal=None if integrity.refusal is None else RefusalResponse.of(integrity.refusal),
            files=[FileResponse.of(check) for check in integrity.files],
        )


class VerificationResponse(BaseModel, frozen=True):
    """What loading a checkpoint anew brought: null scores and a refusal where it failed."""

    checkpoint: str
    golden_score: FiniteFloat | None = Field(description="Score of the golden picture now, in points.")
    expected_score: FiniteFloat | None = Field(description="The score that config.json remembers.")
    tolerance: FiniteFloat = Field(description="Largest difference that is accepted, in points.")
    refusal: RefusalResponse | None
    seconds: FiniteFloat

    @classmethod
    def of(cls, verification: Verification) -> VerificationResponse:
        """The findings, rounded."""
        return cls(
            checkpoint=verification.checkpoint,
            golden_score=_points(verification.golden_score),
            expected_score=_points(verification.expected_score),
            tolerance=verification.tolerance,
            refusal=None if verification.refusal is None else RefusalResponse.of(verification.refusal),
            seconds=round(verification.seconds, 3),
        )


def _points(value: float | None) -> float | None:
    return None if value is None else round(value, _POINT_DIGITS)
